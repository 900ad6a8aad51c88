import { PDFAcroSignature, PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber } from 'pdf-lib';
import type { PDFAcroField, PDFDocument, PDFPage, PDFRef } from 'pdf-lib';

/** Lower left corner and size of a widget on its page. */
export interface Rectangle {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** An empty signature field that a PDF brings along. */
export interface EmptyField {
	readonly field: PDFRef;
	/** The widget annotation; often the same object as the field. */
	readonly widget: PDFRef;
	readonly rectangle: Rectangle;
}

/** Annotation flag: shown in print too. ISO 32000-1, table 165. */
const PRINT = 4;
/** Signatures exist, and the file may only be appended to. ISO 32000-1, table 219. */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

const name = (key: string): PDFName => PDFName.of(key);

const fieldsOf = (document: PDFDocument): [PDFAcroField, PDFRef][] =>
	document.catalog.getAcroForm()?.getAllFields() ?? [];

/** @returns nothing when there is no signature field of that name or it is signed already */
export function findEmptyField(document: PDFDocument, wanted: string): EmptyField | undefined {
	for (const [field, ref] of fieldsOf(document)) {
		if (!(field instanceof PDFAcroSignature) || field.getFullyQualifiedName() !== wanted) continue;
		if (field.V() !== undefined) return undefined;
		const kid = field.Kids()?.get(0);
		const widget = kid !== undefined && 'objectNumber' in kid ? (kid as PDFRef) : ref;
		const [annotation] = field.getWidgets();
		return { field: ref, widget, rectangle: annotation.getRectangle() };
	}
	return undefined;
}

/** Puts signature and appearance into a field. @returns the objects that were changed */
export function fillField(
	{ context }: PDFDocument,
	{ field, widget }: EmptyField,
	signature: PDFRef,
	appearance: PDFRef,
): PDFRef[] {
	context.lookup(field, PDFDict).set(name('V'), signature);
	context.lookup(widget, PDFDict).set(name('AP'), context.obj({ N: appearance }));
	return [field, widget];
}

function freeName(document: PDFDocument): string {
	const taken = new Set(fieldsOf(document).map(([field]) => field.getFullyQualifiedName()));
	let number = 1;
	while (taken.has(`Signature${number}`)) number += 1;
	return `Signature${number}`;
}

/** Adds a signature field to a page. @returns the older objects that were changed */
export function addField(
	document: PDFDocument,
	page: PDFPage,
	{ x, y, width, height }: Rectangle,
	signature: PDFRef,
	appearance: PDFRef,
): PDFRef[] {
	const { context } = document;
	const widget = context.obj({
		Type: 'Annot',
		Subtype: 'Widget',
		FT: 'Sig',
		Rect: [x, y, x + width, y + height],
		F: PRINT,
		P: page.ref,
		V: signature,
		AP: { N: appearance },
	});
	widget.set(name('T'), PDFHexString.fromText(freeName(document)));
	const ref = context.register(widget);
	const annotations = page.node.Annots()?.asArray() ?? [];
	page.node.set(name('Annots'), context.obj([...annotations, ref]));
	return [page.ref, ...listField(document, ref)];
}

function listField(document: PDFDocument, field: PDFRef): PDFRef[] {
	const { catalog, context } = document;
	const form = catalog.lookupMaybe(name('AcroForm'), PDFDict) ?? context.obj({});
	const fields = form.lookupMaybe(name('Fields'), PDFArray)?.asArray() ?? [];
	form.set(name('Fields'), context.obj([...fields, field]));
	return [...markSigned(document, form)];
}

import {
	PDFAcroSignature,
	PDFArray,
	PDFDict,
	PDFHexString,
	PDFName,
	PDFNumber,
	PDFRef,
} from 'pdf-lib';
import type { PDFAcroField, PDFContext, PDFDocument, PDFPage } from 'pdf-lib';

/** The lower left corner and the size of a widget on its page. */
export interface Rectangle {
	x: number;
	y: number;
	width: number;
	height: number;
}

/** An empty signature field that a PDF already has. */
export interface EmptyField {
	readonly field: PDFRef;
	/** The widget annotation; often the same object as the field. */
	readonly widget: PDFRef;
	readonly rectangle: Rectangle;
}

/** Annotation flag: also printed. ISO 32000-1, table 165. */
const PRINT = 4;
/** Signatures exist, and the file may only be appended to. ISO 32000-1, table 219. */
const SIGNATURES_EXIST_APPEND_ONLY = 3;

const name = (key: string): PDFName => PDFName.of(key);

const fieldsOf = (document: PDFDocument): [PDFAcroField, PDFRef][] =>
	document.catalog.getAcroForm()?.getAllFields() ?? [];

/** @returns undefined when there is no signature field of that name or it is already signed */
export function findEmptyField(document: PDFDocument, wanted: string): EmptyField | undefined {
	for (const [field, ref] of fieldsOf(document)) {
		if (!(field instanceof PDFAcroSignature) || field.getFullyQualifiedName() !== wanted) continue;
		if (field.V() !== undefined) return undefined;
		const kid = field.Kids()?.get(0);
		const widget = kid instanceof PDFRef ? kid : ref;
		const rectangle = field.getWidgets()[0]?.getRectangle();
		return rectangle && { field: ref, widget, rectangle };
	}
	return undefined;
}

/** Puts signature and appearance into a field. @returns the objects that were changed */
export function fillField(
	document: PDFDocument,
	{ field, widget }: EmptyField,
	signature: PDFRef,
	appearance: PDFRef,
): PDFRef[] {
	const { context } = document;
	context.lookup(field, PDFDict).set(name('V'), signature);
	context.lookup(widget, PDFDict).set(name('AP'), context.obj({ N: appearance }));
	return [field, widget, openForm(document).holder];
}

function rootOf({ trailerInfo: { Root } }: PDFContext): PDFRef {
	if (Root instanceof PDFRef) return Root;
	throw new TypeError('The PDF has no catalogue');
}

/** The interactive form, marked as containing signatures, and the object that must be written. */
function openForm({ catalog, context }: PDFDocument): { form: PDFDict; holder: PDFRef } {
	const key = name('AcroForm');
	const known = catalog.lookupMaybe(key, PDFDict);
	const form = known ?? context.obj({});
	form.set(name('SigFlags'), PDFNumber.of(SIGNATURES_EXIST_APPEND_ONLY));
	const reference = catalog.get(key);
	if (known !== undefined && reference instanceof PDFRef) return { form, holder: reference };
	catalog.set(key, form);
	return { form, holder: rootOf(context) };
}

function freeName(document: PDFDocument): string {
	const taken = new Set(fieldsOf(document).map(([field]) => field.getFullyQualifiedName()));
	let number = 1;
	while (taken.has(`Signature${number}`)) number += 1;
	return `Signature${number}`;
}

/** Adds a signature field to a page. @returns the existing objects that were changed */
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
	const { form, holder } = openForm(document);
	const fields = form.lookupMaybe(name('Fields'), PDFArray)?.asArray() ?? [];
	form.set(name('Fields'), context.obj([...fields, ref]));
	return [page.ref, holder];
}

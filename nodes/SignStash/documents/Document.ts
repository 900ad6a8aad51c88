import { badInput } from '../Fault';
import type { AdvancedSignatureInfo } from '../service/messages';
import {
	automaticType,
	contentTypeOf,
	fileKind,
	kindNeeded,
	type ContentType,
	type FileKind,
	type SignatureType,
} from './contentType';
import { withSignatureExtension } from './ublExtension';
import { hasElement, ScanRefusal } from './xmlScan';

/** A file as it came from an item. */
export interface ReadFile {
	/** Binary field it came from. */
	field: string;
	name: string;
	content: Buffer;
	/** MIME type that n8n knows it by. */
	mimeType?: string;
}

/** A file to be signed. */
export interface Document extends Omit<ReadFile, 'mimeType'> {
	kind: FileKind;
	/** Content type that the service is told. */
	contentType: ContentType;
}

const kindNames: Record<FileKind, string> = {
	pdf: 'a PDF',
	xml: 'an XML file',
	other: 'neither a PDF nor an XML file',
};

/** Makes a document of a field's bytes; an empty file is refused. */
export function documentOf({ field, name, content, mimeType }: ReadFile): Document {
	if (content.length === 0)
		throw badInput(
			'Input Data Field Name',
			`The file in field '${field}' of 'Input Data Field Name' is empty`,
			'Check the step that brings the file.',
		);
	const kind = fileKind(content);
	return { field, name, content, kind, contentType: contentTypeOf(kind, mimeType) };
}

/** Settles the signature type for a document and refuses the ones that do not fit its bytes. */
export function signatureTypeFor(
	document: Document,
	chosen: SignatureType | 'automatic',
): SignatureType {
	const type = chosen === 'automatic' ? automaticType[document.kind] : chosen;
	if (type === undefined)
		throw badInput(
			'Signature Type',
			`'Signature Type' Automatic found that '${document.name}' is ${kindNames[document.kind]}`,
			"Choose a PDF or an XML file in 'Input Data Field Name', or set 'Signature Type' to CAdES.",
		);
	const needed = kindNeeded[type];
	if (needed !== undefined && needed !== document.kind)
		throw badInput(
			'Signature Type',
			`'Signature Type' ${type} needs ${kindNames[needed]}, but '${document.name}' is ${kindNames[document.kind]}`,
			"Set 'Signature Type' to Automatic, or choose another file in 'Input Data Field Name'.",
		);
	return type;
}

/** Where the UBL signature goes, after the extension was added if that is wanted. */
export function prepareForUbl(
	document: Document,
	{ signatureLocation }: AdvancedSignatureInfo,
	prepare: boolean,
): Document {
	const content = prepare ? reading(document, withSignatureExtension) : document.content;
	const location = signatureLocation ?? '';
	const found = location === '' || reading(document, () => hasElement(content, location));
	if (!found)
		throw badInput(
			'Signature Location',
			`The element '${location}' of 'Signature Location' is not in '${document.name}'`,
			"Switch on 'Prepare Document' to add UBL's signature extension, or name an element of the document.",
		);
	return { ...document, content };
}

function reading<Result>(document: Document, read: (content: Buffer) => Result): Result {
	try {
		return read(document.content);
	} catch (error) {
		const why = error instanceof ScanRefusal ? error.message : 'it cannot be read as XML';
		throw badInput(
			'Prepare Document',
			`'${document.name}' cannot be prepared for a UBL signature: ${why}`,
			"Save it as UTF-8 without a DOCTYPE, or switch off 'UBL Signature'.",
		);
	}
}

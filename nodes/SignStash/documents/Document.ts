import { badInput, type Fault } from '../Fault';
import { contentOf, wholeOf, type Content } from '../bytes/Content';
import type { AdvancedSignatureInfo } from '../service/messages';
import {
	automaticType,
	contentTypeOf,
	kindNeeded,
	type ContentType,
	type SignatureType,
} from './contentType';
import { fileKind, type FileKind } from './fileKind';
import { needsPassword } from './pdfEncryption';
import { withSignatureExtension } from './ublExtension';
import { hasElement, hasSignature } from './xmlScan';
import { ScanRefusal } from './xmlTags';

/** A file as it came from an item. */
export interface ReadFile {
	/** Binary field it came from. */
	field: string;
	name: string;
	content: Content;
	/** Its first bytes, as many as `headBytes` of `fileKind.ts`, which tell what it is. */
	head: Buffer;
	/** MIME type that n8n knows it by. */
	mimeType?: string;
}

/** A file to be signed. */
export interface Document extends Omit<ReadFile, 'mimeType' | 'head'> {
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
export function documentOf({ field, name, content, head, mimeType }: ReadFile): Document {
	if (content.length === 0)
		throw badInput(
			'Input Data Field Name',
			`The file in field '${field}' of 'Input Data Field Name' is empty`,
			'Check the step that brings the file.',
		);
	const kind = fileKind(head);
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

/** Refuses a PDF that only a password opens: a request cannot carry one, so it can never be signed. */
export async function refuseLocked({ name, content }: Document): Promise<void> {
	if (!(await needsPassword(content))) return;
	throw badInput(
		'Input Data Field Name',
		`'${name}' in 'Input Data Field Name' needs a password to be opened, which the service cannot be given`,
		'Choose a file without a password.',
	);
}

/** Where the signature goes: an element of the document, by its name with its prefix or without. */
type UblPlace = Required<Pick<AdvancedSignatureInfo, 'signatureLocation'>>;

/** A larger document is not prepared, in bytes: it is scanned as a whole, and n8n does nothing else meanwhile. */
const largestScanned = 50_000_000;

/**
 * Sees to it that the element for the UBL signature is there: it is added if that is wanted and the
 * document lacks it, and refused if it is still missing then. A document with a signature is refused:
 * a signature that covers the document is not valid any more when another one is added.
 */
export async function prepareForUbl(
	document: Document,
	{ signatureLocation: location }: UblPlace,
	prepare: boolean,
): Promise<Document> {
	if (document.content.length > largestScanned)
		throw notPrepared(document, 'UBL Signature', 'it is larger than 50 MB');
	const bytes = await wholeOf(document.content);
	refuseSigned(document, bytes);
	const has = (content: Buffer): boolean => hasElement(content, location);
	const named =
		location !== extensionElement && reading(document, 'Signature Location', () => has(bytes));
	const content =
		prepare && !named
			? reading(document, 'Prepare Document', () => withSignatureExtension(bytes))
			: bytes;
	if (!named && !reading(document, 'Signature Location', () => has(content)))
		throw badInput(
			'Signature Location',
			`The element '${location}' of 'Signature Location' is not in '${document.name}'`,
			"Switch on 'Prepare Document' to add UBL's signature extension, or name an element of the document.",
		);
	return content === bytes ? document : { ...document, content: contentOf(content) };
}

/** The element of UBL's extension that holds a signature. */
const extensionElement = 'SignatureInformation';

function refuseSigned(document: Document, bytes: Buffer): void {
	if (!reading(document, 'UBL Signature', () => hasSignature(bytes))) return;
	throw badInput(
		'UBL Signature',
		`'${document.name}' is signed already, and another 'UBL Signature' would make that signature invalid`,
		"Choose files without a signature in 'Input Data Field Name': a pattern or a folder may bring signed ones as well.",
	);
}

function reading<Result>(document: Document, parameter: string, read: () => Result): Result {
	try {
		return read();
	} catch (error) {
		const why = error instanceof ScanRefusal ? error.message : 'it cannot be read as XML';
		throw notPrepared(document, parameter, why);
	}
}

const notPrepared = ({ name }: Document, parameter: string, why: string): Fault =>
	badInput(
		parameter,
		`'${name}' cannot be prepared for a UBL signature: ${why}`,
		"'UBL Signature' is for well-formed UBL documents of up to 50 MB, in UTF-8 or ISO-8859, without a DOCTYPE. Switch it off for others.",
	);

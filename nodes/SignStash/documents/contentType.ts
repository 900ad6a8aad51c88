import type { DocumentRequest, SignatureInfo } from '../service/messages';

/** What a file is, told by its bytes and not by its name. */
export type FileKind = 'pdf' | 'xml' | 'other';

export type SignatureType = SignatureInfo['signatureType'];

/** A PDF may begin with some foreign bytes; readers look for the header in the first kilobyte (ISO 32000-1, annex H). */
const pdfHeaderWindow = 1024;

/** What begins so is XML, even if it mentions a PDF header further on. */
const xmlDeclaration = /^(?:\u00ef\u00bb\u00bf)?<\?xml\s/;

const utf16Marks = [Buffer.from([0xff, 0xfe]), Buffer.from([0xfe, 0xff])];

/** Whether the text is UTF-16, with or without a byte order mark. */
export function isUtf16(content: Buffer): boolean {
	const start = content.subarray(0, 2);
	return (
		utf16Marks.some((mark) => mark.equals(start)) ||
		(content[0] === 0x3c && content[1] === 0) ||
		(content[0] === 0 && content[1] === 0x3c)
	);
}

/** Tells PDF and XML by their first bytes; byte order marks, white space and comments before the root are fine. */
export function fileKind(content: Buffer): FileKind {
	const head = content.subarray(0, pdfHeaderWindow).toString('latin1');
	if (!xmlDeclaration.test(head) && head.includes('%PDF-')) return 'pdf';
	if (isUtf16(content))
		return head
			.replace(/\0/g, '')
			.replace(/^[ÿþ]+/, '')
			.startsWith('<')
			? 'xml'
			: 'other';
	return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:[?!]|[A-Za-z_:])/.test(head) &&
		!/^\S*\s*<!doctype html/i.test(head)
		? 'xml'
		: 'other';
}

/** The signature type that 'Automatic' means for a file. */
export const automaticType: Record<FileKind, SignatureType | undefined> = {
	pdf: 'PAdES',
	xml: 'XAdES',
	other: undefined,
};

/** The kind of file a signature type can be put on; CAdES takes any that the service knows a content type for. */
export const kindNeeded: Record<SignatureType, FileKind | undefined> = {
	PAdES: 'pdf',
	XAdES: 'xml',
	CAdES: undefined,
};

export type ContentType = DocumentRequest['contentType'];

/**
 * The content type to tell the service, which knows three (contract: ContentType). XML keeps the name
 * it came under; what is neither PDF nor XML can only be declared as one of them.
 */
export function contentTypeOf(kind: FileKind, mimeType?: string): ContentType {
	if (kind === 'pdf') return 'application/pdf';
	return mimeType === 'application/xml' ? mimeType : 'text/xml';
}

import type { FileKind } from './fileKind';

/** How a document is signed (contract: SignatureInfo). */
export type SignatureType = 'PAdES' | 'XAdES' | 'CAdES';

/** The signature type that 'Automatic' means for a file. */
export const automaticType: Record<FileKind, SignatureType | undefined> = {
	pdf: 'PAdES',
	xml: 'XAdES',
	other: undefined,
};

/**
 * The kind of file that a signature type can be applied to; CAdES takes any that the service has a content type
 * for.
 */
export const kindNeeded: Record<SignatureType, FileKind | undefined> = {
	PAdES: 'pdf',
	XAdES: 'xml',
	CAdES: undefined,
};

/** The content types that the service knows (contract: ContentType). */
export type ContentType = 'application/pdf' | 'application/xml' | 'text/xml';

/**
 * The content type to send to the service, which knows three (contract: ContentType). XML keeps the type it came
 * with; a file that is neither PDF nor XML can only be declared as one of them.
 */
export function contentTypeOf(kind: FileKind, mimeType?: string): ContentType {
	if (kind === 'pdf') return 'application/pdf';
	return mimeType === 'application/xml' ? mimeType : 'text/xml';
}

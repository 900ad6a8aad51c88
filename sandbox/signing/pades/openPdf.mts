import { ParseSpeeds, PDFAcroSignature, PDFDocument } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';
import { Encryption } from './encryption/Encryption.mts';

/** How a PDF's cross-references are written; an update must write its own in the same way. */
export type CrossReferences = 'table' | 'stream';

/** A PDF that can be updated incrementally. */
export interface OpenPdf {
	/** The octets that the update is appended to. */
	readonly content: Buffer;
	readonly document: PDFDocument;
	/** Undefined if it is not encrypted. */
	readonly encryption: Encryption | undefined;
	/** Octet offset of the newest cross-references. */
	readonly previous: number;
	readonly crossReferences: CrossReferences;
	/** The lowest object number that is free. */
	readonly size: number;
}

type Located = Pick<OpenPdf, 'previous' | 'crossReferences' | 'size'>;

const KINDS: readonly (readonly [CrossReferences, RegExp])[] = [
	['table', /^\s*xref\b/],
	['stream', /^\s*\d+\s+\d+\s+obj\b/],
];

async function parse(content: Buffer): Promise<PDFDocument> {
	try {
		const document = await PDFDocument.load(content, {
			updateMetadata: false,
			parseSpeed: ParseSpeeds.Fast,
			ignoreEncryption: true,
		});
		if (document.getPageCount() > 0) return document;
	} catch (error) {
		throw misconfigured('The document is not a readable PDF', error);
	}
	throw misconfigured('The PDF has no pages');
}

/** The number that a pattern finds in the octets that begin at `start`. */
function numberAt(content: Buffer, start: number, pattern: RegExp): number | undefined {
	const digits = pattern.exec(content.toString('latin1', start, start + 40))?.[1];
	return start < 0 || digits === undefined ? undefined : Number(digits);
}

/** Where the newest cross-references are; undefined if the file does not say so correctly. */
function locate(content: Buffer): Located | undefined {
	if (content.indexOf('%PDF-') !== 0) return undefined;
	const keyword = content.lastIndexOf('startxref');
	const previous = numberAt(content, keyword, /^startxref\s+(\d+)/);
	if (previous === undefined) return undefined;
	const start = content.toString('latin1', previous, previous + 30);
	const kind = KINDS.find(([, pattern]) => pattern.test(start));
	const size = numberAt(content, content.indexOf('/Size', previous), /^\/Size\s+(\d+)/);
	if (kind === undefined || size === undefined) return undefined;
	return { previous, crossReferences: kind[0], size };
}

const isSigned = (document: PDFDocument): boolean =>
	(document.catalog.getAcroForm()?.getAllFields() ?? []).some(
		([field]) => field instanceof PDFAcroSignature && field.V() !== undefined,
	);

function opened(content: Buffer, document: PDFDocument, located: Located): OpenPdf {
	const { context } = document;
	const size = Math.max(located.size, context.largestObjectNumber + 1);
	// The parser forgets the numbers of object streams; reusing them would hide the streams' contents.
	context.largestObjectNumber = size - 1;
	return { content, document, encryption: Encryption.of(document), ...located, size };
}

/**
 * Opens a PDF for an incremental update. A file with broken cross-references is rewritten first,
 * unless that would break an existing signature.
 * @throws {SignFault} when it cannot be read
 */
export async function openPdf(content: Buffer): Promise<OpenPdf> {
	const document = await parse(content);
	const located = locate(content);
	if (located !== undefined) return opened(content, document, located);
	if (isSigned(document)) {
		throw misconfigured('The PDF is already signed and its cross-references are broken');
	}
	if (Encryption.of(document) !== undefined)
		throw misconfigured('The PDF is encrypted and its cross-references are broken');
	const rewritten = Buffer.from(
		await document.save({ useObjectStreams: false, updateFieldAppearances: false }),
	);
	const again = locate(rewritten);
	if (again === undefined) throw misconfigured('The PDF cannot be repaired');
	return opened(rewritten, await parse(rewritten), again);
}

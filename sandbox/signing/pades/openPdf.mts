import { ParseSpeeds, PDFAcroSignature, PDFDocument } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';

/** How a PDF's cross-references are written; an update has to write its own in the same way. */
export type CrossReferences = 'table' | 'stream';

/** A PDF that can be updated incrementally. */
export interface OpenPdf {
	/** The octets that the update is appended to. */
	readonly content: Buffer;
	readonly document: PDFDocument;
	/** Octet offset of the newest cross-references. */
	readonly previous: number;
	readonly crossReferences: CrossReferences;
}

async function parse(content: Buffer): Promise<PDFDocument> {
	try {
		const document = await PDFDocument.load(content, {
			updateMetadata: false,
			parseSpeed: ParseSpeeds.Fast,
		});
		if (document.getPageCount() > 0) return document;
	} catch (error) {
		throw misconfigured('The document is no readable PDF, or it is encrypted', error);
	}
	throw misconfigured('The PDF has no pages');
}

/** Where the newest cross-references stand, if the file says so truly. */
function locate(content: Buffer): Pick<OpenPdf, 'previous' | 'crossReferences'> | undefined {
	if (content.indexOf('%PDF-') !== 0) return undefined;
	const keyword = content.lastIndexOf('startxref');
	const digits = /^startxref\s+(\d+)/.exec(content.toString('latin1', keyword, keyword + 40))?.[1];
	if (keyword < 0 || digits === undefined) return undefined;
	const previous = Number(digits);
	const start = content.toString('latin1', previous, previous + 30);
	if (/^\s*xref\b/.test(start)) return { previous, crossReferences: 'table' };
	if (/^\s*\d+\s+\d+\s+obj\b/.test(start)) return { previous, crossReferences: 'stream' };
	return undefined;
}

const isSigned = (document: PDFDocument): boolean =>
	(document.catalog.getAcroForm()?.getAllFields() ?? []).some(
		([field]) => field instanceof PDFAcroSignature && field.V() !== undefined,
	);

/**
 * Opens a PDF for an incremental update. A file whose cross-references are broken is written anew
 * first, unless that would break a signature it carries already.
 * @throws {SignFault} when it cannot be read
 */
export async function openPdf(content: Buffer): Promise<OpenPdf> {
	const document = await parse(content);
	const located = locate(content);
	if (located !== undefined) return { content, document, ...located };
	if (isSigned(document)) {
		throw misconfigured('The PDF is signed already and its cross-references are broken');
	}
	const rewritten = Buffer.from(
		await document.save({ useObjectStreams: false, updateFieldAppearances: false }),
	);
	const again = locate(rewritten);
	if (again === undefined) throw misconfigured('The PDF cannot be repaired');
	return { content: rewritten, document: await parse(rewritten), ...again };
}

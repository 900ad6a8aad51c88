import { wholeOf, type Content } from '../bytes/Content';
import { opensWithoutPassword } from './pdfPassword';
import { PdfReader, type PdfDictionary, type PdfValue } from './PdfReader';

/** A larger file is not looked at, in bytes. */
const largestRead = 50_000_000;

const mark = Buffer.from('/Encrypt');

/**
 * Whether a PDF is encrypted so that it cannot be opened without a password, which a signing request
 * cannot carry (contract: DocumentRequest). False when that is not certain: the file is read no further
 * than its trailer and its encryption dictionary, which stand in clear (ISO 32000-2, 7.5.5, 7.5.8.2, 7.6.2).
 */
export async function needsPassword(content: Content): Promise<boolean> {
	if (content.length > largestRead || !(await mentions(content, mark))) return false;
	try {
		return isLocked((await wholeOf(content)).toString('latin1'));
	} catch {
		return false;
	}
}

/** Whether some bytes stand in a content, across its pieces as well. */
async function mentions(content: Content, wanted: Buffer): Promise<boolean> {
	let end = Buffer.alloc(0);
	for await (const piece of content.pieces()) {
		const start = piece.subarray(0, wanted.length);
		if (piece.includes(wanted) || Buffer.concat([end, start]).includes(wanted)) return true;
		end = Buffer.concat([end, piece.subarray(-wanted.length)]).subarray(-wanted.length);
	}
	return false;
}

function isLocked(text: string): boolean {
	const trailer = trailerOf(text);
	const encryption = dictionaryAt(text, trailer?.get('Encrypt'));
	if (!trailer || !encryption) return false;
	const ids = trailer.get('ID');
	const id = Array.isArray(ids) && Buffer.isBuffer(ids[0]) ? ids[0] : Buffer.alloc(0);
	return opensWithoutPassword(encryption, id) === false;
}

/** Bytes at the end in which readers look for the last cross-reference (ISO 32000-1, annex H). */
const endWindow = 2048;

/** The last trailer: a dictionary of its own, or that of a cross-reference stream. */
function trailerOf(text: string): PdfDictionary | undefined {
	const tail = text.slice(-endWindow);
	const last = tail.lastIndexOf('startxref');
	const offset = /^startxref\s+(\d+)/.exec(tail.slice(Math.max(last, 0)))?.[1];
	if (offset === undefined) return undefined;
	const at = text.indexOf('%PDF-') + Number(offset);
	const stream = /^\s*\d+\s+\d+\s+obj\b/.exec(text.slice(at, at + endWindow))?.[0];
	if (stream !== undefined) return dictionary(new PdfReader(text, at + stream.length).value());
	const trailer = text.indexOf('trailer', at);
	if (!/^\s*xref\s/.test(text.slice(at, at + endWindow)) || trailer < 0) return undefined;
	return dictionary(new PdfReader(text, trailer + 'trailer'.length).value());
}

/** A dictionary that is given as it is, or as an object that stands elsewhere; the last of its number counts. */
function dictionaryAt(text: string, value: PdfValue): PdfDictionary | undefined {
	if (typeof value !== 'object' || !('object' in value)) return dictionary(value);
	const head = `${value.object} ${value.generation} obj`;
	const at = Math.max(text.lastIndexOf(`\n${head}`), text.lastIndexOf(`\r${head}`));
	return at < 0 ? undefined : dictionary(new PdfReader(text, at + 1 + head.length).value());
}

const dictionary = (value: PdfValue): PdfDictionary | undefined =>
	value instanceof Map ? value : undefined;

import { Turns } from './Turns';

const isWholePdf = (bytes: Buffer): boolean =>
	/%%EOF[ \r\n]*$/.test(bytes.subarray(-16).toString('latin1'));

/** A longer dictionary is not looked at, in bytes. */
const longestDictionary = 4096;

/** Streams that a program rewrites although the document is the same (ISO 32000-1, 7.5.7, 7.5.8, 14.3.2). */
const bookkeeping = /\/(?:Metadata|ObjStm|XRef)\b/;

/**
 * Whether `found`, what a signature was added to, is certainly another PDF: a file of exactly this length, with
 * different data in a stream at the same place. Dates, identifiers and the order of objects may differ in the same
 * document when it is rewritten, and all of it if it is encrypted.
 */
export async function isOtherPdf(found: Buffer, original: Buffer): Promise<boolean> {
	if (!isWholePdf(found) || !isWholePdf(original)) return false;
	const turns = new Turns();
	await turns.next();
	if (original.includes('/Encrypt')) return false;
	for (let at = 0; ; ) {
		await turns.next();
		const start = original.indexOf('stream', at);
		const end = original.indexOf('endstream', start + 1);
		if (start < 0 || end < 0) return false;
		await turns.next();
		const dictionary = dictionaryBefore(original, at, start);
		at = end + 'endstream'.length;
		const from = start - dictionary.length;
		if (dictionary === '' || bookkeeping.test(dictionary)) continue;
		const sameFrame =
			found.compare(original, from, start, from, start) === 0 &&
			found.compare(original, end, at, end, at) === 0;
		if (sameFrame && found.compare(original, start, end, start, end) !== 0) return true;
	}
}

/** The dictionary of the stream whose data begin here, back to its `obj`; empty if none is seen. */
function dictionaryBefore(bytes: Buffer, least: number, start: number): string {
	const before = bytes.toString('latin1', Math.max(least, start - longestDictionary), start);
	const from = before.lastIndexOf(' obj');
	return from >= 0 && />>\s*$/.test(before) ? before.slice(from) : '';
}

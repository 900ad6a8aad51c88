import { wholeOf, type Content } from '../bytes/Content';
import { carriedContent } from './cades';
import { fileKind } from './fileKind';
import { signatureTypeOf } from './signedContent';
import { saysTheSame } from './xmlContent';

/** Larger XML is not compared, in bytes: n8n does nothing else meanwhile. */
const largestCompared = 20_000_000;

/**
 * Whether a signed file shows that it was made from these bytes. True and false are certain; undefined
 * means that it cannot be told, and is the answer whenever a service may have written the document anew.
 *
 * - PAdES: a signature is an incremental update (ISO 32000-1, section 12.8.1), so the bytes stand at the
 *   beginning. A service may also write a PDF anew before it signs, which keeps neither bytes nor length.
 *   So it was another document only if the signature updates a file of just this length, with other data
 *   in a stream that stands at the same place.
 * - CAdES: the container carries the bytes. It was another document only if it carries just as many bytes
 *   that differ in more than line ends; XML may have been written anew.
 * - XAdES: the document is written anew with the signature in it, so what it says is compared (see
 *   {@link saysTheSame}).
 */
export async function showsContent(
	signed: Buffer,
	original: Content,
): Promise<boolean | undefined> {
	const type = signatureTypeOf(signed);
	if (type === 'PAdES' && signed.length >= original.length)
		return await shownBy(signed.subarray(0, original.length), original, isOtherPdf);
	if (type === 'XAdES' && original.length <= largestCompared)
		return saysTheSame(signed, await wholeOf(original));
	const carried = type === 'CAdES' ? carriedContent(signed) : undefined;
	if (carried?.length === original.length) return await shownBy(carried, original, isOtherContent);
	return undefined;
}

/** `found` has the length of the original; `isOther` is asked when its bytes differ. */
async function shownBy(
	found: Buffer,
	original: Content,
	isOther: (found: Buffer, original: Buffer) => boolean,
): Promise<boolean | undefined> {
	if (original.length === 0) return undefined;
	if (await equals(found, original)) return true;
	return isOther(found, await wholeOf(original)) ? false : undefined;
}

async function equals(found: Buffer, original: Content): Promise<boolean> {
	let at = 0;
	for await (const piece of original.pieces()) {
		if (!piece.equals(found.subarray(at, at + piece.length))) return false;
		at += piece.length;
	}
	return at === found.length;
}

const lineEnds = [0x0a, 0x0d];

function isOtherContent(found: Buffer, original: Buffer): boolean {
	if (fileKind(found) === 'xml' || fileKind(original) === 'xml') return false;
	return original.some(
		(byte, at) =>
			byte !== found[at] && !(lineEnds.includes(byte) && lineEnds.includes(found[at] ?? byte)),
	);
}

const isWholePdf = (bytes: Buffer): boolean =>
	/%%EOF[ \r\n]*$/.test(bytes.subarray(-16).toString('latin1'));

/** A dictionary that is longer is not looked at, in bytes. */
const longestDictionary = 4096;

/** Streams that a program writes anew although the document is the same (ISO 32000-1, 7.5.7, 7.5.8, 14.3.2). */
const bookkeeping = /\/(?:Metadata|ObjStm|XRef)\b/;

/**
 * Whether `found`, what a signature was added to, is another PDF. Dates, identifiers and the order of
 * objects may differ in the same document written anew, and all of it when it is encrypted.
 */
function isOtherPdf(found: Buffer, original: Buffer): boolean {
	if (!isWholePdf(found) || !isWholePdf(original) || original.includes('/Encrypt')) return false;
	for (let at = 0; ; ) {
		const start = original.indexOf('stream', at);
		const end = original.indexOf('endstream', start + 1);
		if (start < 0 || end < 0) return false;
		at = end + 'endstream'.length;
		const dictionary = dictionaryBefore(original, start);
		const from = start - dictionary.length;
		if (dictionary === '' || bookkeeping.test(dictionary)) continue;
		const sameFrame =
			found.compare(original, from, start, from, start) === 0 &&
			found.compare(original, end, at, end, at) === 0;
		if (sameFrame && found.compare(original, start, end, start, end) !== 0) return true;
	}
}

/** The dictionary of the stream whose data begin here, back to its `obj`; empty when none is seen. */
function dictionaryBefore(bytes: Buffer, start: number): string {
	const before = bytes.toString('latin1', Math.max(0, start - longestDictionary), start);
	const from = before.lastIndexOf(' obj');
	return from >= 0 && />>\s*$/.test(before) ? before.slice(from) : '';
}

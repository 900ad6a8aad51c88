import { contentOf, wholeOf, type Content } from '../bytes/Content';
import { carriedContent } from './cades';
import { fileKind } from './fileKind';
import { isOtherPdf } from './isOtherPdf';
import { signatureTypeOf } from './signedContent';
import { inTurns, Turns } from './Turns';
import { compareXml } from './xml/compareXml';

/** What a witness says about a signed file: that it is this document's, that it is another's, or nothing. */
export type Witness = 'mine' | "another's" | undefined;

/** Larger files are not compared if their bytes differ, in bytes. */
const largestCompared = 50_000_000;

/**
 * What a signed file shows about the bytes that it was made from. Both answers are certain; undefined means that
 * it is not known, and is the answer whenever a service may have rewritten the document.
 *
 * - PAdES: a signature is an incremental update (ISO 32000-1, section 12.8.1), so the file begins with the bytes,
 * and something follows. A service may also rewrite a PDF before it signs, which keeps neither bytes nor length:
 * see {@link isOtherPdf}.
 * - CAdES: the container carries the bytes. XML and the line ends of text may have been rewritten.
 * - XAdES: the document is rewritten with the signature in it, so what it says is compared: see {@link
 * compareXml}.
 */
export async function whatContentShows(signed: Buffer, original: Content): Promise<Witness> {
	if (original.length === 0 || original.length > largestCompared) return undefined;
	const type = signatureTypeOf(signed);
	if (type === 'PAdES') return await shownByPdf(signed, original);
	if (type === 'XAdES') return await compareXml(contentOf(signed), original);
	const carried = type === 'CAdES' ? carriedContent(signed) : undefined;
	return carried && carried.length > 0 ? await shownByCarried(carried, original) : undefined;
}

async function shownByPdf(signed: Buffer, original: Content): Promise<Witness> {
	if (signed.length <= original.length) return undefined;
	const found = signed.subarray(0, original.length);
	if (await equals(found, original)) return 'mine';
	return (await isOtherPdf(found, await wholeOf(original))) ? "another's" : undefined;
}

async function shownByCarried(carried: Buffer, original: Content): Promise<Witness> {
	if (await equals(carried, original)) return 'mine';
	const whole = await wholeOf(original);
	const kinds = [carried, whole].map(fileKind);
	if (kinds.every((kind) => kind === 'xml')) return await compareXml(contentOf(carried), original);
	if (kinds.includes('xml')) return undefined;
	return (await isSameText(carried, whole)) ? undefined : "another's";
}

async function equals(found: Buffer, original: Content): Promise<boolean> {
	let at = 0;
	for await (const piece of inTurns(original.pieces(), stretch)) {
		if (!piece.equals(found.subarray(at, at + piece.length))) return false;
		at += piece.length;
	}
	return at === found.length;
}

/** Bytes that are compared in one go. */
const stretch = 64 * 1024;

const isLineEnd = (byte: number | undefined): boolean => byte === 0x0a || byte === 0x0d;

/** Whether bytes are the same except for line ends. */
async function isSameText(found: Buffer, original: Buffer): Promise<boolean> {
	const turns = new Turns();
	let at = 0;
	for (let place = 0; place < original.length; place++) {
		if (place % stretch === 0) await turns.next();
		if (isLineEnd(original[place])) continue;
		while (isLineEnd(found[at])) at++;
		if (found[at++] !== original[place]) return false;
	}
	while (isLineEnd(found[at])) at++;
	return at === found.length;
}

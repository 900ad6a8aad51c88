import { contentOf, wholeOf, type Content } from '../bytes/Content';
import { carriedContent } from './cades';
import type { SignatureType } from './contentType';
import { fileKind } from './fileKind';
import { isOtherPdf } from './isOtherPdf';
import { signatureTypeOf } from './signedContent';
import { inTurns, Turns } from './Turns';
import { compareXml } from './xml/compareXml';

/** What a witness says about a signed file: that it is this document's, that it is another's, or nothing. */
export type Witness = 'mine' | "another's" | undefined;

/** Larger files are not compared if their bytes differ, in bytes. */
const largestCompared = 50_000_000;

/** A comparison of a signed file with the bytes of a document; both answers are certain. */
interface Comparison {
	isMine: boolean;
	/** Takes longer to learn. */
	isAnothers?: () => boolean | Promise<boolean>;
}

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
	const { isMine, isAnothers } = await compare(signed, original);
	if (isMine) return 'mine';
	return (await isAnothers?.()) ? "another's" : undefined;
}

/** Whether {@link whatContentShows} answers `mine`; quick for a file that was made from other bytes. */
export async function isMadeFrom(signed: Buffer, original: Content): Promise<boolean> {
	return (await compare(signed, original)).isMine;
}

/** The types of files that were compared: each is compared with all documents of a request. */
const types = new WeakMap<Buffer, SignatureType | undefined>();

function typeOf(signed: Buffer): SignatureType | undefined {
	if (!types.has(signed)) types.set(signed, signatureTypeOf(signed));
	return types.get(signed);
}

async function compare(signed: Buffer, original: Content): Promise<Comparison> {
	const unknown = { isMine: false };
	if (original.length === 0 || original.length > largestCompared) return unknown;
	const type = typeOf(signed);
	if (type === 'PAdES') return await comparePdf(signed, original);
	if (type === 'XAdES') return await compareTexts(signed, original);
	const carried = type === 'CAdES' ? carriedContent(signed) : undefined;
	return carried && carried.length > 0 ? await compareCarried(carried, original) : unknown;
}

async function comparePdf(signed: Buffer, original: Content): Promise<Comparison> {
	if (signed.length <= original.length) return { isMine: false };
	const found = signed.subarray(0, original.length);
	return {
		isMine: await equals(found, original),
		isAnothers: async () => await isOtherPdf(found, await wholeOf(original)),
	};
}

async function compareTexts(signed: Buffer, original: Content): Promise<Comparison> {
	const word = await compareXml(contentOf(signed), original);
	return { isMine: word === 'mine', isAnothers: () => word === "another's" };
}

async function compareCarried(carried: Buffer, original: Content): Promise<Comparison> {
	if (await equals(carried, original)) return { isMine: true };
	if (fileKind(carried) === 'xml') return await compareTexts(carried, original);
	return {
		isMine: false,
		isAnothers: async () => {
			const whole = await wholeOf(original);
			return fileKind(whole) !== 'xml' && !(await isSameText(carried, whole));
		},
	};
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

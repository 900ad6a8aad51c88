import type { Content } from '../bytes/Content';
import { inTurns } from './Turns';

/** What a PDF is, for the purpose of signing it, as shown by its unencoded text. */
export interface PdfFacts {
	kind: 'pdf';
	/** Whether its author certified it against any change: with DocMDP and access permission 1 (ISO 32000-2, 12.8.2.2). */
	isFinal: boolean;
	/** Whether it is encrypted, with a password to be opened or without. */
	isEncrypted: boolean;
	/** Whether its end marker is where readers look for it. */
	isWhole: boolean;
	/** Whether the last change to it was a signature: a signature covers it up to its end. */
	isSignedLast: boolean;
}

/** Bytes that are looked at in one go, which takes less than a millisecond. */
const stretch = 512 * 1024;

/** The distance from a mark within which its parts are looked for, in bytes. */
const around = 1024;

/** Bytes at either end of a file in which its trailer is looked for: that of a linearised file is at its beginning. */
const trailerWindow = 64 * 1024;

/** Bytes at the end in which readers look for the end marker (ISO 32000-1, annex H). */
const endWindow = 1024;

/** The `<` with which the bytes of a signature begin. */
const opening = 0x3c;

/** Line ends that may follow what a signature covers, in bytes. */
const mostBehind = 4;

/** What may come between the entries of a dictionary: no other dictionary, but text in digits. */
const between = '(?:[^<>]|<[^<>]*>)*';
const noChange = `/TransformParams\\s*<<${between}/P\\s+1\\b`;
const certifies = '/TransformMethod\\s*/DocMDP\\b';

/** A certification against any change, its entries in either order. */
const final = new RegExp(
	`${certifies}${between}${noChange}|${noChange}${between}>>${between}${certifies}`,
);
const encrypted = /\/Encrypt(?:\s+\d+\s+\d+\s+R\b|\s*<<)/;
const byteRange = /\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g;

/** Reads a PDF in turns with the rest of n8n: once, and once more if it contains a signature. */
export async function readPdf(content: Content): Promise<PdfFacts> {
	let [head, tail] = ['', ''];
	const see = (piece: Buffer): void => {
		head += piece.toString('latin1', 0, trailerWindow - head.length);
		tail += piece.toString('latin1', Math.max(0, piece.length - trailerWindow));
		tail = tail.slice(-trailerWindow);
	};
	const ranges: ByteRanges = new Map();
	for await (const text of textsAround('/ByteRange', content, see)) addRanges(text, ranges);
	const { covered, isFinal } = ranges.size > 0 ? await readSignatures(content, ranges) : unsigned;
	const behind = content.length - covered;
	return {
		kind: 'pdf',
		isFinal,
		isEncrypted: encrypted.test(trailerIn(tail)) || (isLinear(head) && encrypted.test(head)),
		isWhole: tail.slice(-endWindow).includes('%%EOF'),
		isSignedLast: behind >= 0 && behind <= mostBehind,
	};
}

/** The last trailer: one before it may be that of an attachment. */
const trailerIn = (tail: string): string =>
	tail.slice(Math.max(0, tail.lastIndexOf('trailer'), tail.lastIndexOf('/XRef') - around));

/** Whether the trailer is at the beginning (ISO 32000-1, annex F). */
const isLinear = (head: string): boolean => head.slice(0, around).includes('/Linearized');

/** What signatures cover: from the beginning to a gap, and from there to an end; the end for each gap's beginning. */
type ByteRanges = Map<number, number>;

/** The most ranges that are looked at, the last ones: no file has as many signatures, unless it is written to harm. */
const mostRanges = 1000;

const unsigned = { covered: 0, isFinal: false };

/**
 * What the file's own signatures say. Those of an attachment count from the attachment's beginning: in this file,
 * the signature does not stand in their gap.
 */
async function readSignatures(content: Content, ranges: ByteRanges): Promise<typeof unsigned> {
	let [covered, isFinal, offset] = [0, false, 0];
	const see = (piece: Buffer): void => {
		for (const [gap, end] of ranges) if (piece[gap - offset] === opening) covered = end;
		offset += piece.length;
	};
	for await (const text of textsAround('/DocMDP', content, see)) isFinal ||= final.test(text);
	// A certification is a signature.
	return { covered, isFinal: isFinal && covered > 0 };
}

/**
 * The text around each mark; marks that are close to each other share it. What stands where two pieces meet is
 * looked at by itself, so that no piece is copied.
 * @param see is called with each piece
 */
async function* textsAround(
	mark: string,
	content: Content,
	see?: (piece: Buffer) => void,
): AsyncGenerator<string> {
	let last = Buffer.alloc(0);
	for await (const piece of inTurns(content.pieces(), stretch)) {
		see?.(piece);
		const seam = Buffer.concat([last, piece.subarray(0, 3 * around)]);
		for (const window of [seam, piece])
			for (let at = window.indexOf(mark); at >= 0; at = window.indexOf(mark, at + around))
				yield window.toString('latin1', Math.max(0, at - around), at + 2 * around);
		last = Buffer.concat([last, piece.subarray(-3 * around)]).subarray(-3 * around);
	}
}

function addRanges(text: string, ranges: ByteRanges): void {
	for (const [, , gap, third, fourth] of text.matchAll(byteRange)) {
		ranges.set(Number(gap), Number(third) + Number(fourth));
		const [oldest = NaN] = ranges.keys();
		if (ranges.size > mostRanges) ranges.delete(oldest);
	}
}

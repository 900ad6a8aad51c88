import type { Content } from '../bytes/Content';
import { inTurns } from './Turns';

/** Width and height in points. */
export interface PageSize {
	width: number;
	height: number;
}

/** A box that begins at 0, 0 (ISO 32000-1, 7.7.3.3); with another origin, the meaning of coordinates is open. */
const box = /^\s*\[\s*0(?:\.0*)?\s+0(?:\.0*)?\s+(\d+(?:\.\d*)?)\s+(\d+(?:\.\d*)?)\s*\]/;
const boxKey = '/MediaBox';
/** What keeps pages, or the directions on them, from being seen in the file's own text. */
const hiding = ['/ObjStm', '/Rotate', '/UserUnit'];
/** Maximum bytes of a box with its key; this much of a piece is read again with the next one. */
const longest = 128;

/** Bytes that are looked at in one go, which takes less than a millisecond. */
const stretch = 512 * 1024;

/**
 * The largest page that a PDF shows in its own text: its sizes are read from the text, the file is not parsed.
 * @returns undefined if that does not give the size of every page
 */
export async function largestPage(content: Content): Promise<PageSize | undefined> {
	const sizes: Array<PageSize | undefined> = [];
	let tail: Buffer = Buffer.alloc(0);
	let read = 0;
	for await (const piece of inTurns(content.pieces(), stretch)) {
		read += piece.length;
		const bytes = tail.length > 0 ? Buffer.concat([tail, piece]) : piece;
		if (hiding.some((key) => bytes.includes(key, 0, 'latin1'))) return undefined;
		// What may continue in the next piece is looked at together with it.
		const end = read < content.length ? bytes.length - longest : bytes.length;
		sizes.push(...boxesIn(bytes, end));
		tail = Buffer.from(bytes.subarray(Math.max(0, end)));
	}
	return sizes.reduce(larger, sizes[0]);
}

function* boxesIn(bytes: Buffer, end: number): Generator<PageSize | undefined> {
	let at = bytes.indexOf(boxKey, 0, 'latin1');
	while (at >= 0 && at < end) {
		const after = at + boxKey.length;
		const [, width, height] = box.exec(bytes.toString('latin1', after, at + longest)) ?? [];
		yield width === undefined || height === undefined
			? undefined
			: { width: Number(width), height: Number(height) };
		at = bytes.indexOf(boxKey, after, 'latin1');
	}
}

const larger = (one?: PageSize, other?: PageSize): PageSize | undefined =>
	one &&
	other && {
		width: Math.max(one.width, other.width),
		height: Math.max(one.height, other.height),
	};

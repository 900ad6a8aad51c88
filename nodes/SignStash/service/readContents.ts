const key = Buffer.from('"signedContent"');
const quote = 0x22;
const colon = 0x3a;
const backslash = 0x5c;
const space = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** Characters decoded at a time: a multiple of four, so that every piece ends on a whole byte. */
const piece = 4 * 64 * 1024;

/** An answer whose signed contents were taken out: in their place stands their index. */
export interface TakenApart {
	/** JSON without the contents; each `signedContent` that was taken out is a number. */
	json: string;
	contents: Buffer[];
}

/**
 * Takes the signed contents out of an answer's bytes and decodes each from where it stands, so that
 * no copy of the whole is made as text. What cannot be taken out this way stays in the JSON.
 */
export function readContents(bytes: Buffer): TakenApart {
	const contents: Buffer[] = [];
	const kept: string[] = [];
	let from = 0;
	for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, Math.max(at + 1, from))) {
		const start = valueStart(bytes, at + key.length);
		const end = start === undefined ? -1 : bytes.indexOf(quote, start);
		if (start === undefined || end <= start) continue;
		const content = decoded(bytes, start, end);
		if (content === undefined) continue;
		kept.push(bytes.toString('utf8', from, start - 1), String(contents.push(content) - 1));
		from = end + 1;
	}
	kept.push(bytes.toString('utf8', from));
	return { json: kept.join(''), contents };
}

/** Offset after the opening quote of a string value; undefined when the key is none, or its value no string. */
function valueStart(bytes: Buffer, after: number): number | undefined {
	const sign = skipSpace(bytes, after);
	if (bytes[sign] !== colon) return undefined;
	const value = skipSpace(bytes, sign + 1);
	return bytes[value] === quote ? value + 1 : undefined;
}

function skipSpace(bytes: Buffer, from: number): number {
	let at = from;
	while (space.has(bytes[at] ?? 0)) at++;
	return at;
}

/** Decodes base64 that stands in one row; undefined for anything else (escapes, line breaks), which is left to the JSON. */
function decoded(bytes: Buffer, start: number, end: number): Buffer | undefined {
	const length = end - start;
	const padding = (bytes[end - 1] === 0x3d ? 1 : 0) + (bytes[end - 2] === 0x3d ? 1 : 0);
	if (length % 4 !== 0 || bytes.subarray(start, end).includes(backslash)) return undefined;
	const content = Buffer.allocUnsafe((length / 4) * 3 - padding);
	let at = 0;
	for (let from = start; from < end; from += piece)
		at += content.write(bytes.toString('latin1', from, Math.min(from + piece, end)), at, 'base64');
	return at === content.length ? content : undefined;
}

import { randomUUID } from 'node:crypto';

const KEY = Buffer.from('"base64Content"');
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const PADDING = 0x3d;
/** How many groups of three bytes are coded at a time. */
const SLICE = 64 * 1024;
const BLANKS: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

/** A content in a JSON body is not valid base64. */
export class ContentJsonFault extends Error {
	override readonly name = 'ContentJsonFault';
}

interface Quoted {
	/** Where the text begins, after the opening quote. */
	start: number;
	/** Where the closing quote is. */
	end: number;
}

function skipBlanks(json: Buffer, from: number): number {
	let at = from;
	while (BLANKS.has(json[at])) at += 1;
	return at;
}

/** The string after a key; undefined if it is not a key or no string follows. */
function valueAfter(json: Buffer, afterKey: number): Quoted | undefined {
	const colon = skipBlanks(json, afterKey);
	if (json[colon] !== COLON) return undefined;
	const open = skipBlanks(json, colon + 1);
	if (json[open] !== QUOTE) return undefined;
	const start = open + 1;
	let end = json.indexOf(QUOTE, start);
	while (end > start && json[end - 1] === BACKSLASH) end = json.indexOf(QUOTE, end + 1);
	return end === -1 ? undefined : { start, end };
}

/** Base64 from JSON, where slashes and line ends may be escaped. */
function unescaped(raw: Buffer): Buffer {
	if (!raw.includes(BACKSLASH)) return raw;
	const text: unknown = JSON.parse(`"${raw.toString('latin1')}"`);
	return Buffer.from(String(text).replaceAll('\r', '').replaceAll('\n', ''));
}

/** Decodes in slices: much faster than through one large string, and not limited by its length. */
function decode(json: Buffer, { start, end }: Quoted): Buffer {
	const encoded = unescaped(json.subarray(start, end));
	const padding = [1, 2].filter((back) => encoded.at(-back) === PADDING).length;
	const content = Buffer.allocUnsafe(Math.max(0, Math.floor(encoded.length / 4) * 3 - padding));
	let written = 0;
	for (let from = 0; from < encoded.length; from += 4 * SLICE) {
		written += content.write(encoded.toString('latin1', from, from + 4 * SLICE), written, 'base64');
	}
	// The decoder skips whatever is not base64, so the resulting length shows whether there was any.
	if (encoded.length % 4 !== 0 || written !== content.length) {
		throw new ContentJsonFault('base64Content is not valid base64');
	}
	return content;
}

/** Encodes in slices, for the same reason. */
export function encode(content: Buffer): Buffer[] {
	const slices: Buffer[] = [];
	for (let from = 0; from < content.length; from += 3 * SLICE) {
		slices.push(Buffer.from(content.toString('base64', from, from + 3 * SLICE), 'latin1'));
	}
	return slices;
}

/**
 * Parses a JSON body whose `base64Content` strings may be larger than a JavaScript string can be: they
 * are decoded from the bytes, and the parsed value has a short name in place of each.
 * @throws ContentJsonFault for a content that is not base64, SyntaxError for a body that is not JSON
 */
export function parseContentJson(json: Buffer): { value: unknown; contents: Map<string, Buffer> } {
	const contents = new Map<string, Buffer>();
	const rest: Buffer[] = [];
	let copied = 0;
	for (let key = json.indexOf(KEY); key !== -1; key = json.indexOf(KEY, key + KEY.length)) {
		const quoted = valueAfter(json, key + KEY.length);
		if (quoted === undefined) continue;
		const name = `content ${contents.size}`;
		contents.set(name, decode(json, quoted));
		rest.push(json.subarray(copied, quoted.start), Buffer.from(name));
		copied = quoted.end;
		key = quoted.end - KEY.length;
	}
	rest.push(json.subarray(copied));
	return { value: JSON.parse(Buffer.concat(rest).toString('utf8')), contents };
}

/** Placeholders for contents in an answer, until it is written. */
export class ContentNames {
	readonly #prefix = `content-${randomUUID()}-`;
	readonly #contents: Buffer[] = [];

	/** @returns the placeholder for the content's base64 in the answer */
	name(content: Buffer): string {
		this.#contents.push(content);
		return `${this.#prefix}${this.#contents.length - 1}`;
	}

	/**
	 * The answer as JSON, in chunks, with the contents' base64 in place of their names.
	 * @param value a `bigint` in it is a number that JavaScript's number type cannot represent
	 * @param base64 encodes a content
	 */
	stringify(value: unknown, base64 = encode): Buffer[] {
		const chunks: Buffer[] = [];
		const [head = '', ...others] = this.#json(value).split(`"${this.#prefix}`);
		chunks.push(Buffer.from(head));
		for (const other of others) {
			const end = other.indexOf('"');
			const content = this.#contents[Number(other.slice(0, end))] ?? Buffer.alloc(0);
			chunks.push(Buffer.from('"'), ...base64(content), Buffer.from(other.slice(end)));
		}
		return chunks;
	}

	#json(value: unknown): string {
		const mark = `${this.#prefix}number-`;
		const json = JSON.stringify(value, (_, one: unknown) =>
			typeof one === 'bigint' ? `${mark}${one}` : one,
		);
		return json.replaceAll(new RegExp(`"${mark}(\\d+)"`, 'g'), '$1');
	}
}

import { Base64Reader } from '../bytes/Base64Reader';
import { free } from '../bytes/blocks';

const key = Buffer.from('"signedContent"');
const quote = 0x22;

/** After the key: a colon and an opening quote, with JSON's white space around the colon. */
const beforeValue = /^[ \t\r\n]*:[ \t\r\n]*"/;
/** What may still become that, if the piece ends too early. */
const partOfBeforeValue = /^[ \t\r\n]*(:[ \t\r\n]*)?$/;

/** White space that an answer may have between key and value; more is not looked at. */
const window = 64;

/** An answer without its signed contents: each is replaced by its index. */
export interface ReadAnswer {
	/** JSON text. */
	json: string;
	contents: Array<Buffer | 'not base64'>;
}

/**
 * Reads the JSON of an answer as its pieces arrive, and decodes each `signedContent` on the way: the answer's
 * base64 is never kept as a whole.
 */
export class AnswerReader {
	private readonly json: Buffer[] = [];
	private readonly contents: ReadAnswer['contents'] = [];
	private content?: Base64Reader;
	/** The end of a piece that cannot be understood without the next one. */
	private pending: Buffer = Buffer.alloc(0);

	/**
	 * @param expected bytes that a content is likely to have, so that the room for it need not grow; for one that
	 * ends in the piece it begins in, its own length counts
	 */
	constructor(private readonly expected: number) {}

	/** From here on the piece belongs to the reader: nothing else may read it. */
	add(piece: Buffer): void {
		let rest = this.pending.length === 0 ? piece : Buffer.concat([this.pending, piece]);
		this.pending = Buffer.alloc(0);
		while (rest.length > 0)
			rest = this.content ? this.readContent(rest, this.content) : this.readJson(rest);
		free(piece);
	}

	end(): ReadAnswer {
		const json = Buffer.concat([...this.json, this.pending]).toString('utf8');
		return { json, contents: this.contents };
	}

	/** Returns what follows the opening quote of a content; nothing if all of it was JSON. */
	private readJson(bytes: Buffer): Buffer {
		const at = bytes.indexOf(key);
		if (at < 0) return this.keep(bytes, Math.max(0, bytes.length - key.length));
		const after = at + key.length;
		const next = bytes.toString('latin1', after, after + window);
		const opening = beforeValue.exec(next)?.[0].length;
		if (next.length < window && partOfBeforeValue.test(next)) return this.keep(bytes, at);
		const end = after + (opening ?? 0);
		this.json.push(Buffer.from(bytes.subarray(0, opening === undefined ? end : end - 1)));
		if (opening === undefined) return bytes.subarray(end);
		this.json.push(Buffer.from(String(this.contents.length)));
		const letters = bytes.subarray(end).indexOf(quote);
		this.content = new Base64Reader(letters < 0 ? this.expected : Math.floor((letters * 3) / 4));
		return bytes.subarray(end);
	}

	private keep(bytes: Buffer, from: number): Buffer {
		this.json.push(Buffer.from(bytes.subarray(0, from)));
		this.pending = Buffer.from(bytes.subarray(from));
		return Buffer.alloc(0);
	}

	/** Returns what follows the closing quote of a content; base64 contains no quote, escaped or not. */
	private readContent(bytes: Buffer, content: Base64Reader): Buffer {
		const end = bytes.indexOf(quote);
		content.add(end < 0 ? bytes : bytes.subarray(0, end));
		if (end < 0) return Buffer.alloc(0);
		this.contents.push(content.end() ?? 'not base64');
		this.content = undefined;
		return bytes.subarray(end + 1);
	}
}

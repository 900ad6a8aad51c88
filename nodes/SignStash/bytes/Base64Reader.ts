import { blockOf, free } from './blocks';

/** Characters decoded at a time: whole groups of four, and few enough for the text to stay in V8's young space. */
const slice = 4 * 8 * 1024;

/**
 * JSON's escapes that may occur in base64: `/`, `+` and `=` written differently, and white space, which means
 * nothing.
 */
const escapes = /\\(?:u([0-9a-fA-F]{4})|(.))/gs;
const cutEscape = /\\(?:u[0-9a-fA-F]{0,3})?$/;
const spaces = new Set(['n', 'r', 't', 'f', 'b']);

/** A prefix that some put before base64 (RFC 2397), in whole and in part. */
const prefix = /^data:[^,]{0,100};base64,/i;
const prefixBegins = /^(?:d|da|dat|data|data:[^,]{0,120})$/i;

/** Base64 in its two alphabets (RFC 4648, sections 4 and 5); padding ends it. */
const alphabet = /^[A-Za-z0-9+/_-]*={0,2}$/;

/** A JSON string as the letters that it represents, without white space. */
function lettersOf(text: string): string {
	const plain = text.includes('\\')
		? text.replace(escapes, (_, code: string | undefined, sign: string) =>
				code === undefined
					? spaces.has(sign)
						? ' '
						: sign
					: String.fromCharCode(parseInt(code, 16)),
			)
		: text;
	return plain.replace(/\s+/g, '');
}

/** Decodes base64 that arrives in pieces, into one block that grows when needed. Nothing else is half decoded. */
export class Base64Reader {
	private room: Buffer;
	private at = 0;
	/** Characters waiting for the rest of their group of four, of their escape, or of the prefix. */
	private left = '';
	private begun = false;
	private padded = false;
	private flawed = false;

	/** @param expected bytes that are likely to come, so that the room for them need not grow */
	constructor(expected: number) {
		this.room = blockOf(expected);
	}

	add(bytes: Buffer): void {
		for (let from = 0; from < bytes.length; from += slice)
			this.addText(bytes.toString('latin1', from, Math.min(from + slice, bytes.length)));
	}

	/**
	 * The decoded bytes; undefined if the text was not base64. They do not keep a buffer that is far too large for
	 * them, such as that of one document among larger ones.
	 */
	end(): Buffer | undefined {
		this.decode(lettersOf(this.left), true);
		if (!this.flawed && this.room.length > this.at * 1.5) this.moveTo(this.at);
		if (!this.flawed) return this.room.subarray(0, this.at);
		free(this.room);
		return undefined;
	}

	private addText(text: string): void {
		const all = this.left + text;
		if (!this.begun && prefixBegins.test(all)) {
			this.left = all;
			return;
		}
		const letters = this.begun ? all : all.replace(prefix, '');
		this.begun = true;
		const whole = letters.length - (letters.length % 4);
		if (!this.padded && this.write(whole === letters.length ? letters : letters.slice(0, whole)))
			this.left = letters.slice(whole);
		else this.addSlowly(letters);
	}

	/** Text that is more than letters: escapes, white space, padding; or not base64 at all. */
	private addSlowly(text: string): void {
		const cut = cutEscape.exec(text)?.[0] ?? '';
		this.decode(lettersOf(text.slice(0, text.length - cut.length)), false);
		this.left += cut;
	}

	/** Decodes groups of four letters, and at the end what is left of one; the rest waits. */
	private decode(letters: string, last: boolean): void {
		if (!(this.padded ? /^=?$/ : alphabet).test(letters)) this.flawed = true;
		this.padded ||= letters.includes('=');
		const bare = letters.replace(/=+$/, '');
		const count = last || this.padded ? bare.length : bare.length - (bare.length % 4);
		this.left = bare.slice(count);
		if (count % 4 === 1 || !this.write(bare.slice(0, count))) this.flawed = true;
	}

	/** Whether every letter was a base64 letter: Node skips the others, and decodes less than there should be. */
	private write(letters: string): boolean {
		const bytes = Math.floor((letters.length * 3) / 4);
		this.makeRoom(bytes);
		if (this.room.write(letters, this.at, 'base64') !== bytes) return false;
		this.at += bytes;
		return true;
	}

	private makeRoom(bytes: number): void {
		if (this.at + bytes <= this.room.length) return;
		this.moveTo(Math.max(this.at + bytes, this.room.length * 2));
	}

	private moveTo(bytes: number): void {
		const other = blockOf(bytes);
		this.room.copy(other, 0, 0, this.at);
		free(this.room);
		this.room = other;
	}
}

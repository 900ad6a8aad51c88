import type { Buffers } from './Buffers';

const backslash = 0x5c;

/** Characters decoded at a time: whole groups of four, and few enough for the text to stay in V8's young space. */
const slice = 4 * 8 * 1024;

/** Least room that is asked for, in bytes. */
const leastRoom = 64 * 1024;

/** JSON's escapes that may stand in base64: `/` and `+` in other writing, and line breaks, which mean nothing. */
const escape = /\\(?:u([0-9a-fA-F]{4})|(.))/gs;
const cutEscape = /\\(?:u[0-9a-fA-F]{0,3})?$/;

/** Decodes base64 that comes in pieces, into one buffer that grows when it has to. */
export class Base64Reader {
	private room: Buffer;
	private at = 0;
	/** Characters that wait for the rest of their group of four, or of their escape. */
	private left = '';

	constructor(
		expected: number,
		private readonly buffers: Buffers,
	) {
		this.room = buffers.take(Math.max(expected, leastRoom));
	}

	add(bytes: Buffer): void {
		if (this.left.includes('\\') || bytes.includes(backslash)) return this.addEscaped(bytes);
		let from = 0;
		if (this.left !== '') {
			from = Math.min(4 - this.left.length, bytes.length);
			this.decode(this.left + bytes.toString('latin1', 0, from));
		}
		for (; from < bytes.length; from += slice)
			this.decode(bytes.toString('latin1', from, Math.min(from + slice, bytes.length)));
	}

	/**
	 * The bytes that were decoded; they may be given back to the buffers. They do not keep a room that is
	 * far too large for them: of an answer with many documents, that room serves the next one.
	 */
	end(): Buffer {
		this.write(this.left);
		if (this.room.length <= this.at * 1.5) return this.room.subarray(0, this.at);
		const fitting = this.buffers.take(this.at).subarray(0, this.at);
		this.room.copy(fitting, 0, 0, this.at);
		this.buffers.give(this.room);
		return fitting;
	}

	private addEscaped(bytes: Buffer): void {
		const text = this.left + bytes.toString('latin1');
		const cut = cutEscape.exec(text)?.[0] ?? '';
		this.left = '';
		this.decode(
			text
				.slice(0, text.length - cut.length)
				.replace(escape, (_, code: string | undefined, sign: string | undefined) =>
					code === undefined ? (sign === '/' ? '/' : '') : String.fromCharCode(parseInt(code, 16)),
				)
				.replace(/\s/g, ''),
		);
		this.left += cut;
	}

	private decode(text: string): void {
		const whole = text.length - (text.length % 4);
		this.write(text.slice(0, whole));
		this.left = text.slice(whole);
	}

	private write(text: string): void {
		const needed = this.at + Math.ceil(text.length / 4) * 3;
		if (needed > this.room.length) {
			const larger = this.buffers.take(Math.max(needed, this.room.length * 2));
			this.room.copy(larger, 0, 0, this.at);
			this.buffers.give(this.room);
			this.room = larger;
		}
		this.at += this.room.write(text, this.at, 'base64');
	}
}

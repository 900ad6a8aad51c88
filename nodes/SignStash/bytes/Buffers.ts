/** A block of memory; an older Node cannot take it away from those who hold it. */
interface Block {
	byteLength: number;
	transfer?: (bytes: number) => unknown;
}

/**
 * Gives the memory of bytes back at once, if they have a block of it to themselves: from here on nothing
 * may read them. Left alone, such blocks pile up until V8 goes through the whole of n8n's heap for them.
 */
export function release(bytes: Buffer): void {
	const block: Block = bytes.buffer;
	if (bytes.length > 0 && bytes.length === block.byteLength) block.transfer?.(0);
}

/** A larger buffer is not kept, in bytes. */
const largest = 8_000_000;

/** What is kept for use at most, in bytes. */
const mostKept = 32_000_000;

/**
 * Buffers of a run that are used again. A buffer of its own for every body and every signed file makes
 * memory outside of V8's heap grow so fast that V8 answers with collections of n8n's whole heap.
 */
export class Buffers {
	private readonly kept: Buffer[] = [];
	private bytes = 0;
	/** Buffers that had to be made. */
	made = 0;

	/** A buffer of at least that many bytes, with whatever was in it before. */
	take(bytes: number): Buffer {
		const at = this.kept.findIndex(({ length }) => length >= bytes && length <= bytes * 2);
		const [kept] = at < 0 ? [] : this.kept.splice(at, 1);
		if (kept) {
			this.bytes -= kept.length;
			return kept;
		}
		this.made++;
		return Buffer.allocUnsafeSlow(Math.ceil(bytes * 1.1));
	}

	/** Takes a buffer, or a part of one, back: from here on nothing may read or write it. */
	give(part: Buffer): void {
		const whole = Buffer.from(part.buffer);
		if (whole.length > largest || this.bytes + whole.length > mostKept) return;
		this.kept.push(whole);
		this.bytes += whole.length;
	}
}

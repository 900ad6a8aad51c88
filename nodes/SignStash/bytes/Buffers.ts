/** A block of memory; before Node 22 it cannot be taken away from those who hold it. */
interface Block {
	byteLength: number;
	transfer?: (bytes?: number) => ArrayBuffer;
}

/**
 * Gives the memory of bytes back at once, if they have a block of it to themselves: whoever still holds them
 * holds nothing. Left alone, such blocks pile up until V8 goes through the whole of n8n's heap for them.
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
 *
 * A buffer has one owner: `take` makes one, and who gives it back loses it. Its block is transferred then, so
 * that it is empty for everyone who still holds it or a part of it, and what is written into it later shows to
 * its new owner only. To give it back once more does nothing.
 */
export class Buffers {
	private readonly kept: Buffer[] = [];
	private readonly lent = new WeakSet<ArrayBufferLike>();
	private bytes = 0;
	/** Buffers that had to be made. */
	made = 0;

	/** A buffer of at least that many bytes, with whatever was in it before. */
	take(bytes: number): Buffer {
		const buffer = this.keptOf(bytes) ?? this.make(bytes);
		this.lent.add(buffer.buffer);
		return buffer;
	}

	/** Takes a buffer back, told by any part of it. Nothing outside of JavaScript may read or write it any more. */
	give(part: Buffer): void {
		const block: Block = part.buffer;
		if (!this.lent.delete(part.buffer)) return;
		const isKept = block.byteLength <= largest && this.bytes + block.byteLength <= mostKept;
		const moved = block.transfer?.(isKept ? block.byteLength : 0);
		if (!moved || !isKept) return;
		this.kept.push(Buffer.from(moved));
		this.bytes += moved.byteLength;
	}

	private keptOf(bytes: number): Buffer | undefined {
		const at = this.kept.findIndex(({ length }) => length >= bytes && length <= bytes * 2);
		const [kept] = at < 0 ? [] : this.kept.splice(at, 1);
		this.bytes -= kept?.length ?? 0;
		return kept;
	}

	private make(bytes: number): Buffer {
		this.made++;
		return Buffer.allocUnsafeSlow(bytes + Math.ceil(bytes / 10));
	}
}

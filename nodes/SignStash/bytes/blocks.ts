/** A block of memory; before Node 22 it cannot be taken away from its holders. */
interface Block {
	byteLength: number;
	transfer?: (bytes?: number) => ArrayBuffer;
}

/** Smaller blocks are left to V8, in bytes: as garbage outside its heap they trigger collection in time. */
const leastFreed = 64 * 1024;

/** Blocks that were made here: the whole block belongs to whoever holds a part of it. */
const made = new WeakSet<ArrayBufferLike>();

/** Bytes in their own block, with whatever it contained before. */
export function blockOf(bytes: number): Buffer {
	const block = Buffer.allocUnsafeSlow(bytes);
	made.add(block.buffer);
	return block;
}

/**
 * Releases the memory of bytes immediately, if they have a block to themselves: anyone who still holds them then
 * holds nothing. Left alone, large blocks pile up until V8 goes through the whole of n8n's heap for them.
 */
export function free(bytes: Buffer): void {
	const block: Block = bytes.buffer;
	const isOwn = made.has(bytes.buffer) || bytes.length === block.byteLength;
	if (isOwn && block.byteLength >= leastFreed) block.transfer?.(0);
}

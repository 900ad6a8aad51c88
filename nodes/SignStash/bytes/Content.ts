import { free } from './blocks';

/** A document's bytes, at hand or read from where they are stored each time they are needed. */
export interface Content {
	/** Bytes. */
	readonly length: number;
	/**
	 * The bytes from their beginning, in pieces of any size; may be asked for more than once. A piece may
	 * be read until the next one is asked for.
	 */
	pieces(): AsyncIterable<Buffer>;
	/** Gives its memory back: it is not asked for any more. */
	release(): void;
}

/** Bytes that are in memory already. */
export function contentOf(bytes: Buffer): Content {
	return {
		length: bytes.length,
		async *pieces() {
			yield bytes;
		},
		release: () => free(bytes),
	};
}

/** All bytes at once. */
export async function wholeOf(content: Content): Promise<Buffer> {
	const whole = Buffer.allocUnsafe(content.length);
	let at = 0;
	for await (const piece of content.pieces()) at += piece.copy(whole, at);
	return whole.subarray(0, at);
}

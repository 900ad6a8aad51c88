import { free } from './blocks';

/** A document's bytes, in memory or read from storage each time they are needed. */
export interface Content {
	/** Bytes. */
	readonly length: number;
	/**
	 * The bytes from their beginning, in pieces of any size; may be requested more than once. A piece may be read
	 * until the next one is requested.
	 */
	pieces(): AsyncIterable<Buffer>;
	/** Releases its memory: it is not requested any more. */
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

/** All bytes at the same time. */
export async function wholeOf(content: Content): Promise<Buffer> {
	const whole = Buffer.allocUnsafe(content.length);
	let at = 0;
	for await (const piece of content.pieces()) at += piece.copy(whole, at);
	return whole.subarray(0, at);
}

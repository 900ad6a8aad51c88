/** A document's bytes, at hand or read from where they are stored each time they are needed. */
export interface Content {
	/** Bytes. */
	readonly length: number;
	/** The bytes from their beginning, in pieces of any size; may be asked for more than once. */
	pieces(): AsyncIterable<Buffer>;
}

/** Bytes that are in memory already. */
export function contentOf(bytes: Buffer): Content {
	return {
		length: bytes.length,
		async *pieces() {
			yield bytes;
		},
	};
}

/** All bytes at once. */
export async function wholeOf(content: Content): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of content.pieces()) pieces.push(piece);
	const [first] = pieces;
	return pieces.length === 1 && first ? first : Buffer.concat(pieces);
}

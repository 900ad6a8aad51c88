import type { Content } from './Content';

/** Bytes encoded at a time: whole groups of three, and few enough for the text to stay in V8's young space. */
const slice = 3 * 16 * 1024;

/** Letters that base64 has for so many bytes. */
export const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * A content in base64, piece by piece.
 * @throws Error when the content is not as long as it says; by then, never more letters have been returned than
 * there should be
 */
export async function* base64Of(content: Content): AsyncGenerator<string> {
	let seen = 0;
	let left: Buffer = Buffer.alloc(0);
	for await (const piece of content.pieces()) {
		seen += piece.length;
		if (seen > content.length) break;
		const bytes = left.length === 0 ? piece : Buffer.concat([left, piece]);
		const whole = bytes.length - (bytes.length % 3);
		for (let from = 0; from < whole; from += slice)
			yield bytes.toString('base64', from, Math.min(from + slice, whole));
		left = Buffer.from(bytes.subarray(whole));
	}
	if (seen !== content.length) throw new Error('the file changed while it was read');
	if (left.length > 0) yield left.toString('base64');
}

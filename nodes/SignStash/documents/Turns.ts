import { sleep } from 'n8n-workflow';
import type { Content } from '../bytes/Content';

/** How long a file may be looked at before the rest of n8n gets its turn, in milliseconds. */
const longestTurn = 5;

/** A large file is looked at in turns, so that n8n's other workflows and webhooks do not wait for it. */
export class Turns {
	#since = performance.now();

	/** Gives way to n8n when the turn has been long enough; call it at least once a millisecond. */
	async next(): Promise<void> {
		if (performance.now() - this.#since < longestTurn) return;
		await sleep(0);
		this.#since = performance.now();
	}
}

/** A content's bytes in pieces of a limited size, giving way to n8n between them. */
export async function* inTurns(
	pieces: ReturnType<Content['pieces']>,
	bytes: number,
): AsyncGenerator<Buffer> {
	const turns = new Turns();
	for await (const piece of pieces)
		for (let at = 0; at < piece.length; at += bytes) {
			await turns.next();
			yield piece.subarray(at, at + bytes);
		}
}

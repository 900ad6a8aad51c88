import { sleep } from 'n8n-workflow';

/** How long a file may be looked at before everything else in n8n has its turn, in milliseconds. */
const longestTurn = 5;

/** A large file is looked at in turns, so that n8n's other workflows and webhooks do not wait for it. */
export class Turns {
	#since = performance.now();

	/** Gives way to n8n when the turn has been long enough; to be asked at least once a millisecond. */
	async next(): Promise<void> {
		if (performance.now() - this.#since < longestTurn) return;
		await sleep(0);
		this.#since = performance.now();
	}
}

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const probe = pathToFileURL(join(import.meta.dirname, 'loopProbe.mts')).href;
const pollMs = 10;
const longestMs = 60_000;

/** Watches the event loop of a process that was started with {@link LoopWatch.environment}. */
export class LoopWatch {
	readonly environment: Readonly<Record<string, string>>;
	readonly #file: string;
	#asked = 0;

	/** @param folder where the process writes its answers */
	constructor(folder: string) {
		this.#file = join(folder, 'loop.txt');
		this.environment = { NODE_OPTIONS: `--import=${probe}`, SIGNSTASH_BENCH_LOOP: this.#file };
	}

	/**
	 * The longest time for which the event loop was blocked since the last question.
	 *
	 * @returns milliseconds
	 * @throws when it does not answer
	 */
	async longestHold(pid: number): Promise<number> {
		const number = this.#asked++;
		process.kill(pid, 'SIGUSR2');
		for (let waited = 0; waited < longestMs; waited += pollMs) {
			const lines = existsSync(this.#file) ? readFileSync(this.#file, 'utf8').split('\n') : [];
			const [answer, ...rest] = lines.slice(number);
			if (answer && rest.length > 0) return Number(answer);
			await wait(pollMs);
		}
		throw new Error("n8n's process does not say how long its event loop was blocked");
	}
}

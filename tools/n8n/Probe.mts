import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const pollMs = 10;
const longestMs = 60_000;

/** Asks processes for a figure. A module that calls `answering` is loaded into each before its program. */
export class Probe {
	/** What a process needs in its environment to be asked. */
	readonly environment: Readonly<Record<string, string>>;
	readonly #folder: string;
	readonly #asked = new Map<number, number>();

	/**
	 * @param module path of the module
	 * @param folder where the processes write their answers
	 */
	constructor(module: string, folder: string) {
		this.#folder = folder;
		this.environment = {
			NODE_OPTIONS: `--import=${pathToFileURL(module).href}`,
			SIGNSTASH_PROBE: folder,
		};
	}

	/** @throws when the process does not answer within a minute */
	async ask(pid: number): Promise<number> {
		const number = this.#asked.get(pid) ?? 0;
		this.#asked.set(pid, number + 1);
		const file = join(this.#folder, `${pid}.txt`);
		process.kill(pid, 'SIGUSR2');
		for (let waited = 0; waited < longestMs; waited += pollMs) {
			const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
			const [answer, ...rest] = lines.slice(number);
			if (answer && rest.length > 0) return Number(answer);
			await wait(pollMs);
		}
		throw new Error(`process ${pid} does not answer`);
	}
}

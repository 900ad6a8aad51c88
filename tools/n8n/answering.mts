import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const folder = process.env.SIGNSTASH_PROBE;

/** Answers each question of a `Probe` with the figure that `figure` measures. */
export function answering(figure: () => Promise<number>): void {
	if (folder === undefined || !isMainThread) return;
	const file = join(folder, `${process.pid}.txt`);
	const answer = async (): Promise<void> => appendFileSync(file, `${await figure()}\n`);
	process.on('SIGUSR2', () => void answer());
}

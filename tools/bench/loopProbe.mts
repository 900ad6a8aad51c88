/**
 * Loaded into n8n's process before n8n itself (`node --import`). On each SIGUSR2 it adds a line to the file that
 * SIGNSTASH_BENCH_LOOP names: the longest time in milliseconds for which the event loop was blocked since the
 * previous signal.
 */
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';

const file = process.env.SIGNSTASH_BENCH_LOOP;
const resolution = 5;

if (file !== undefined) {
	const delays = monitorEventLoopDelay({ resolution });
	delays.enable();
	/** The histogram's timer fires before these: a hold that has just ended is counted, and none is missed after the reset. */
	const answer = async (): Promise<void> => {
		await wait(2 * resolution);
		const hold = Math.max(0, delays.max / 1e6 - resolution);
		// The first sample after a reset only starts the measurement.
		delays.reset();
		await wait(2 * resolution);
		appendFileSync(file, `${hold}\n`);
	};
	process.on('SIGUSR2', () => void answer());
}

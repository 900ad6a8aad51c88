/**
 * Loaded into n8n's process before n8n itself (`node --import`). On each SIGUSR2 it adds a line to the file that
 * SIGNSTASH_BENCH_LOOP names: the longest time in milliseconds for which the event loop was blocked since the
 * previous signal.
 */
import { appendFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const file = process.env.SIGNSTASH_BENCH_LOOP;
const resolution = 5;

if (file !== undefined) {
	const delays = monitorEventLoopDelay({ resolution });
	delays.enable();
	process.on('SIGUSR2', () => {
		appendFileSync(file, `${Math.max(0, delays.max / 1e6 - resolution)}\n`);
		delays.reset();
	});
}

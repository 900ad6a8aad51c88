/**
 * Loaded into n8n's process before n8n itself (`node --import`), with SIGNSTASH_BENCH_LOOP as the file to write to:
 * on each SIGUSR2 it adds a line there with the longest time in milliseconds for which the event loop was held
 * since the one before.
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

/** Loaded into n8n's process: the longest time in milliseconds for which the event loop was blocked since the last question. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { answering } from '../n8n/answering.mts';

const resolution = 5;
const delays = monitorEventLoopDelay({ resolution });
delays.enable();

/** The histogram's timer fires before these: a hold that has just ended is counted, and none is missed after the reset. */
answering(async () => {
	await wait(2 * resolution);
	const hold = Math.max(0, delays.max / 1e6 - resolution);
	// The first sample after a reset only starts the measurement.
	delays.reset();
	await wait(2 * resolution);
	return hold;
});

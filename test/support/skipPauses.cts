import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { clock } from '../../nodes/SignStash/operations/clock';

/** Milliseconds that were skipped, of each run its own. */
const timelines = new AsyncLocalStorage<{ skipped: number }>();

/** The most that a run has skipped: time goes back for nobody who comes after it. */
let latest = 0;

/** Milliseconds that have gone by for everyone. */
let goneBy = 0;

/** Has time go by, as while a call takes long. */
export function goBy(milliseconds: number): void {
	goneBy += milliseconds;
}

/** Milliseconds that have passed for the run which is furthest ahead, pauses that were skipped included. */
export const passed = (): number => performance.now() + goneBy + latest;

/** Runs that go on at the same time do not pass each other's time, unless they are put into one together. */
export const inOwnTime = async <Result,>(run: () => Promise<Result>): Promise<Result> =>
	timelines.getStore() ? await run() : await timelines.run({ skipped: latest }, run);

/**
 * Lets the node's pauses pass at once: its clock jumps to their end, so that deadlines fall where they fall
 * in life. The requests themselves, and their time-outs, take the time they take.
 */
export function skipPauses(): void {
	const { now } = clock;
	clock.now = () => now() + goneBy + (timelines.getStore()?.skipped ?? 0);
	clock.sleep = async (milliseconds) => {
		const timeline = timelines.getStore();
		if (!timeline) throw new Error('this run has no time of its own');
		const end = clock.now() + milliseconds;
		await setImmediate();
		timeline.skipped += Math.max(0, end - clock.now());
		latest = Math.max(latest, timeline.skipped);
	};
}

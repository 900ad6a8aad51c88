import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { clock } from '../../nodes/SignStash/operations/clock';

/** Milliseconds that were skipped, counted per run. */
const timelines = new AsyncLocalStorage<{ skipped: number }>();

/** The most that any run has skipped: time does not go back for later runs. */
let latest = 0;

/** Milliseconds that have passed for everyone. */
let goneBy = 0;

/** Lets time pass, as during a long call. */
export function goBy(milliseconds: number): void {
	goneBy += milliseconds;
}

/** Milliseconds that have passed for the run that is furthest ahead, including skipped pauses. */
export const passed = (): number => performance.now() + goneBy + latest;

/** Runs at the same time each have their own time, unless they are started within a common one. */
export const inOwnTime = async <Result,>(run: () => Promise<Result>): Promise<Result> =>
	timelines.getStore() ? await run() : await timelines.run({ skipped: latest }, run);

/**
 * Lets the node's pauses pass immediately: its clock jumps to their end, so that deadlines fall where they would
 * in reality. The requests themselves, and their time-outs, take their normal time.
 */
export function skipPauses(): void {
	const { now } = clock;
	clock.now = () => now() + goneBy + (timelines.getStore()?.skipped ?? 0);
	clock.sleep = async (milliseconds) => {
		const timeline = timelines.getStore();
		if (!timeline) throw new Error('this run has no timeline');
		const end = clock.now() + milliseconds;
		await setImmediate();
		timeline.skipped += Math.max(0, end - clock.now());
		latest = Math.max(latest, timeline.skipped);
	};
}

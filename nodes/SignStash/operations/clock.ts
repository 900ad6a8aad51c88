import { sleep } from 'n8n-workflow';

/** Time and chance, in one place, so that tests can pass over pauses. */
export const clock = {
	/** Milliseconds of a monotonic clock. */
	now: (): number => performance.now(),
	/** Waits, in milliseconds. */
	sleep: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	/** A number from 0 to below 1. */
	random: (): number => Math.random(),
};

/** Longest sleep after which it is seen that the execution was stopped, in milliseconds. */
const slice = 500;

/** Waits the given milliseconds, or until `stopped` says so. */
export async function sleepUnless(stopped: () => boolean, milliseconds: number): Promise<void> {
	const end = clock.now() + milliseconds;
	for (let left = milliseconds; left > 0 && !stopped(); left = end - clock.now())
		await clock.sleep(Math.min(left, slice));
}

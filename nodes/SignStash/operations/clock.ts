import { sleep } from 'n8n-workflow';

/** Time and chance, in one place, so that tests can skip pauses. */
export const clock = {
	/** Milliseconds of a monotonic clock. */
	now: (): number => performance.now(),
	/** Waits, in milliseconds. */
	sleep: async (milliseconds: number): Promise<void> => await sleep(milliseconds),
	/** A number from 0 to below 1. */
	random: (): number => Math.random(),
};

/** Waits the given milliseconds, or until the execution is stopped. */
export async function sleepUntilStop(
	onStop: (listener: () => void) => () => void,
	stopped: () => boolean,
	milliseconds: number,
): Promise<void> {
	if (stopped()) return;
	await new Promise<void>((wake) => {
		const forget = onStop(wake);
		void clock.sleep(milliseconds).then(() => {
			forget();
			wake();
		});
	});
}

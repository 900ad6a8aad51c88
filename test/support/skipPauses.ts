import { setImmediate } from 'node:timers/promises';
import { clock } from '../../nodes/SignStash/operations/clock';

/**
 * Lets the node's pauses pass at once: its clock jumps to their end, so that deadlines fall where they fall
 * in life. The requests themselves, and their time-outs, take the time they take.
 */
export function skipPauses(): void {
	const { now } = clock;
	let skipped = 0;
	clock.now = () => now() + skipped;
	clock.sleep = async (milliseconds) => {
		const end = clock.now() + milliseconds;
		await setImmediate();
		skipped += Math.max(0, end - clock.now());
	};
}

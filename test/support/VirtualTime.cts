import { setImmediate } from 'node:timers/promises';

interface Alarm {
	at: number;
	go: () => void;
}

/** A clock that jumps to the next moment at which someone wants to wake up, so that hours pass immediately. */
export class VirtualTime {
	private at = 0;
	private alarms: Alarm[] = [];

	readonly now = (): number => this.at;

	readonly sleep = async (milliseconds: number): Promise<void> =>
		await new Promise((go) => this.alarms.push({ at: this.at + milliseconds, go }));

	/** Lets time pass until `work` has ended; everything at one moment ends before the next one begins. */
	async until<Result>(work: Promise<Result>): Promise<Result> {
		const state = { ended: false };
		const hasEnded = () => state.ended;
		const end = (): boolean => (state.ended = true);
		work.then(end, end);
		while (!hasEnded()) {
			await setImmediate();
			const next = Math.min(...this.alarms.map(({ at }) => at));
			if (hasEnded() || next === Infinity) continue;
			this.at = next;
			const due = this.alarms.filter(({ at }) => at <= next);
			this.alarms = this.alarms.filter(({ at }) => at > next);
			for (const { go } of due) go();
		}
		return await work;
	}
}

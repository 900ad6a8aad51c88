import type { Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import { Gate } from '../../nodes/SignStash/signing/Gate';
import { VirtualTime } from './VirtualTime.cts';

/** The service wants less. */
export const busy: Refusal = { is: 'refusal', class: 'busy', status: 429, form: 'empty' };
/** A signature. */
export const calm: Reply<string> = { is: 'answer', body: 'signed' };

/** Calls through a gate that end when told to; `stopped` stops the execution whose they are. */
export class Calls {
	readonly time = new VirtualTime();
	readonly replies: Array<Reply<string>> = [];
	/** Ends of the calls under way, in the order of their beginning. */
	readonly inFlight: Array<(reply: Reply<string>) => void> = [];
	stopped = false;
	private readonly listeners = new Set<() => void>();
	queued: number[] = [];

	constructor(readonly gate: Gate) {}

	begin(count: number): void {
		const { now, sleep } = this.time;
		const onStop = (listener: () => void) => {
			this.listeners.add(listener);
			return () => this.listeners.delete(listener);
		};
		const clock = { now, sleep, random: () => 0.5, stopped: () => this.stopped, onStop };
		const call = async () => await new Promise<Reply<string>>((end) => this.inFlight.push(end));
		for (let number = 0; number < count; number++)
			void this.gate.pass(call, clock).then(({ reply, queued }) => {
				this.replies.push(reply);
				this.queued.push(queued);
			});
	}

	/** Stops the execution, and tells it to those who wait. */
	async stop(): Promise<void> {
		this.stopped = true;
		for (const listener of this.listeners) listener();
		await this.pass(0);
	}

	/** How many would be told of a stop. */
	get listening(): number {
		return this.listeners.size;
	}

	/** Ends the oldest calls under way, one reply each. */
	async end(...replies: Array<Reply<string>>): Promise<void> {
		for (const reply of replies) {
			this.inFlight.shift()?.(reply);
			await this.pass(0);
		}
	}

	async pass(milliseconds: number): Promise<void> {
		await this.time.until(this.time.sleep(milliseconds));
	}
}

/** So many calls through a new gate. */
export const started = async (count: number): Promise<Calls> => {
	const calls = new Calls(new Gate());
	calls.begin(count);
	await calls.pass(0);
	return calls;
};

export const times = <Value,>(count: number, value: Value): Value[] =>
	Array.from({ length: count }, () => value);

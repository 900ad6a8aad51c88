import type { Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import { Gate } from '../../nodes/SignStash/signing/Gate';
import { VirtualTime } from './VirtualTime.cts';

/** The service asks for fewer requests. */
export const busy: Refusal = { is: 'refusal', class: 'busy', status: 429, form: 'empty' };
/** A signature. */
export const calm: Reply<string> = { is: 'answer', body: 'signed' };

/** Calls through a gate that end on command; `stopped` stops the execution that they belong to. */
export class Calls {
	readonly time = new VirtualTime();
	readonly replies: Array<Reply<string>> = [];
	/** Functions that end the calls in progress, in the order in which the calls began. */
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

	/** Stops the execution, and notifies the waiting calls. */
	async stop(): Promise<void> {
		this.stopped = true;
		for (const listener of this.listeners) listener();
		await this.pass(0);
	}

	/** How many calls would be notified of a stop. */
	get listening(): number {
		return this.listeners.size;
	}

	/** Ends the oldest calls in progress, with one reply each. */
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

/** Starts the given number of calls through a new gate. */
export const started = async (count: number): Promise<Calls> => {
	const calls = new Calls(new Gate());
	calls.begin(count);
	await calls.pass(0);
	return calls;
};

export const times = <Value,>(count: number, value: Value): Value[] =>
	Array.from({ length: count }, () => value);

import type { Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import { Gate, gated, gateFor } from '../../nodes/SignStash/signing/Gate';
import type { Ports } from '../../nodes/SignStash/signing/Ports';
import { VirtualTime } from '../support/VirtualTime.cts';

const busy: Refusal = { is: 'refusal', class: 'busy', status: 429, form: 'empty' };
const calm: Reply<string> = { is: 'answer', body: 'signed' };

/** Calls through a gate that end when told to; `stopped` stops the execution whose they are. */
class Calls {
	readonly time = new VirtualTime();
	readonly replies: Array<Reply<string>> = [];
	/** Ends of the calls under way, in the order of their beginning. */
	readonly inFlight: Array<(reply: Reply<string>) => void> = [];
	stopped = false;
	queued: number[] = [];

	constructor(readonly gate: Gate) {}

	begin(count: number): void {
		const { now, sleep } = this.time;
		const clock = { now, sleep, random: () => 0.5, stopped: () => this.stopped };
		const call = async () => await new Promise<Reply<string>>((end) => this.inFlight.push(end));
		for (let number = 0; number < count; number++)
			void this.gate.pass(call, clock).then(({ reply, queued }) => {
				this.replies.push(reply);
				this.queued.push(queued);
			});
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

const started = async (count: number): Promise<Calls> => {
	const calls = new Calls(new Gate());
	calls.begin(count);
	await calls.pass(0);
	return calls;
};

const times = <Value,>(count: number, value: Value): Value[] =>
	Array.from({ length: count }, () => value);

test('lets everybody through until the service is busy', async () => {
	const calls = await started(100);
	expect(calls.inFlight).toHaveLength(100);
});

test('of a crowd that is turned away, as many stay as the service let in', async () => {
	const calls = await started(100);
	await calls.end(...times(98, busy));
	expect(calls.gate.width).toBe(2);
	calls.begin(10);
	await calls.pass(0);
	expect(calls.inFlight).toHaveLength(2);
});

test('lets one more through after each row of calm answers, while others wait', async () => {
	const calls = await started(4);
	await calls.end(busy, busy);
	expect(calls.gate.width).toBe(2);
	calls.begin(20);
	await calls.end(...times(2 + 8, calm));
	expect([calls.gate.width, calls.inFlight.length]).toEqual([3, 3]);
	await calls.end(...times(9, calm));
	expect(calls.gate.width).toBe(4);
	await calls.end(...times(20, calm));
	expect(calls.gate.width).toBe(4);
});

test('pauses when one at a time is too many, twice as long at most each time, and not after a calm answer', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	calls.begin(4);
	await calls.pass(0);
	// The chance of these calls is a half: pauses of half of 1, 2 … seconds.
	for (const pause of [500, 1000]) {
		await calls.end(busy);
		await calls.pass(pause - 1);
		expect(calls.inFlight).toHaveLength(0);
		await calls.pass(1);
		expect(calls.inFlight).toHaveLength(1);
	}
	await calls.end(calm);
	expect(calls.inFlight).toHaveLength(1);
});

test.each([
	['429', busy, 5000],
	['503', { ...busy, class: 'unknown' as const, status: 503 }, 5000],
	['a long Retry-After', busy, 30_000],
])('lets nobody through before the service asked to come back: %s', async (name, refusal, wait) => {
	const calls = await started(4);
	const retryAfter = name === 'a long Retry-After' ? 3_600_000 : 5000;
	await calls.end({ ...refusal, retryAfter }, calm, calm, calm);
	calls.begin(1);
	await calls.pass(wait - 1);
	expect(calls.inFlight).toHaveLength(0);
	await calls.pass(1);
	expect(calls.inFlight).toHaveLength(1);
});

test('a call whose end is not known narrows nothing', async () => {
	const calls = await started(4);
	await calls.end({ ...busy, class: 'unknown', status: 503 });
	expect(calls.gate.width).toBe(Infinity);
});

test('who waits when the execution is stopped leaves without having sent', async () => {
	const calls = await started(2);
	await calls.end(busy);
	calls.begin(2);
	calls.stopped = true;
	await calls.end(calm);
	expect(calls.replies.slice(2)).toEqual(times(2, expect.objectContaining({ sent: false })));
	expect(calls.inFlight).toHaveLength(0);
});

test('who has waited for two minutes without anybody being served is told so', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	await calls.pass(1);
	calls.begin(2);
	await calls.pass(121_000);
	await calls.end(busy);
	expect(calls.replies.slice(2)).toEqual([busy, busy]);
	expect(calls.inFlight).toHaveLength(0);
});

test('a call that throws gives its place up', async () => {
	const gate = new Gate();
	const { now, sleep } = new VirtualTime();
	const clock = { now, sleep, random: Math.random, stopped: () => false };
	const gone = gate.pass(async () => await Promise.reject(new Error('gone')), clock);
	await expect(gone).rejects.toThrow('gone');
	expect(gate.isForgotten(600_001)).toBe(true);
});

test('one gate for each credential, forgotten ten minutes after its last use', async () => {
	const gate = gateFor('one', 0);
	expect(gateFor('other', 0)).not.toBe(gate);
	const { now, sleep } = new VirtualTime();
	await gate.pass(async () => calm, { now, sleep, random: Math.random, stopped: () => false });
	expect(gateFor('one', 600_000)).toBe(gate);
	expect(gateFor('one', 600_001)).not.toBe(gate);
});

test("the ports' clock stands still while others are served", async () => {
	const time = new VirtualTime();
	const gate = new Gate();
	const replies: Array<Reply<never>> = [busy];
	const sign = async (): Promise<Reply<never>> => {
		await time.sleep(1000);
		return replies.shift() ?? { is: 'refusal', class: 'duplicate', status: 409, form: 'words' };
	};
	const never = async (): Promise<never> => await Promise.reject(new Error('not asked for'));
	const service = {
		sign,
		find: never,
		status: never,
		detail: never,
		resend: never,
		renewToken: never,
	};
	const ports: Ports = {
		service,
		...{ now: time.now, sleep: time.sleep, random: () => 0, stopped: () => false, control: {} },
	};
	const request = { externalReference: '', description: '', documents: [] };
	await time.until(gated(ports, gate).service.sign(request));
	const [first, second] = [gated(ports, gate), gated(ports, gate)];
	const before = second.now();
	await time.until(Promise.all([first.service.sign(request), second.service.sign(request)]));
	expect(time.now()).toBe(3000);
	expect(second.now() - before).toBe(1000);
});

import type { Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import { Execution } from '../../nodes/SignStash/signing/Execution';
import { Gate, gated, gateFor } from '../../nodes/SignStash/signing/Gate';
import type { Ports } from '../../nodes/SignStash/signing/Ports';
import { busy, calm, started, times } from '../support/GateCalls.cts';
import { VirtualTime } from '../support/VirtualTime.cts';

const onStop = (): (() => void) => () => undefined;
const stopped = {
	is: 'broken',
	sent: false,
	why: 'the execution was stopped before the request left',
};

test('a waiting call leaves without sending when the execution is stopped', async () => {
	const calls = await started(2);
	await calls.end(busy);
	calls.begin(2);
	calls.stopped = true;
	await calls.end(calm);
	expect(calls.replies.slice(2)).toEqual(times(2, stopped));
	expect(calls.inFlight).toHaveLength(0);
	calls.stopped = false;
	calls.begin(2);
	await calls.pass(0);
	expect(calls.inFlight).toHaveLength(1);
});

test('a waiting call leaves immediately when the execution is stopped, even while all places are taken', async () => {
	const calls = await started(3);
	await calls.end(busy);
	calls.begin(2);
	await calls.pass(0);
	expect(calls.inFlight).toHaveLength(2);
	await calls.stop();
	expect(calls.replies.slice(1)).toEqual(times(2, stopped));
	expect(calls.inFlight).toHaveLength(2);
	calls.stopped = false;
	await calls.end(calm, calm);
	calls.begin(1);
	await calls.pass(0);
	expect(calls.inFlight).toHaveLength(1);
});

test('a call listens for a stop while it waits, and no longer once it has left', async () => {
	const calls = await started(2);
	expect(calls.listening).toBe(0);
	await calls.end(busy);
	calls.begin(2);
	await calls.pass(0);
	expect(calls.listening).toBe(2);
	await calls.end(calm, calm, calm);
	expect([calls.listening, calls.replies.length]).toEqual([0, 4]);
});

test('a call that waits for the gate to open leaves without sending when the execution is stopped', async () => {
	const calls = await started(2);
	await calls.end({ ...busy, retryAfter: 5000 }, calm);
	calls.begin(1);
	await calls.pass(4000);
	calls.stopped = true;
	await calls.pass(1000);
	expect(calls.replies.slice(2)).toEqual([stopped]);
	expect(calls.inFlight).toHaveLength(0);
});

test('a call gives up as busy after two minutes in which nobody was served', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	await calls.pass(1);
	calls.begin(2);
	await calls.pass(120_001);
	await calls.end(busy);
	expect(calls.replies.slice(2)).toEqual([busy, busy]);
	expect(calls.inFlight).toHaveLength(0);
	expect(calls.queued.slice(2)).toEqual([0, 0]);
});

test('a call gives up as busy after two minutes when nobody has ever been served', async () => {
	const calls = await started(2);
	await calls.end(busy);
	await calls.pass(1);
	calls.begin(1);
	await calls.pass(120_001);
	await calls.end(busy);
	expect(calls.replies).toEqual([busy, busy, busy]);
});

test('a 503 with Retry-After does not make waiting calls give up as busy', async () => {
	const unknown: Refusal = { ...busy, class: 'unknown', status: 503, retryAfter: 1 };
	const calls = await started(2);
	await calls.end(unknown);
	calls.begin(1);
	await calls.pass(120_001);
	await calls.end(unknown);
	await calls.pass(40_000);
	expect(calls.replies).toHaveLength(2);
	expect(calls.inFlight).toHaveLength(1);
});

test('time in the queue does not count when nobody is served', async () => {
	const calls = await started(3);
	await calls.end(busy, calm);
	calls.begin(2);
	await calls.pass(70);
	await calls.end({ is: 'broken', sent: true, why: 'reset' });
	await calls.end(calm, calm, calm);
	expect(calls.queued).toEqual([0, 0, 0, 0, 0]);
});

test.each([
	['two minutes are not over', 120_000, busy],
	['somebody was served', 120_001, calm],
])('a waiting call keeps waiting when %s', async (_, wait, reply) => {
	const calls = await started(2);
	await calls.end(busy);
	await calls.pass(1);
	calls.begin(2);
	await calls.pass(wait);
	await calls.end(reply);
	await calls.pass(1000);
	expect(calls.replies).toHaveLength(2);
	expect(calls.inFlight).toHaveLength(1);
});

test('time in the queue counts for calls that waited while others were served', async () => {
	const calls = await started(2);
	await calls.end(busy);
	await calls.pass(1);
	calls.begin(1);
	await calls.pass(70);
	await calls.end(calm, calm);
	expect(calls.queued).toEqual([0, 0, 70]);
});

test('a call that throws gives up its place', async () => {
	const gate = new Gate();
	const { now, sleep } = new VirtualTime();
	const clock = { now, sleep, random: Math.random, stopped: () => false, onStop };
	const gone = gate.pass(async () => await Promise.reject(new Error('gone')), clock);
	await expect(gone).rejects.toThrow('gone');
	expect(gate.isForgotten(600_001)).toBe(true);
});

test('each credential has one gate, which is forgotten ten minutes after its last use', async () => {
	const gate = gateFor('one', 0);
	expect(gateFor('other', 0)).not.toBe(gate);
	const { now, sleep } = new VirtualTime();
	await gate.pass(async () => calm, {
		now,
		sleep,
		random: Math.random,
		stopped: () => false,
		onStop,
	});
	expect(gateFor('one', 600_000)).toBe(gate);
	expect(gateFor('one', 600_001)).not.toBe(gate);
});

test('a gate is not forgotten while a call is in progress, nor soon after it', async () => {
	const calls = await started(1);
	expect(calls.gate.isForgotten(600_001)).toBe(false);
	await calls.pass(5000);
	await calls.end(calm);
	expect(calls.gate.isForgotten(605_000)).toBe(false);
	expect(calls.gate.isForgotten(605_001)).toBe(true);
});

test('calls that only read pass freely, with all their arguments', async () => {
	const asked: unknown[] = [];
	const answer =
		(name: string) =>
		async (...given: unknown[]): Promise<Reply<never>> => {
			asked.push([name, ...given]);
			return await Promise.resolve(busy);
		};
	const names = ['find', 'status', 'detail', 'resend', 'renewToken', 'sign'] as const;
	const [find, status, detail, resend, renewToken, sign] = names.map(answer);
	if (!find || !status || !detail || !resend || !renewToken || !sign) throw new Error('none');
	const ports: Ports = {
		service: {
			find,
			status,
			detail,
			resend,
			renewToken,
			sign,
		},
		...{ now: () => 7, sleep: async () => {}, random: () => 0, stopped: () => false, control: {} },
		onStop,
		execution: new Execution('1', 0),
	};
	const { service, now } = gated(ports, new Gate());
	const none = (): [] => [];
	expect([
		await service.find('R'),
		await service.status('1'),
		await service.detail('1', true, none),
		await service.resend('1', true, ['a@b.pt']),
	]).toEqual([busy, busy, busy, busy]);
	await service.renewToken();
	expect(asked).toEqual([
		['find', 'R'],
		['status', '1'],
		['detail', '1', true, none],
		['resend', '1', true, ['a@b.pt']],
		['renewToken'],
	]);
	expect(now()).toBe(7);
});

test('the clock of the ports stands still while others are served', async () => {
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
		onStop,
		execution: new Execution('1', 0),
	};
	const request = { externalReference: '', description: '', documents: [] };
	await time.until(gated(ports, gate).service.sign(request));
	const [first, second] = [gated(ports, gate), gated(ports, gate)];
	const before = second.now();
	await time.until(Promise.all([first.service.sign(request), second.service.sign(request)]));
	expect(time.now()).toBe(3000);
	expect(second.now() - before).toBe(1000);
});

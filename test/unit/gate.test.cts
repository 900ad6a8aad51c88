import type { Refusal, Reply } from '../../nodes/SignStash/service/Reply';
import { busy, calm, started, times } from '../support/GateCalls.cts';

test('lets everybody through until the service is busy', async () => {
	const calls = await started(100);
	expect(calls.inFlight).toHaveLength(100);
});

test('when most of a crowd is throttled, the gate narrows to as many as the service accepted', async () => {
	const calls = await started(100);
	await calls.end(...times(98, busy));
	expect(calls.gate.width).toBe(2);
	calls.begin(10);
	await calls.pass(0);
	expect(calls.inFlight).toHaveLength(2);
});

test('lets one more through after each run of calm answers, while others wait', async () => {
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

test('pauses when even one at a time is too many, at most twice as long each time, and not after a calm answer', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	calls.begin(4);
	await calls.pass(0);
	// The random share is one half here: pauses are half of 1, 2 … seconds.
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
])(
	'lets nobody through before the time that the service asked for: %s',
	async (name, refusal, wait) => {
		const calls = await started(4);
		const retryAfter = name === 'a long Retry-After' ? 3_600_000 : 5000;
		await calls.end({ ...refusal, retryAfter }, calm, calm, calm);
		calls.begin(1);
		await calls.pass(wait - 1);
		expect(calls.inFlight).toHaveLength(0);
		await calls.pass(1);
		expect(calls.inFlight).toHaveLength(1);
	},
);

test('never lets fewer than one through at a time', async () => {
	const calls = await started(3);
	await calls.end(...times(3, busy));
	expect(calls.gate.width).toBe(1);
});

test('narrows from ten to seven when ten at a time are too many', async () => {
	const calls = await started(11);
	await calls.end(busy, ...times(10, calm));
	calls.begin(10);
	await calls.pass(0);
	await calls.end(busy);
	expect(calls.gate.width).toBe(7);
});

test('does not narrow again on answers to calls sent before it narrowed', async () => {
	const calls = await started(20);
	await calls.end(busy);
	calls.begin(40);
	await calls.pass(0);
	await calls.end(...times(19, calm));
	expect(calls.gate.width).toBe(19);
	await calls.end(...times(8, calm));
	expect(calls.gate.width).toBe(20);
});

const duplicate: Refusal = { is: 'refusal', class: 'duplicate', status: 409, form: 'words' };
test.each<[what: string, reply: Reply<string>, width: number]>([
	['a signature', calm, 3],
	['a refusal that gives a reason', duplicate, 3],
	['a refusal without a reason', { ...duplicate, class: 'unknown' }, 2],
	['a broken connection', { is: 'broken', sent: true, why: 'reset' }, 2],
])('after eight times %s the gate has the right width', async (_, reply, width) => {
	const calls = await started(4);
	await calls.end(busy, busy, calm, calm);
	calls.begin(20);
	await calls.pass(0);
	await calls.end(...times(8, reply));
	expect(calls.gate.width).toBe(width);
});

test('calm answers to calls sent before it narrowed do not count towards widening it', async () => {
	const calls = await started(4);
	await calls.end(busy, busy, calm, calm);
	calls.begin(40);
	await calls.pass(0);
	await calls.end(...times(7, calm), busy);
	await calls.pass(0);
	expect(calls.gate.width).toBe(1);
	await calls.end(...times(8, calm));
	expect(calls.gate.width).toBe(1);
	await calls.end(calm);
	expect(calls.gate.width).toBe(2);
});

test('a closed gate stays closed for the time that was asked for, plus the pause after it', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	calls.begin(2);
	await calls.pass(0);
	await calls.end({ ...busy, retryAfter: 2000 });
	await calls.pass(2499);
	expect(calls.inFlight).toHaveLength(0);
	await calls.pass(1);
	expect(calls.inFlight).toHaveLength(1);
});

test('the pause is short again after a calm answer', async () => {
	const calls = await started(2);
	await calls.end(busy, calm);
	calls.begin(4);
	await calls.pass(0);
	await calls.end(busy);
	await calls.pass(500);
	await calls.end(calm);
	await calls.end(busy);
	await calls.pass(499);
	expect(calls.inFlight).toHaveLength(0);
	await calls.pass(1);
	expect(calls.inFlight).toHaveLength(1);
});

test('calm answers widen nothing while nobody waits', async () => {
	const calls = await started(4);
	await calls.end(busy, busy, calm, calm);
	for (let round = 0; round < 5; round++) {
		calls.begin(2);
		await calls.pass(0);
		await calls.end(calm, calm);
	}
	expect(calls.gate.width).toBe(2);
});

test('a refusal that gives a reason narrows nothing, even with Retry-After', async () => {
	const calls = await started(4);
	await calls.end({ ...duplicate, retryAfter: 5000 });
	expect(calls.gate.width).toBe(Infinity);
});

test('a call with an unknown outcome narrows nothing', async () => {
	const calls = await started(4);
	await calls.end({ ...busy, class: 'unknown', status: 503 });
	expect(calls.gate.width).toBe(Infinity);
});

import type { Known, Step } from '../../nodes/SignStash/signing/known';
import { pauseOf, policies } from '../../nodes/SignStash/signing/policies';
import { begin, mayHaveArrived, stepOf } from '../../nodes/SignStash/signing/begin';
import {
	triedOf,
	seenAs,
	shows,
	pause,
	look,
	fault,
	type Case,
	leadsTo,
	looking,
	taken,
	waiting,
	fetching,
} from '../support/protocolCases.cts';

const reading: Case[] = [
	{
		name: 'a fetched operation counts as fetched',
		known: fetching,
		learnt: shows({ content: 'missing' }),
		step: fault('notFetched'),
		after: { fetched: true },
	},
	{
		name: 'an operation that an earlier fetch has shown stays fetched',
		known: { ...waiting, fetched: true },
		learnt: shows({ content: 'missing' }),
		step: fault('notFetched'),
		after: { seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'an operation that is waited for is not yet fetched',
		known: waiting,
		learnt: shows({ content: 'missing' }),
		step: { do: 'fetch' },
		after: { doing: 'fetch', seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'a fetch that got no answer is repeated',
		known: fetching,
		learnt: { is: 'busy', asked: 2000 },
		step: pause(2000),
		after: { tries: triedOf('read', 1) },
	},
	{
		name: 'a fetch that never gets an answer leaves the document signed, but not fetched',
		known: { ...fetching, tries: triedOf('read', policies.read.tries) },
		learnt: { is: 'unknown' },
		step: fault('notFetched'),
	},
	{
		name: 'a fetch that never gets an answer leaves a pending document pending',
		known: {
			...fetching,
			seen: { ...seenAs({ state: 'pending' }), finished: false },
			tries: triedOf('read', policies.read.tries),
		},
		learnt: { is: 'unknown' },
		step: fault('pending'),
	},
	{
		name: 'an operation that its status calls finished counts as unreadable when its fetch never gets an answer',
		known: {
			...fetching,
			finished: true,
			seen: { ...seenAs({ state: 'pending' }), finished: false },
			tries: triedOf('read', policies.read.tries),
		},
		learnt: { is: 'unknown' },
		step: fault('unread'),
	},
	{
		name: 'an operation that was seen finished counts as unreadable when its fetch never gets an answer',
		known: {
			...fetching,
			seen: seenAs({ state: 'pending' }),
			tries: triedOf('read', policies.read.tries),
		},
		learnt: { is: 'nothing' },
		step: fault('unread'),
	},
	{
		name: 'when only absence was seen, a fetch that got no answer leads to a look-up',
		known: { ...fetching, seen: seenAs({ state: 'absent' }, { state: 'absent' }) },
		learnt: { is: 'unknown', asked: 1500 },
		documents: 2,
		step: pause(1500),
		after: { doing: 'look', sent: true, lostAt: 7, seen: undefined, tries: triedOf('look', 1) },
		now: 7,
	},
	{
		name: 'when one of several documents was seen, a fetch that got no answer is repeated',
		known: { ...fetching, seen: seenAs({}, { state: 'absent' }) },
		learnt: { is: 'unknown' },
		documents: 2,
		step: pause(500),
		after: { tries: triedOf('read', 1) },
	},
	{
		name: 'a finished operation is fetched',
		known: waiting,
		learnt: { is: 'status', finished: true },
		step: { do: 'fetch' },
		after: { doing: 'fetch', finished: true },
	},
	{
		name: 'an unfinished operation is waited for, and the deadline stays the same',
		known: { ...waiting, tries: triedOf('wait', 1) },
		learnt: { is: 'status', finished: false },
		now: 30_000,
		step: pause(1000),
		after: { tries: triedOf('wait', 2) },
	},
	{
		name: 'a status call that got no answer says nothing about the operation',
		known: waiting,
		learnt: { is: 'busy', asked: 4000 },
		step: pause(4000),
		after: { tries: triedOf('wait', 1) },
	},
	{
		name: 'when the waiting time ends, the operation is read one last time',
		known: { ...waiting, tries: triedOf('wait', 3) },
		learnt: { is: 'status', finished: false },
		now: 60_000,
		step: { do: 'fetch' },
		after: { doing: 'fetch', last: true },
	},
	{
		name: 'a pending operation that has not been waited for yet is waited for',
		known: { doing: 'send' },
		learnt: shows({ state: 'pending' }),
		now: 60_000,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 120_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ state: 'pending' }),
		},
	},
	{
		name: 'a wait that ends immediately leads to no further reading',
		known: { ...waiting, seen: seenAs({ state: 'pending' }) },
		learnt: { is: 'status', finished: false },
		now: 60_000,
		step: fault('pending'),
	},
	{
		name: 'an operation that is still pending at the last reading stays pending',
		known: { ...waiting, doing: 'fetch', last: true },
		learnt: shows({ state: 'pending' }),
		step: fault('pending'),
		after: { fetched: true, seen: seenAs({ state: 'pending' }) },
	},
];

const always: Case[] = [
	{
		name: 'a refused token is renewed',
		known: looking,
		learnt: { is: 'token', said: true },
		step: { do: 'renew' },
		after: { tries: triedOf('token', 1) },
	},
	{
		name: 'after a renewal the call is repeated',
		known: { ...taken, asked: 1, tries: triedOf('token', 1) },
		learnt: { is: 'renewed' },
		step: look(1),
	},
	{
		name: 'after a pause the call is made',
		known: waiting,
		learnt: { is: 'rested' },
		step: { do: 'status' },
	},
	{
		name: 'after any other reply the token may be renewed again',
		known: { tries: triedOf('token', 1) },
		learnt: { is: 'busy' },
		step: pause(1000),
		after: { turnedAway: 'perhaps', tries: triedOf('busy', 1) },
	},
	{ name: 'a stop ends the signing', learnt: { is: 'stopped' }, step: fault('stopped') },
	{
		name: 'a stop while waiting leaves the document pending',
		known: { ...waiting, seen: seenAs({ state: 'pending' }) },
		learnt: { is: 'stopped' },
		step: fault('pending'),
	},
];

test.each([...reading, ...always])('$name', leadsTo);

test.each<[known: Known, step: Step]>([
	[begin(), { do: 'send' }],
	[{ ...begin(), doing: 'look', asked: 2 }, look(2)],
	[{ ...begin(), doing: 'wait' }, { do: 'status' }],
	[{ ...begin(), doing: 'fetch' }, { do: 'fetch' }],
])('the current activity determines the step: %j', (known, step) => {
	expect(stepOf(known)).toEqual(step);
});

test('it begins with the knowledge that it is given', () => {
	expect(begin()).toMatchObject({ attempt: 1, again: false, sent: false, used: false });
	expect(begin().doing).toBe('send');
	const all = { attempt: 3, again: true, sent: true, used: true } as const;
	expect(begin(all)).toEqual({ ...begin(), ...all });
	expect(begin({ look: true }).doing).toBe('look');
	expect(begin({ doubted: true }).turnedAway).toBe('perhaps');
	expect(begin().turnedAway).toBeUndefined();
});

test.each<[known: Partial<Known>, may: boolean]>([
	[{}, false],
	[{ sent: true }, true],
	[{ used: true }, true],
	[{ turnedAway: 'perhaps' }, true],
	[{ turnedAway: 'surely' }, false],
	[{ seen: seenAs({}) }, true],
	[{ seen: seenAs({}), origin: 'found' }, false],
])('whether a request may have arrived, given %j: %s', (known, may) => {
	expect(mayHaveArrived({ ...begin(), ...known })).toBe(may);
});

test('pauses double up to the longest, unless the service asks for more', () => {
	const policy = { first: 500, most: 3000, tries: 9 };
	expect([0, 1, 2, 3, 20].map((tries) => pauseOf(policy, tries))).toEqual([
		500, 1000, 2000, 3000, 3000,
	]);
	expect([pauseOf(policy, 0, 700), pauseOf(policy, 3, 700)]).toEqual([700, 3000]);
});

test('sending, looking and reading end on their own after a few minutes at most', () => {
	const bounded = Object.entries(policies).filter(([name]) => name !== 'wait');
	for (const [, policy] of bounded) {
		const pauses = Array.from({ length: policy.tries }, (_, tries) => pauseOf(policy, tries));
		expect(policy.tries).toBeGreaterThan(0);
		expect(pauses.reduce((sum, one) => sum + one, 0)).toBeLessThan(180_000);
	}
	expect(policies.wait.tries).toBe(Infinity);
});

import type { State, Step } from '../../nodes/SignStash/signing/state';
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
		state: fetching,
		event: shows({ content: 'missing' }),
		step: fault('notFetched'),
		after: { fetched: true },
	},
	{
		name: 'an operation that an earlier fetch has shown stays fetched',
		state: { ...waiting, fetched: true },
		event: shows({ content: 'missing' }),
		step: fault('notFetched'),
		after: { seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'an operation that is waited for is not yet fetched',
		state: waiting,
		event: shows({ content: 'missing' }),
		step: { do: 'fetch' },
		after: { doing: 'fetch', seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'a fetch that got no answer is repeated',
		state: fetching,
		event: { is: 'busy', asked: 2000 },
		step: pause(2000),
		after: { tries: triedOf('read', 1) },
	},
	{
		name: 'a fetch that never gets an answer leaves the document signed, but not fetched',
		state: { ...fetching, tries: triedOf('read', policies.read.tries) },
		event: { is: 'unknown' },
		step: fault('notFetched'),
	},
	{
		name: 'a fetch that never gets an answer leaves a pending document pending',
		state: {
			...fetching,
			seen: { ...seenAs({ outcome: 'pending' }), finished: false },
			tries: triedOf('read', policies.read.tries),
		},
		event: { is: 'unknown' },
		step: fault('pending'),
	},
	{
		name: 'an operation that its status calls finished counts as unreadable when its fetch never gets an answer',
		state: {
			...fetching,
			finished: true,
			seen: { ...seenAs({ outcome: 'pending' }), finished: false },
			tries: triedOf('read', policies.read.tries),
		},
		event: { is: 'unknown' },
		step: fault('unread'),
	},
	{
		name: 'an operation that was seen finished counts as unreadable when its fetch never gets an answer',
		state: {
			...fetching,
			seen: seenAs({ outcome: 'pending' }),
			tries: triedOf('read', policies.read.tries),
		},
		event: { is: 'nothing' },
		step: fault('unread'),
	},
	{
		name: 'when only absence was seen, a fetch that got no answer leads to a look-up',
		state: { ...fetching, seen: seenAs({ outcome: 'absent' }, { outcome: 'absent' }) },
		event: { is: 'unknown', asked: 1500 },
		documents: 2,
		step: pause(1500),
		after: { doing: 'look', sent: true, lostAt: 7, seen: undefined, tries: triedOf('look', 1) },
		now: 7,
	},
	{
		name: 'when one of several documents was seen, a fetch that got no answer is repeated',
		state: { ...fetching, seen: seenAs({}, { outcome: 'absent' }) },
		event: { is: 'unknown' },
		documents: 2,
		step: pause(500),
		after: { tries: triedOf('read', 1) },
	},
	{
		name: 'a finished operation is fetched',
		state: waiting,
		event: { is: 'status', finished: true },
		step: { do: 'fetch' },
		after: { doing: 'fetch', finished: true },
	},
	{
		name: 'an unfinished operation is waited for, and the deadline stays the same',
		state: { ...waiting, tries: triedOf('wait', 1) },
		event: { is: 'status', finished: false },
		now: 30_000,
		step: pause(1000),
		after: { tries: triedOf('wait', 2) },
	},
	{
		name: 'a status call that got no answer says nothing about the operation',
		state: waiting,
		event: { is: 'busy', asked: 4000 },
		step: pause(4000),
		after: { tries: triedOf('wait', 1) },
	},
	{
		name: 'when the waiting time ends, the operation is read one last time',
		state: { ...waiting, tries: triedOf('wait', 3) },
		event: { is: 'status', finished: false },
		now: 60_000,
		step: { do: 'fetch' },
		after: { doing: 'fetch', last: true },
	},
	{
		name: 'a pending operation that has not been waited for yet is waited for',
		state: { doing: 'send' },
		event: shows({ outcome: 'pending' }),
		now: 60_000,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 120_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ outcome: 'pending' }),
		},
	},
	{
		name: 'a wait that ends immediately leads to no further reading',
		state: { ...waiting, seen: seenAs({ outcome: 'pending' }) },
		event: { is: 'status', finished: false },
		now: 60_000,
		step: fault('pending'),
	},
	{
		name: 'an operation that is still pending at the last reading stays pending',
		state: { ...waiting, doing: 'fetch', last: true },
		event: shows({ outcome: 'pending' }),
		step: fault('pending'),
		after: { fetched: true, seen: seenAs({ outcome: 'pending' }) },
	},
];

const always: Case[] = [
	{
		name: 'a refused token is renewed',
		state: looking,
		event: { is: 'token', said: true },
		step: { do: 'renew' },
		after: { tries: triedOf('token', 1) },
	},
	{
		name: 'after a renewal the call is repeated',
		state: { ...taken, asked: 1, tries: triedOf('token', 1) },
		event: { is: 'renewed' },
		step: look(1),
	},
	{
		name: 'after a pause the call is made',
		state: waiting,
		event: { is: 'rested' },
		step: { do: 'status' },
	},
	{
		name: 'after any other reply the token may be renewed again',
		state: { tries: triedOf('token', 1) },
		event: { is: 'busy' },
		step: pause(1000),
		after: { turnedAway: 'perhaps', tries: triedOf('busy', 1) },
	},
	{ name: 'a stop ends the signing', event: { is: 'stopped' }, step: fault('stopped') },
	{
		name: 'a stop while waiting leaves the document pending',
		state: { ...waiting, seen: seenAs({ outcome: 'pending' }) },
		event: { is: 'stopped' },
		step: fault('pending'),
	},
];

test.each([...reading, ...always])('$name', leadsTo);

test.each<[state: State, step: Step]>([
	[begin(), { do: 'send' }],
	[{ ...begin(), doing: 'look', asked: 2 }, look(2)],
	[{ ...begin(), doing: 'wait' }, { do: 'status' }],
	[{ ...begin(), doing: 'fetch' }, { do: 'fetch' }],
])('the current activity determines the step: %j', (state, step) => {
	expect(stepOf(state)).toEqual(step);
});

const inRetry: Case[] = [
	{
		name: 'being turned away, and found nowhere, leaves it unknown',
		state: { used: true, doing: 'look', closing: 'busy' },
		event: { is: 'nothing' },
		step: fault('unknown'),
	},
	{
		name: 'a missing token leaves it unknown',
		state: { used: true },
		event: { is: 'noToken' },
		step: fault('unknown'),
	},
	{
		name: 'a first reference that is in use was used before, as the first try did not send it',
		state: { used: true },
		event: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'earlier' },
	},
	{
		name: 'a following reference that is in use may be from the first try, which got that far',
		state: { used: true, attempt: 2 },
		event: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'perhaps by us' },
	},
];

test.each(inRetry)('in a retry, $name', leadsTo);

test('it begins with the knowledge that it is given', () => {
	expect(begin()).toMatchObject({ attempt: 1, again: false, sent: false, used: false });
	expect(begin().doing).toBe('send');
	const all = { attempt: 3, again: true, sent: true, used: true } as const;
	expect(begin(all)).toEqual({ ...begin(), ...all });
	expect(begin().turnedAway).toBeUndefined();
});

test.each<[state: Partial<State>, may: boolean]>([
	[{}, false],
	[{ sent: true }, true],
	[{ used: true }, true],
	[{ turnedAway: 'perhaps' }, true],
	[{ turnedAway: 'surely' }, false],
	[{ seen: seenAs({}) }, true],
	[{ seen: seenAs({}), origin: 'found' }, false],
])('whether a request may have arrived, given %j: %s', (state, may) => {
	expect(mayHaveArrived({ ...begin(), ...state })).toBe(may);
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

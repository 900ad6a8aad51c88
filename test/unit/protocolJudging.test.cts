import type { State, Event, Sighting } from '../../nodes/SignStash/signing/state';
import { policies } from '../../nodes/SignStash/signing/policies';
import { begin } from '../../nodes/SignStash/signing/begin';
import { next } from '../../nodes/SignStash/signing/protocol';
import {
	single,
	triedOf,
	seenAs,
	shows,
	pause,
	fault,
	type Case,
	leadsTo,
	looking,
	taken,
} from '../support/protocolCases.cts';

const { atWork } = single;
const lookedFor = triedOf('look', policies.look.tries);
const spent = { id: '7', refused: true };
const seenFailed = { id: '7', refused: false };
const failedThen = { is: 'operation', ...seenAs({ outcome: 'failed' }) } as const;
const settled: Partial<State> = { ...taken, failed: spent, tries: triedOf('settle', 1) };
/** An earlier operation, as the answer to our request. */
const replays = (one: Partial<Sighting>): Event => ({
	is: 'operation',
	...seenAs(one),
	made: 'before',
});

/** The operation of another request, as the answer to ours. */
const ofAnother = (one: Partial<Sighting>): Event => ({
	is: 'operation',
	replayed: true,
	...seenAs(one),
});

const judging: Case[] = [
	{
		name: 'a pending document is waited for',
		event: shows({ outcome: 'pending' }),
		now: 1000,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 61_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ outcome: 'pending' }),
		},
	},
	{
		name: 'one pending document holds up the others',
		event: shows({}, { outcome: 'pending' }),
		documents: 2,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 60_000,
			tries: triedOf('wait', 1),
			seen: seenAs({}, { outcome: 'pending' }),
		},
	},
	{
		name: 'a missing content is fetched',
		event: shows({ content: 'missing' }),
		step: { do: 'fetch' },
		after: { doing: 'fetch', seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'an answer that leaves its document out even when fetched leads to a look-up',
		state: { doing: 'fetch', sent: true, seen: seenAs({ outcome: 'absent' }) },
		event: shows({ outcome: 'absent' }),
		step: pause(500),
		after: { doing: 'look', lostAt: 0, tries: triedOf('look', 1), seen: undefined },
	},
	{
		name: 'an earlier failure is confirmed by sending the same request',
		state: { ...taken, tries: triedOf('look', 2) },
		event: shows({ outcome: 'failed' }),
		step: { do: 'send' },
		after: {
			doing: 'send',
			origin: 'found',
			failed: { id: '7', refused: false },
			tries: triedOf('look', 0),
		},
	},
	{
		name: 'an earlier failure says nothing about a request that got no answer: the looking continues',
		state: looking,
		event: shows({ outcome: 'failed' }),
		step: pause(500),
		after: {
			doing: 'look',
			origin: 'found',
			failed: seenFailed,
			tries: triedOf('look', 1),
			seen: seenAs({ outcome: 'failed' }),
		},
	},
	{
		name: 'an earlier failure, seen often enough, leads to sending the unanswered request again',
		state: { ...looking, lostAt: 0, tries: lookedFor },
		event: shows({ outcome: 'failed' }),
		now: atWork,
		step: pause(500),
		after: {
			doing: 'send',
			origin: 'found',
			failed: seenFailed,
			tries: triedOf('sendAgain', 1),
		},
	},
	{
		name: 'an earlier failure leaves a request that got no answer unknown',
		state: { ...looking, registered: 'perhaps by us', tries: lookedFor },
		event: shows({ outcome: 'failed' }),
		step: fault('unknown'),
		after: {
			doing: 'look',
			origin: 'found',
			failed: seenFailed,
			seen: seenAs({ outcome: 'failed' }),
		},
	},
	{
		name: 'a used-up reference is looked up once more before the next one is used',
		state: { ...taken, failed: spent },
		event: shows({ outcome: 'failed' }),
		step: pause(policies.settle.first),
		after: {
			doing: 'look',
			origin: 'found',
			tries: triedOf('settle', 1),
			seen: seenAs({ outcome: 'failed' }),
		},
	},
	{
		name: 'a used-up reference that is shown twice leads to the next one in the row',
		state: settled,
		event: shows({ outcome: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'a used-up reference that shows an earlier operation leads to the next one, whatever was lost',
		state: { ...settled, sent: true },
		event: { ...failedThen, made: 'before' },
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'a failure made by this very execution counts as a failure',
		state: { ...settled, sent: true },
		event: { ...failedThen, made: 'now' },
		step: fault('notSigned'),
		after: { origin: 'found', seen: { ...seenAs({ outcome: 'failed' }), made: 'now' } },
	},
	{
		name: 'a failure made by this very execution, of which nothing shows whose it is, leaves it unknown',
		state: { ...settled, sent: true },
		event: { is: 'operation', ...seenAs({ outcome: 'failed', whose: 'unknown' }), made: 'now' },
		step: fault('unknown'),
		after: {
			origin: 'found',
			seen: { ...seenAs({ outcome: 'failed', whose: 'unknown' }), made: 'now' },
		},
	},
	{
		name: 'a failure made by an earlier try of the execution does not: that try may have gone on to the next reference',
		state: { ...settled, sent: true, used: true },
		event: { ...failedThen, made: 'own' },
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, used: true, failed: undefined },
	},
	{
		name: 'a failure without a known time leaves a request that got no answer unknown',
		state: { ...settled, sent: true },
		event: failedThen,
		step: fault('unknown'),
		after: { origin: 'found', seen: seenAs({ outcome: 'failed' }) },
	},
	{
		name: 'the fourth used-up reference leads to the last one',
		state: { ...settled, attempt: 4, used: true, again: true },
		event: shows({ outcome: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 5, used: true, again: true, failed: undefined },
	},
	{
		name: 'what a gateway turned away before may be under the next reference',
		state: { ...settled, turnedAway: 'perhaps' },
		event: shows({ outcome: 'failed' }),
		step: { do: 'send' },
		after: { ...begin({ attempt: 2, turnedAway: 'perhaps' }), failed: undefined },
	},
	{
		name: 'the row ends after the last reference',
		state: { ...settled, attempt: 5 },
		event: shows({ outcome: 'failed' }),
		step: fault('rowSpent'),
		after: { origin: 'found', seen: seenAs({ outcome: 'failed' }) },
	},
	{
		name: 'a service that replays an operation again has thereby shown it twice',
		state: { failed: { id: '7', refused: false } },
		event: replays({ outcome: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'the operation of another request shows an earlier signature, and does not answer ours',
		event: ofAnother({}),
		step: { do: 'end', ends: [{ is: 'signed', recovered: true }] },
		after: { origin: 'found', registered: 'earlier', seen: seenAs({}) },
	},
	{
		name: 'the operation of another request may be ours if an earlier request got no answer',
		state: { sent: true },
		event: ofAnother({ whose: 'unknown' }),
		step: { do: 'fetch' },
		after: {
			doing: 'fetch',
			origin: 'found',
			registered: 'perhaps by us',
			seen: seenAs({ whose: 'unknown' }),
		},
	},
	{
		name: 'a replayed failure is confirmed by sending the same request',
		event: replays({ outcome: 'failed' }),
		step: { do: 'send' },
		after: { failed: { id: '7', refused: false } },
	},
];

test.each(judging)('$name', leadsTo);

describe('one more signature', () => {
	const rules = { ...single, ifAlreadySigned: 'signAgain' } as const;
	const event = shows({});

	test('has a separate row, without a second look at the signature that was found', () => {
		const state: State = { ...begin({ used: true }), ...taken };
		expect(next(state, event, rules, 0)).toEqual([
			begin({ again: true, used: true }),
			{ do: 'send' },
		]);
	});

	test('that is found in its row counts as the one that was asked for', () => {
		const state: State = { ...begin({ again: true }), ...taken };
		const [, step] = next(state, event, rules, 0);
		expect(step).toEqual({ do: 'end', ends: [{ is: 'signed', recovered: false }] });
	});

	test('can be made however long the row of the first one is', () => {
		const state: State = { ...begin(), ...taken, attempt: 5 };
		expect(next(state, event, rules, 0)).toEqual([begin({ again: true }), { do: 'send' }]);
	});
});

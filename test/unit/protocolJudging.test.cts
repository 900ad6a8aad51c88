import type { Known, Learnt, Sighting } from '../../nodes/SignStash/signing/known';
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
const failedThen = { is: 'operation', ...seenAs({ state: 'failed' }) } as const;
const settled: Partial<Known> = { ...taken, failed: spent, tries: triedOf('settle', 1) };
/** An earlier operation, as the answer to our request. */
const replays = (one: Partial<Sighting>): Learnt => ({
	is: 'operation',
	...seenAs(one),
	made: 'before',
});

/** The operation of another request, as the answer to ours. */
const ofAnother = (one: Partial<Sighting>): Learnt => ({
	is: 'operation',
	replayed: true,
	...seenAs(one),
});

const judging: Case[] = [
	{
		name: 'a pending document is waited for',
		learnt: shows({ state: 'pending' }),
		now: 1000,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 61_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ state: 'pending' }),
		},
	},
	{
		name: 'one pending document holds up the others',
		learnt: shows({}, { state: 'pending' }),
		documents: 2,
		step: pause(500),
		after: {
			doing: 'wait',
			waitUntil: 60_000,
			tries: triedOf('wait', 1),
			seen: seenAs({}, { state: 'pending' }),
		},
	},
	{
		name: 'a missing content is fetched',
		learnt: shows({ content: 'missing' }),
		step: { do: 'fetch' },
		after: { doing: 'fetch', seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'an answer that leaves its document out even when fetched leads to a look-up',
		known: { doing: 'fetch', sent: true, seen: seenAs({ state: 'absent' }) },
		learnt: shows({ state: 'absent' }),
		step: pause(500),
		after: { doing: 'look', lostAt: 0, tries: triedOf('look', 1), seen: undefined },
	},
	{
		name: 'an earlier failure is confirmed by sending the same request',
		known: { ...taken, tries: triedOf('look', 2) },
		learnt: shows({ state: 'failed' }),
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
		known: looking,
		learnt: shows({ state: 'failed' }),
		step: pause(500),
		after: {
			doing: 'look',
			origin: 'found',
			failed: seenFailed,
			tries: triedOf('look', 1),
			seen: seenAs({ state: 'failed' }),
		},
	},
	{
		name: 'an earlier failure, seen often enough, leads to sending the unanswered request again',
		known: { ...looking, lostAt: 0, tries: lookedFor },
		learnt: shows({ state: 'failed' }),
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
		known: { ...looking, registered: 'perhaps by us', tries: lookedFor },
		learnt: shows({ state: 'failed' }),
		step: fault('unknown'),
		after: {
			doing: 'look',
			origin: 'found',
			failed: seenFailed,
			seen: seenAs({ state: 'failed' }),
		},
	},
	{
		name: 'a used-up reference is looked up once more before the next one is used',
		known: { ...taken, failed: spent },
		learnt: shows({ state: 'failed' }),
		step: pause(policies.settle.first),
		after: {
			doing: 'look',
			origin: 'found',
			tries: triedOf('settle', 1),
			seen: seenAs({ state: 'failed' }),
		},
	},
	{
		name: 'a used-up reference that is shown twice leads to the next one in the row',
		known: settled,
		learnt: shows({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'a used-up reference that shows an earlier operation leads to the next one, whatever was lost',
		known: { ...settled, sent: true },
		learnt: { ...failedThen, made: 'before' },
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'a failure made by this very execution counts as a failure',
		known: { ...settled, sent: true },
		learnt: { ...failedThen, made: 'now' },
		step: fault('notSigned'),
		after: { origin: 'found', seen: { ...seenAs({ state: 'failed' }), made: 'now' } },
	},
	{
		name: 'a failure made by an earlier try of the execution does not: that try may have gone on to the next reference',
		known: { ...settled, sent: true, used: true },
		learnt: { ...failedThen, made: 'own' },
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, used: true, failed: undefined },
	},
	{
		name: 'a failure without a known time leaves a request that got no answer unknown',
		known: { ...settled, sent: true },
		learnt: failedThen,
		step: fault('unknown'),
		after: { origin: 'found', seen: seenAs({ state: 'failed' }) },
	},
	{
		name: 'the fourth used-up reference leads to the last one',
		known: { ...settled, attempt: 4, used: true, again: true },
		learnt: shows({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 5, used: true, again: true, failed: undefined },
	},
	{
		name: 'what a gateway turned away before may be under the next reference',
		known: { ...settled, turnedAway: 'perhaps' },
		learnt: shows({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin({ attempt: 2, doubted: true }), failed: undefined },
	},
	{
		name: 'the row ends after the last reference',
		known: { ...settled, attempt: 5 },
		learnt: shows({ state: 'failed' }),
		step: fault('rowSpent'),
		after: { origin: 'found', seen: seenAs({ state: 'failed' }) },
	},
	{
		name: 'a service that replays an operation again has thereby shown it twice',
		known: { failed: { id: '7', refused: false } },
		learnt: replays({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'the operation of another request shows an earlier signature, and does not answer ours',
		learnt: ofAnother({}),
		step: { do: 'end', ends: [{ is: 'signed', recovered: true }] },
		after: { origin: 'found', registered: 'earlier', seen: seenAs({}) },
	},
	{
		name: 'the operation of another request may be ours if an earlier request got no answer',
		known: { sent: true },
		learnt: ofAnother({ whose: 'unknown' }),
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
		learnt: replays({ state: 'failed' }),
		step: { do: 'send' },
		after: { failed: { id: '7', refused: false } },
	},
];

test.each(judging)('$name', leadsTo);

describe('one more signature', () => {
	const rules = { ...single, ifAlreadySigned: 'signAgain' } as const;
	const learnt = shows({});

	test('has a separate row, without a second look at the signature that was found', () => {
		const known: Known = { ...begin({ used: true }), ...taken };
		expect(next(known, learnt, rules, 0)).toEqual([
			begin({ again: true, used: true }),
			{ do: 'send' },
		]);
	});

	test('that is found in its row counts as the one that was asked for', () => {
		const known: Known = { ...begin({ again: true }), ...taken };
		const [, step] = next(known, learnt, rules, 0);
		expect(step).toEqual({ do: 'end', ends: [{ is: 'signed', recovered: false }] });
	});

	test('can be made however long the row of the first one is', () => {
		const known: Known = { ...begin(), ...taken, attempt: 5 };
		expect(next(known, learnt, rules, 0)).toEqual([begin({ again: true }), { do: 'send' }]);
	});
});

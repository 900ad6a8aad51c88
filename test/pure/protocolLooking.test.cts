import type { Known } from '../../nodes/SignStash/signing/known';
import { policies } from '../../nodes/SignStash/signing/policies';
import { begin, next } from '../../nodes/SignStash/signing/protocol';
import {
	deadline,
	single,
	triedOf,
	seenAs,
	shows,
	pause,
	look,
	fault,
	alone,
	type Case,
	looking,
	taken,
} from '../support/protocolCases.cts';

const lookingUp: Case[] = [
	{
		name: 'what is found is judged as found',
		known: taken,
		learnt: shows({}),
		step: { do: 'end', ends: [{ is: 'signed', recovered: true }] },
		after: { origin: 'found', seen: seenAs({}) },
	},
	{
		name: 'nothing is looked for again',
		known: looking,
		learnt: { is: 'nothing' },
		step: pause(500),
		after: { tries: triedOf('look', 1) },
	},
	{
		name: 'no answer is looked for again when the service asks to',
		known: looking,
		learnt: { is: 'busy', asked: 3000 },
		step: pause(3000),
		after: { tries: triedOf('look', 1) },
	},
	{
		name: 'nothing, often enough, leads to the same request again',
		known: { ...looking, tries: triedOf('look', policies.look.tries), seen: seenAs({}) },
		learnt: { is: 'nothing' },
		step: pause(500),
		after: { doing: 'send', tries: triedOf('sendAgain', 1), seen: undefined },
	},
	{
		name: 'nothing for a request that was sent again often enough is not known',
		known: {
			...looking,
			tries: { ...triedOf('look', policies.look.tries), sendAgain: policies.sendAgain.tries },
		},
		learnt: { is: 'nothing' },
		step: fault('unknown'),
		after: { doing: 'send', tries: triedOf('sendAgain', policies.sendAgain.tries) },
	},
	{
		name: 'no answer, often enough, is not known',
		known: { ...looking, tries: triedOf('look', policies.look.tries) },
		learnt: { is: 'unknown' },
		step: fault('unknown'),
	},
	{
		name: 'of a reference in use the other documents are looked for first',
		known: taken,
		learnt: { is: 'nothing' },
		documents: 2,
		step: look(1),
		after: { asked: 1 },
	},
	{
		name: 'of a reference that is not in use only the first document is looked for',
		known: looking,
		learnt: { is: 'nothing' },
		documents: 2,
		step: pause(500),
		after: { tries: triedOf('look', 1) },
	},
	{
		name: 'after the last document the first is looked for again',
		known: { ...taken, asked: 1 },
		learnt: { is: 'nothing' },
		documents: 2,
		step: pause(500),
		after: { asked: 0, tries: triedOf('look', 1) },
	},
	{
		name: 'a reference in use that shows nothing is hidden',
		known: { ...taken, tries: triedOf('look', policies.look.tries) },
		learnt: { is: 'nothing' },
		step: fault('hidden'),
	},
	{
		name: 'a reference in use whose look-ups have no answer is hidden',
		known: { ...taken, tries: triedOf('look', policies.look.tries) },
		learnt: { is: 'unknown' },
		step: fault('hidden'),
	},
	{
		name: 'a reference in use that may be ours is not known',
		known: {
			...looking,
			registered: 'perhaps by us',
			tries: triedOf('look', policies.look.tries),
		},
		learnt: { is: 'nothing' },
		step: fault('unknown'),
	},
	{
		name: 'the documents of a request that is in use as a whole go on alone',
		known: { ...taken, asked: 1, tries: triedOf('look', policies.look.tries) },
		learnt: { is: 'nothing' },
		documents: 2,
		step: alone(false),
		after: { asked: 0 },
	},
	{
		name: 'looking ends with the deadline',
		known: looking,
		learnt: { is: 'nothing' },
		now: deadline - 499,
		step: fault('unknown'),
	},
	{
		name: 'looking goes on up to the deadline',
		known: looking,
		learnt: { is: 'nothing' },
		now: deadline - 500,
		step: pause(500),
		after: { tries: triedOf('look', 1) },
	},
];

const judging: Case[] = [
	{
		name: 'what is pending is waited for',
		learnt: shows({ state: 'pending' }),
		now: 1000,
		step: pause(500),
		after: {
			doing: 'wait',
			sent: true,
			waitUntil: 61_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ state: 'pending' }),
		},
	},
	{
		name: 'one that is pending holds up the others',
		learnt: shows({}, { state: 'pending' }),
		documents: 2,
		step: pause(500),
		after: {
			doing: 'wait',
			sent: true,
			waitUntil: 60_000,
			tries: triedOf('wait', 1),
			seen: seenAs({}, { state: 'pending' }),
		},
	},
	{
		name: 'a missing content is fetched',
		learnt: shows({ content: 'missing' }),
		step: { do: 'fetch' },
		after: { doing: 'fetch', sent: true, seen: seenAs({ content: 'missing' }) },
	},
	{
		name: 'an answer that leaves its document out even when fetched is looked for',
		known: { doing: 'fetch', sent: true, seen: seenAs({ state: 'absent' }) },
		learnt: shows({ state: 'absent' }),
		step: pause(500),
		after: { doing: 'look', tries: triedOf('look', 1), seen: undefined },
	},
	{
		name: 'a failure of before is confirmed by the same request',
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
		name: 'a failure of before is confirmed after a pause when a request has no answer',
		known: { ...taken, sent: true },
		learnt: shows({ state: 'failed' }),
		step: pause(500),
		after: {
			doing: 'send',
			origin: 'found',
			failed: { id: '7', refused: false },
			tries: triedOf('sendAgain', 1),
		},
	},
	{
		name: 'a failure of before that cannot be confirmed, as a request has no answer, is not known',
		known: { ...taken, sent: true, tries: triedOf('sendAgain', policies.sendAgain.tries) },
		learnt: shows({ state: 'failed' }),
		step: fault('unknown'),
		after: { doing: 'send', origin: 'found', failed: { id: '7', refused: false } },
	},
	{
		name: 'a spent reference leads to the next of the row',
		known: { ...taken, sent: true, failed: { id: '7', refused: true } },
		learnt: shows({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 2, failed: undefined },
	},
	{
		name: 'the fourth spent reference leads to the last',
		known: { ...taken, attempt: 4, failed: { id: '7', refused: true } },
		learnt: shows({ state: 'failed' }),
		step: { do: 'send' },
		after: { ...begin(), attempt: 5, failed: undefined },
	},
	{
		name: 'a row has an end',
		known: { ...taken, attempt: 5, failed: { id: '7', refused: true } },
		learnt: shows({ state: 'failed' }),
		step: fault('rowSpent'),
		after: { origin: 'found', seen: seenAs({ state: 'failed' }) },
	},
];

test.each([...lookingUp, ...judging])('$name', ({ known, learnt, documents, now, step, after }) => {
	const before: Known = { ...begin(), ...known };
	const rules = { ...single, documents: documents ?? 1 };
	expect(next(before, learnt, rules, now ?? 0)).toEqual([{ ...before, ...after }, step]);
});

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
} from '../support/protocolCases.cts';

const sending: Case[] = [
	{
		name: 'an answer that shows the signed document ends it',
		learnt: shows({}),
		step: { do: 'end', ends: [{ is: 'signed', recovered: false }] },
		after: { sent: true, seen: seenAs({}) },
	},
	{
		name: 'an answer that comes after a look-up is an answer',
		known: { origin: 'found', registered: 'earlier' },
		learnt: shows({}),
		step: { do: 'end', ends: [{ is: 'signed', recovered: false }] },
		after: { sent: true, origin: 'answer', seen: seenAs({}) },
	},
	{
		name: 'a reference in use is looked up',
		learnt: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'earlier' },
	},
	{
		name: 'a reference in use after a request without an answer may be ours',
		known: { sent: true, asked: 1, tries: triedOf('look', 3) },
		learnt: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'perhaps by us', asked: 0, tries: triedOf('look', 0) },
	},
	{
		name: 'a reference that is refused once more is spent',
		known: { failed: { id: '7', refused: false } },
		learnt: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'earlier', failed: { id: '7', refused: true } },
	},
	{
		name: 'a reference that is refused after a sending without an answer is not yet spent',
		known: { failed: { id: '7', refused: true }, sent: true },
		learnt: { is: 'duplicate' },
		step: look(),
		after: { doing: 'look', registered: 'perhaps by us', failed: undefined },
	},
	{
		name: 'a busy service is asked again after a pause',
		learnt: { is: 'busy' },
		step: pause(1000),
		after: { tries: triedOf('busy', 1) },
	},
	{
		name: 'a busy service is left in peace as long as it asks',
		learnt: { is: 'busy', asked: 7000 },
		step: pause(7000),
		after: { tries: triedOf('busy', 1) },
	},
	{
		name: 'what a busy service asks for is never waited past the deadline',
		learnt: { is: 'busy', asked: deadline + 1 },
		step: fault('busy'),
	},
	{
		name: 'a service that stays busy is given up',
		known: { tries: triedOf('busy', policies.busy.tries) },
		learnt: { is: 'busy' },
		step: fault('busy'),
	},
	{
		name: 'a busy service does not deny an earlier sending',
		known: { sent: true, tries: triedOf('busy', policies.busy.tries) },
		learnt: { is: 'busy' },
		step: fault('unknown'),
	},
	{
		name: 'what never left is sent again',
		learnt: { is: 'notSent' },
		step: pause(500),
		after: { tries: triedOf('notSent', 1) },
	},
	{
		name: 'what never leaves is given up',
		known: { tries: triedOf('notSent', policies.notSent.tries) },
		learnt: { is: 'notSent' },
		step: fault('nothingSent'),
	},
	{
		name: 'what never left does not deny an earlier sending',
		known: { sent: true },
		learnt: { is: 'notSent' },
		step: pause(500),
		after: { doing: 'look', tries: triedOf('look', 1) },
	},
	{ name: 'no token ends it', learnt: { is: 'noToken' }, step: fault('noToken') },
	{
		name: 'no token does not deny an earlier sending',
		known: { sent: true },
		learnt: { is: 'noToken' },
		step: fault('unknown'),
	},
	{ name: 'a refusal ends it', learnt: { is: 'rejected' }, step: fault('refused') },
	{
		name: 'a refusal of several documents is one of each alone',
		learnt: { is: 'rejected' },
		documents: 2,
		step: alone(false),
	},
	{
		name: 'a refusal does not deny an earlier sending',
		known: { sent: true },
		learnt: { is: 'rejected' },
		documents: 2,
		step: fault('unknown', 2),
	},
	{
		name: 'a token that is refused twice ends it, for all documents',
		known: { tries: triedOf('token', 1) },
		learnt: { is: 'token' },
		documents: 2,
		step: fault('refused', 2),
		after: { tries: triedOf('token', 0) },
	},
	{
		name: 'a token that is refused does not deny an earlier sending',
		known: { sent: true, tries: triedOf('token', 1) },
		learnt: { is: 'token' },
		step: fault('unknown'),
		after: { tries: triedOf('token', 0) },
	},
	{
		name: 'without an answer it is looked up',
		known: { asked: 1, tries: triedOf('look', 4) },
		learnt: { is: 'unknown' },
		step: pause(500),
		after: { doing: 'look', sent: true, asked: 0, tries: triedOf('look', 1) },
	},
	{
		name: 'without an answer it is looked up when the service asks to',
		known: { registered: 'earlier' },
		learnt: { is: 'unknown', asked: 9000 },
		step: pause(9000),
		after: {
			doing: 'look',
			sent: true,
			registered: 'perhaps by us',
			tries: triedOf('look', 1),
		},
	},
];

test.each(sending)('$name', ({ known, learnt, documents, now, step, after }) => {
	const before: Known = { ...begin(), ...known };
	const rules = { ...single, documents: documents ?? 1 };
	expect(next(before, learnt, rules, now ?? 0)).toEqual([{ ...before, ...after }, step]);
});

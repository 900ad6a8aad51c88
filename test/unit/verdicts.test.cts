import type { Known, Rules, Seen, Sighting } from '../../nodes/SignStash/signing/known';
import { begin } from '../../nodes/SignStash/signing/begin';
import { ended, verdictsOf, type Verdict } from '../../nodes/SignStash/signing/verdicts';

const signed: Sighting = { state: 'signed', whose: 'ours', content: 'enough' };
const rulesFor = (documents: number, ifAlreadySigned: Rules['ifAlreadySigned']): Rules => ({
	documents,
	ifAlreadySigned,
	deadline: 1000,
	completion: 100,
});

const fault = (name: Extract<Verdict, { is: 'fault' }>['fault']): Verdict => ({
	is: 'fault',
	fault: name,
});
const aloneUnsent: Verdict = { is: 'alone', sent: false };
const aloneSent: Verdict = { is: 'alone', sent: true };

interface Case {
	sighting: Partial<Sighting>;
	known?: Partial<Known>;
	seen?: Partial<Seen>;
	documents?: number;
	choice?: Rules['ifAlreadySigned'];
	is: Verdict;
}

/** Found by a look-up: in answer to a refused reference, or to a request of this run without an answer. */
const earlier: Partial<Known> = { origin: 'found', registered: 'earlier' };
const perhapsOurs: Partial<Known> = { origin: 'found', registered: 'perhaps by us', sent: true };

const cases: Case[] = [
	{ sighting: {}, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, is: { is: 'signed', recovered: true } },
	{ sighting: {}, known: perhapsOurs, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: { registered: 'earlier' }, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, choice: 'fail', is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, choice: 'signAgain', is: 'next' },
	{ sighting: {}, known: earlier, choice: 'signAgain', documents: 2, is: aloneUnsent },
	{ sighting: {}, choice: 'signAgain', is: { is: 'signed', recovered: false } },
	{ sighting: { whose: 'anothers' }, known: earlier, is: fault('foreign') },
	{ sighting: { whose: 'unknown' }, known: earlier, is: fault('cannotTell') },
	{ sighting: { whose: 'anothers' }, is: { is: 'signed', recovered: false } },
	{ sighting: { whose: 'unknown' }, is: { is: 'signed', recovered: false } },

	{ sighting: { content: 'missing' }, is: 'fetch' },
	{ sighting: { content: 'flawed' }, is: 'fetch' },
	{ sighting: { content: 'missing' }, known: { fetched: true }, is: fault('notFetched') },
	{ sighting: { content: 'flawed' }, known: { fetched: true }, is: fault('unusable') },

	{ sighting: { state: 'pending' }, is: 'wait' },
	{ sighting: { state: 'pending', whose: 'anothers' }, known: earlier, is: fault('foreign') },
	{ sighting: { state: 'pending', whose: 'unknown' }, known: earlier, is: 'wait' },
	{ sighting: { state: 'unclear' }, is: fault('unclear') },
	{ sighting: { state: 'unclear', whose: 'unknown' }, known: earlier, is: fault('cannotTell') },

	{ sighting: { state: 'failed' }, is: fault('notSigned') },
	{ sighting: { state: 'failed' }, known: perhapsOurs, is: fault('notSigned') },
	{ sighting: { state: 'failed' }, known: earlier, is: 'confirm' },
	{ sighting: { state: 'failed', whose: 'anothers' }, known: earlier, is: 'confirm' },
	{ sighting: { state: 'failed', whose: 'unknown' }, known: earlier, is: 'confirm' },
	{ sighting: { state: 'failed' }, known: earlier, documents: 2, is: aloneUnsent },
	{
		sighting: { state: 'failed' },
		known: { ...earlier, sent: true },
		documents: 2,
		is: aloneSent,
	},
	{
		sighting: { state: 'failed' },
		known: { ...earlier, failed: { id: '7', refused: true } },
		is: 'next',
	},
	{
		sighting: { state: 'failed' },
		known: { ...earlier, failed: { id: '7', refused: false } },
		is: 'confirm',
	},
	{
		sighting: { state: 'failed' },
		known: { ...earlier, failed: { id: '6', refused: true } },
		is: 'confirm',
	},
	{ sighting: { state: 'failedForGood' }, known: earlier, is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: earlier, choice: 'fail', is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: earlier, choice: 'signAgain', is: 'confirm' },
	{ sighting: { state: 'failedForGood', whose: 'anothers' }, known: earlier, is: 'confirm' },

	{ sighting: { state: 'absent' }, is: 'fetch' },
	{ sighting: { state: 'absent' }, known: { fetched: true }, is: 'look' },
	{ sighting: { state: 'absent' }, known: earlier, is: fault('unclear') },
	{ sighting: { state: 'absent' }, known: { ...earlier, fetched: true }, is: fault('unclear') },
	{ sighting: { state: 'absent' }, documents: 2, is: 'fetch' },
	{ sighting: { state: 'absent' }, known: { fetched: true }, documents: 2, is: aloneSent },
	{ sighting: { state: 'absent' }, known: earlier, documents: 2, is: aloneUnsent },
	{
		sighting: { state: 'absent' },
		known: { ...earlier, sent: true },
		documents: 2,
		is: aloneSent,
	},
	{
		sighting: { state: 'absent' },
		known: earlier,
		seen: { ours: true },
		documents: 2,
		is: aloneSent,
	},
];

test.each(cases)('$sighting, $known: $is', ({ sighting, known, seen, documents, choice, is }) => {
	const one: Sighting = { ...signed, ...sighting };
	const all: Known = {
		...begin(),
		...known,
		seen: { id: '7', finished: true, ours: false, documents: [one], ...seen },
	};
	expect(verdictsOf(all, rulesFor(documents ?? 1, choice ?? 'return'))).toEqual([is]);
});

test('without an operation in sight there is no verdict', () => {
	expect(verdictsOf(begin(), rulesFor(1, 'return'))).toEqual([]);
});

test('at the end each document stands as it was last seen, and the others have the fault', () => {
	const documents: Sighting[] = [
		signed,
		{ ...signed, state: 'pending' },
		{ ...signed, content: 'missing' },
	];
	const known = { ...begin(), seen: { id: '7', finished: false, ours: true, documents } };
	expect(ended(known, rulesFor(4, 'return'), 'stopped')).toEqual([
		{ is: 'signed', recovered: false },
		fault('stopped'),
		fault('notFetched'),
		fault('stopped'),
	]);
});

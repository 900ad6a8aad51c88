import type { Made } from '../../nodes/SignStash/signing/Execution';
import type { Known, Rules, Seen, Sighting } from '../../nodes/SignStash/signing/known';
import { begin } from '../../nodes/SignStash/signing/begin';
import {
	cannotTellWhen,
	ended,
	verdictsOf,
	type Verdict,
} from '../../nodes/SignStash/signing/verdicts';

const signed: Sighting = { state: 'signed', whose: 'ours', content: 'enough' };
const rulesFor = (documents: number, ifAlreadySigned: Rules['ifAlreadySigned']): Rules => ({
	documents,
	ifAlreadySigned,
	deadline: 1000,
	completion: 100,
	atWork: 60_000,
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

/** Found by a look-up: after a refused reference, or after a request of this run that got no answer. */
const earlier: Partial<Known> = { origin: 'found', registered: 'earlier' };
const perhapsOurs: Partial<Known> = { origin: 'found', registered: 'perhaps by us', sent: true };

/** An answer to our request that shows an earlier operation: the service replays it. */
const replayed: Pick<Case, 'seen'> = { seen: { made: 'before' } };

const whoseIsIt: Case[] = [
	{ sighting: { whose: 'anothers' }, is: fault('foreign') },
	{ sighting: { whose: 'anothers' }, known: earlier, is: fault('foreign') },
	{ sighting: { whose: 'anothers' }, seen: { made: 'own' }, is: fault('foreign') },
	{ sighting: { whose: 'anothers', content: 'missing' }, is: fault('foreign') },
	{ sighting: { state: 'pending', whose: 'anothers' }, known: earlier, is: fault('foreign') },
	{ sighting: { state: 'unclear', whose: 'anothers' }, is: fault('foreign') },
	{ sighting: { whose: 'swapped' }, is: 'fetch' },
	{ sighting: { whose: 'swapped' }, known: { fetched: true }, is: fault('swapped') },
	{
		sighting: { whose: 'swapped' },
		known: { ...earlier, fetched: true },
		choice: 'fail',
		is: fault('swapped'),
	},
	{ sighting: { whose: 'unknown' }, is: { is: 'signed', recovered: false } },
	{ sighting: { whose: 'unknown' }, seen: { made: 'now' }, is: { is: 'signed', recovered: false } },
	{ sighting: { whose: 'unknown' }, ...replayed, is: 'fetch' },
	{
		sighting: { whose: 'unknown' },
		known: earlier,
		seen: { made: 'own' },
		is: { is: 'signed', recovered: false },
	},
	{ sighting: { whose: 'unknown' }, known: earlier, is: 'fetch' },
	{ sighting: { whose: 'unknown' }, known: { ...earlier, fetched: true }, is: fault('cannotTell') },
	{
		sighting: { whose: 'unknown' },
		known: { ...perhapsOurs, fetched: true },
		seen: { made: 'now' },
		is: fault('cannotTell'),
	},
	{ sighting: { state: 'unclear', whose: 'unknown' }, known: earlier, is: 'fetch' },
	{
		sighting: { state: 'unclear', whose: 'unknown' },
		known: { ...earlier, fetched: true },
		is: fault('cannotTell'),
	},
];

const whenSigned: Case[] = [
	{ sighting: {}, is: { is: 'signed', recovered: false } },
	{ sighting: {}, ...replayed, is: { is: 'signed', recovered: true } },
	{ sighting: {}, known: earlier, is: { is: 'signed', recovered: true } },
	{ sighting: {}, known: earlier, seen: { made: 'own' }, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, seen: { made: 'before' }, is: { is: 'signed', recovered: true } },
	{ sighting: {}, known: perhapsOurs, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: perhapsOurs, ...replayed, is: { is: 'signed', recovered: true } },
	{ sighting: {}, known: { registered: 'earlier' }, is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: { ...earlier, again: true }, is: { is: 'signed', recovered: false } },
	{
		sighting: {},
		known: { ...earlier, again: true },
		...replayed,
		is: { is: 'signed', recovered: false },
	},

	{ sighting: {}, choice: 'fail', is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, ...replayed, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, known: perhapsOurs, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, known: perhapsOurs, ...replayed, choice: 'fail', is: fault('alreadySigned') },
	{
		sighting: {},
		known: perhapsOurs,
		seen: { made: 'now' },
		choice: 'fail',
		is: { is: 'signed', recovered: false },
	},
	{
		sighting: {},
		known: earlier,
		seen: { made: 'own' },
		choice: 'fail',
		is: { is: 'signed', recovered: false },
	},

	{ sighting: {}, choice: 'signAgain', is: { is: 'signed', recovered: false } },
	{ sighting: {}, known: earlier, choice: 'signAgain', is: 'next' },
	{ sighting: {}, ...replayed, choice: 'signAgain', is: 'next' },
	{ sighting: { content: 'missing' }, known: earlier, choice: 'signAgain', is: 'next' },
	{ sighting: {}, known: earlier, choice: 'signAgain', documents: 2, is: aloneUnsent },
	{
		sighting: {},
		known: { ...earlier, sent: true },
		choice: 'signAgain',
		documents: 2,
		is: aloneSent,
	},
	{
		sighting: {},
		known: earlier,
		seen: { made: 'own' },
		choice: 'signAgain',
		is: { is: 'signed', recovered: false },
	},
	{
		sighting: {},
		known: { ...earlier, again: true },
		choice: 'signAgain',
		is: { is: 'signed', recovered: false },
	},

	{ sighting: { content: 'missing' }, is: 'fetch' },
	{ sighting: { content: 'flawed' }, is: 'fetch' },
	{ sighting: { content: 'missing' }, known: { fetched: true }, is: fault('notFetched') },
	{ sighting: { content: 'flawed' }, known: { fetched: true }, is: fault('unusable') },
	{
		sighting: { content: 'missing', whose: 'unknown' },
		known: { fetched: true },
		is: fault('cannotTell'),
	},
	{
		sighting: { content: 'flawed', whose: 'unknown' },
		known: { fetched: true },
		is: fault('unusable'),
	},
];

const whenNotSigned: Case[] = [
	{ sighting: { state: 'pending' }, is: 'wait' },
	{ sighting: { state: 'pending', whose: 'unknown' }, known: earlier, is: 'wait' },
	{ sighting: { state: 'unclear' }, is: fault('unclear') },

	{ sighting: { state: 'failed' }, is: fault('notSigned') },
	{ sighting: { state: 'failed' }, known: { sent: true }, is: fault('unknown') },
	{ sighting: { state: 'failed' }, known: perhapsOurs, is: 'confirm' },
	{ sighting: { state: 'failed' }, ...replayed, is: 'confirm' },
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
	{
		sighting: { state: 'failed' },
		known: { failed: { id: '7', refused: false } },
		...replayed,
		is: 'next',
	},
	{
		sighting: { state: 'failed' },
		known: { failed: { id: '6', refused: false } },
		...replayed,
		is: 'confirm',
	},

	{ sighting: { state: 'failedForGood' }, is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: { sent: true }, is: fault('unknown') },
	{ sighting: { state: 'failedForGood' }, known: earlier, is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: earlier, documents: 2, is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: perhapsOurs, is: 'confirm' },
	{ sighting: { state: 'failedForGood' }, known: earlier, choice: 'fail', is: fault('notSigned') },
	{ sighting: { state: 'failedForGood' }, known: earlier, choice: 'signAgain', is: 'confirm' },
	{ sighting: { state: 'failedForGood', whose: 'anothers' }, known: earlier, is: 'confirm' },
	{ sighting: { state: 'failedForGood', whose: 'unknown' }, known: earlier, is: 'confirm' },

	{ sighting: { state: 'absent' }, is: 'fetch' },
	{ sighting: { state: 'absent' }, known: { fetched: true }, is: 'look' },
	{ sighting: { state: 'absent' }, ...replayed, is: fault('unclear') },
	{ sighting: { state: 'absent' }, known: earlier, is: fault('unclear') },
	{ sighting: { state: 'absent' }, known: { ...earlier, fetched: true }, is: fault('unclear') },
	{ sighting: { state: 'absent' }, documents: 2, is: 'fetch' },
	{ sighting: { state: 'absent' }, known: { fetched: true }, documents: 2, is: aloneSent },
	{ sighting: { state: 'absent' }, known: earlier, documents: 2, is: aloneUnsent },
	{
		sighting: { state: 'absent' },
		known: { ...earlier, turnedAway: 'perhaps' },
		documents: 2,
		is: aloneSent,
	},
	{ sighting: { state: 'absent' }, ...replayed, documents: 2, is: aloneUnsent },
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

const cases = [...whoseIsIt, ...whenSigned, ...whenNotSigned];

test.each(cases)(
	'$sighting, $known, $seen, $choice: $is',
	({ sighting, known, seen, documents, choice, is }) => {
		const one: Sighting = { ...signed, ...sighting };
		const all: Known = {
			...begin(),
			...known,
			seen: { id: '7', finished: true, ours: false, made: undefined, documents: [one], ...seen },
		};
		expect(verdictsOf(all, rulesFor(documents ?? 1, choice ?? 'return'))).toEqual([is]);
	},
);

test.each<[known: Partial<Known>, made: Made, cannot: boolean]>([
	[perhapsOurs, undefined, true],
	[perhapsOurs, 'now', false],
	[perhapsOurs, 'before', false],
	[perhapsOurs, 'own', false],
	[{ origin: 'found' }, undefined, true],
	[earlier, undefined, false],
	[{}, undefined, false],
	[{ ...perhapsOurs, again: true }, undefined, false],
])('with %j, made %s, it cannot be told when it was signed: %s', (known, made, cannot) => {
	const seen: Seen = { id: '7', finished: true, ours: false, made, documents: [signed] };
	expect(cannotTellWhen({ ...begin(), ...known, seen })).toBe(cannot);
});

test('without a seen operation there is no verdict', () => {
	expect(verdictsOf(begin(), rulesFor(1, 'return'))).toEqual([]);
});

test('at the end each document keeps its last seen state, and the others get the fault', () => {
	const documents: Sighting[] = [
		signed,
		{ ...signed, state: 'pending' },
		{ ...signed, content: 'missing' },
	];
	const seen: Seen = { id: '7', finished: false, ours: true, made: undefined, documents };
	const known: Known = { ...begin(), seen };
	expect(ended(known, rulesFor(4, 'return'), 'stopped')).toEqual([
		{ is: 'signed', recovered: false },
		fault('stopped'),
		fault('notFetched'),
		fault('stopped'),
	]);
});

import type { Made } from '../../nodes/SignStash/signing/Execution';
import type { State, Rules, Seen, Sighting } from '../../nodes/SignStash/signing/state';
import { begin } from '../../nodes/SignStash/signing/begin';
import {
	cannotTellWhen,
	ended,
	verdictsOf,
	type Verdict,
} from '../../nodes/SignStash/signing/verdicts';

const signed: Sighting = { outcome: 'signed', whose: 'ours', content: 'enough' };
const seenAs = (documents: Sighting[], made?: Made): Seen => ({
	id: '7',
	finished: true,
	ours: false,
	made,
	documents,
});
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
const newly: Verdict = { is: 'signed', recovered: false };
const recovered: Verdict = { is: 'signed', recovered: true };
const aloneUnsent: Verdict = { is: 'alone', sent: false };
const aloneSent: Verdict = { is: 'alone', sent: true };

interface Case {
	sighting: Partial<Sighting>;
	state?: Partial<State>;
	seen?: Partial<Seen>;
	documents?: number;
	choice?: Rules['ifAlreadySigned'];
	is: Verdict;
}

/** Found by a look-up: after a refused reference, or after a request of this run that got no answer. */
const earlier: Partial<State> = { origin: 'found', registered: 'earlier' };
const perhapsOurs: Partial<State> = { origin: 'found', registered: 'perhaps by us', sent: true };

/** An answer to our request that shows an earlier operation: the service replays it. */
const replayed: Pick<Case, 'seen'> = { seen: { made: 'before' } };

const whoseIsIt: Case[] = [
	{ sighting: { whose: 'anothers' }, is: fault('foreign') },
	{ sighting: { whose: 'anothers' }, state: earlier, is: fault('foreign') },
	{ sighting: { whose: 'anothers' }, seen: { made: 'own' }, is: fault('foreign') },
	{ sighting: { whose: 'anothers', content: 'missing' }, is: fault('foreign') },
	{ sighting: { outcome: 'pending', whose: 'anothers' }, state: earlier, is: fault('foreign') },
	{ sighting: { outcome: 'unclear', whose: 'anothers' }, is: fault('foreign') },
	{ sighting: { whose: 'swapped' }, is: 'fetch' },
	{ sighting: { whose: 'swapped' }, state: { fetched: true }, is: fault('swapped') },
	{
		sighting: { whose: 'swapped' },
		state: { ...earlier, fetched: true },
		choice: 'fail',
		is: fault('swapped'),
	},
	{ sighting: { whose: 'unknown' }, is: newly },
	{ sighting: { whose: 'unknown' }, seen: { made: 'now' }, is: newly },
	{ sighting: { whose: 'unknown' }, ...replayed, is: 'fetch' },
	{ sighting: { whose: 'unknown' }, state: earlier, seen: { made: 'own' }, is: newly },
	{ sighting: { whose: 'unknown' }, state: earlier, is: 'fetch' },
	{ sighting: { whose: 'unknown' }, state: { ...earlier, fetched: true }, is: fault('cannotTell') },
	{
		sighting: { whose: 'unknown' },
		state: { ...perhapsOurs, fetched: true },
		seen: { made: 'now' },
		is: fault('cannotTell'),
	},
	{ sighting: { outcome: 'unclear', whose: 'unknown' }, state: earlier, is: 'fetch' },
	{
		sighting: { outcome: 'unclear', whose: 'unknown' },
		state: { ...earlier, fetched: true },
		is: fault('cannotTell'),
	},
];

const whenSigned: Case[] = [
	{ sighting: {}, is: newly },
	{ sighting: {}, ...replayed, is: recovered },
	{ sighting: {}, state: earlier, is: recovered },
	{ sighting: {}, state: earlier, seen: { made: 'own' }, is: newly },
	{ sighting: {}, state: earlier, seen: { made: 'before' }, is: recovered },
	{ sighting: {}, state: perhapsOurs, is: newly },
	{ sighting: {}, state: perhapsOurs, ...replayed, is: recovered },
	{ sighting: {}, state: { registered: 'earlier' }, is: newly },
	{ sighting: {}, state: { ...earlier, again: true }, is: newly },
	{ sighting: {}, state: { ...earlier, again: true }, ...replayed, is: newly },

	{ sighting: {}, choice: 'fail', is: newly },
	{ sighting: {}, state: earlier, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, ...replayed, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, state: perhapsOurs, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, state: perhapsOurs, ...replayed, choice: 'fail', is: fault('alreadySigned') },
	{ sighting: {}, state: perhapsOurs, seen: { made: 'now' }, choice: 'fail', is: newly },
	{ sighting: {}, state: earlier, seen: { made: 'own' }, choice: 'fail', is: newly },

	{ sighting: {}, choice: 'signAgain', is: newly },
	{ sighting: {}, state: earlier, choice: 'signAgain', is: 'next' },
	{ sighting: {}, ...replayed, choice: 'signAgain', is: 'next' },
	{ sighting: { content: 'missing' }, state: earlier, choice: 'signAgain', is: 'next' },
	{ sighting: {}, state: earlier, choice: 'signAgain', documents: 2, is: aloneUnsent },
	{
		sighting: {},
		state: { ...earlier, sent: true },
		choice: 'signAgain',
		documents: 2,
		is: aloneSent,
	},
	{ sighting: {}, state: earlier, seen: { made: 'own' }, choice: 'signAgain', is: newly },
	{ sighting: {}, state: { ...earlier, again: true }, choice: 'signAgain', is: newly },

	{ sighting: { content: 'missing' }, is: 'fetch' },
	{ sighting: { content: 'flawed' }, is: 'fetch' },
	{ sighting: { content: 'missing' }, state: { fetched: true }, is: fault('notFetched') },
	{ sighting: { content: 'flawed' }, state: { fetched: true }, is: fault('unusable') },
	{
		sighting: { content: 'missing', whose: 'unknown' },
		state: { fetched: true },
		is: fault('cannotTell'),
	},
	{
		sighting: { content: 'flawed', whose: 'unknown' },
		state: { fetched: true },
		is: fault('unusable'),
	},
];

const whenNotSigned: Case[] = [
	{ sighting: { outcome: 'pending' }, is: 'wait' },
	{ sighting: { outcome: 'pending', whose: 'unknown' }, state: earlier, is: 'wait' },
	{ sighting: { outcome: 'unclear' }, is: fault('unclear') },

	{ sighting: { outcome: 'failed' }, is: fault('notSigned') },
	{ sighting: { outcome: 'failed' }, state: { sent: true }, is: fault('unknown') },
	{ sighting: { outcome: 'failed' }, state: perhapsOurs, is: 'confirm' },
	{ sighting: { outcome: 'failed' }, ...replayed, is: 'confirm' },
	{ sighting: { outcome: 'failed' }, state: earlier, is: 'confirm' },
	{ sighting: { outcome: 'failed', whose: 'anothers' }, state: earlier, is: 'confirm' },
	{ sighting: { outcome: 'failed', whose: 'unknown' }, state: earlier, is: 'confirm' },
	{ sighting: { outcome: 'failed' }, state: earlier, documents: 2, is: aloneUnsent },
	{
		sighting: { outcome: 'failed' },
		state: { ...earlier, sent: true },
		documents: 2,
		is: aloneSent,
	},
	{
		sighting: { outcome: 'failed' },
		state: { ...earlier, failed: { id: '7', refused: true } },
		is: 'next',
	},
	{
		sighting: { outcome: 'failed' },
		state: { ...earlier, failed: { id: '7', refused: false } },
		is: 'confirm',
	},
	{
		sighting: { outcome: 'failed' },
		state: { ...earlier, failed: { id: '6', refused: true } },
		is: 'confirm',
	},
	{
		sighting: { outcome: 'failed' },
		state: { failed: { id: '7', refused: false } },
		...replayed,
		is: 'next',
	},
	{
		sighting: { outcome: 'failed' },
		state: { failed: { id: '6', refused: false } },
		...replayed,
		is: 'confirm',
	},

	{ sighting: { outcome: 'failedForGood' }, is: fault('notSigned') },
	{ sighting: { outcome: 'failedForGood' }, state: { sent: true }, is: fault('unknown') },
	{ sighting: { outcome: 'failedForGood' }, state: earlier, is: fault('notSigned') },
	{ sighting: { outcome: 'failedForGood' }, state: earlier, documents: 2, is: fault('notSigned') },
	{ sighting: { outcome: 'failedForGood' }, state: perhapsOurs, is: 'confirm' },
	{
		sighting: { outcome: 'failedForGood' },
		state: earlier,
		choice: 'fail',
		is: fault('notSigned'),
	},
	{ sighting: { outcome: 'failedForGood' }, state: earlier, choice: 'signAgain', is: 'confirm' },
	{ sighting: { outcome: 'failedForGood', whose: 'anothers' }, state: earlier, is: 'confirm' },
	{ sighting: { outcome: 'failedForGood', whose: 'unknown' }, state: earlier, is: 'confirm' },

	{ sighting: { outcome: 'absent' }, is: 'fetch' },
	{ sighting: { outcome: 'absent' }, state: { fetched: true }, is: 'look' },
	{ sighting: { outcome: 'absent' }, ...replayed, is: fault('unclear') },
	{ sighting: { outcome: 'absent' }, state: earlier, is: fault('unclear') },
	{ sighting: { outcome: 'absent' }, state: { ...earlier, fetched: true }, is: fault('unclear') },
	{ sighting: { outcome: 'absent' }, documents: 2, is: 'fetch' },
	{ sighting: { outcome: 'absent' }, state: { fetched: true }, documents: 2, is: aloneSent },
	{ sighting: { outcome: 'absent' }, state: earlier, documents: 2, is: aloneUnsent },
	{
		sighting: { outcome: 'absent' },
		state: { ...earlier, turnedAway: 'perhaps' },
		documents: 2,
		is: aloneSent,
	},
	{ sighting: { outcome: 'absent' }, ...replayed, documents: 2, is: aloneUnsent },
	{
		sighting: { outcome: 'absent' },
		state: { ...earlier, sent: true },
		documents: 2,
		is: aloneSent,
	},
	{
		sighting: { outcome: 'absent' },
		state: earlier,
		seen: { ours: true },
		documents: 2,
		is: aloneSent,
	},
];

const cases = [...whoseIsIt, ...whenSigned, ...whenNotSigned];

test.each(cases)(
	'$sighting, $state, $seen, $choice: $is',
	({ sighting, state, seen, documents, choice, is }) => {
		const one: Sighting = { ...signed, ...sighting };
		const all: State = {
			...begin(),
			...state,
			seen: { ...seenAs([one]), ...seen },
		};
		expect(verdictsOf(all, rulesFor(documents ?? 1, choice ?? 'return'))).toEqual([is]);
	},
);

test.each<[state: Partial<State>, made: Made, cannot: boolean]>([
	[perhapsOurs, undefined, true],
	[perhapsOurs, 'now', false],
	[perhapsOurs, 'before', false],
	[perhapsOurs, 'own', false],
	[{ origin: 'found' }, undefined, true],
	[earlier, undefined, false],
	[{}, undefined, false],
	[{ ...perhapsOurs, again: true }, undefined, false],
])('with %j, made %s, it cannot be told when it was signed: %s', (state, made, cannot) => {
	expect(cannotTellWhen({ ...begin(), ...state, seen: seenAs([signed], made) })).toBe(cannot);
});

test('without a seen operation there is no verdict', () => {
	expect(verdictsOf(begin(), rulesFor(1, 'return'))).toEqual([]);
});

test('at the end each document keeps its last seen state, and the others get the fault', () => {
	const seen = seenAs([
		signed,
		{ ...signed, outcome: 'pending' },
		{ ...signed, content: 'missing' },
	]);
	expect(ended({ ...begin(), seen }, rulesFor(4, 'return'), 'stopped')).toEqual([
		{ is: 'signed', recovered: false },
		fault('stopped'),
		fault('notFetched'),
		fault('stopped'),
	]);
});

import type {
	FaultName,
	Known,
	Learnt,
	Rules,
	Sighting,
	Step,
} from '../../nodes/SignStash/signing/known';
import { pauseOf, policies, type PolicyName } from '../../nodes/SignStash/signing/policies';
import { begin, next, stepOf } from '../../nodes/SignStash/signing/protocol';

const deadline = 100_000;
const single: Rules = { documents: 1, ifAlreadySigned: 'return', deadline, completion: 60_000 };

const triedOf = (policy: PolicyName, count: number): Known['tries'] => ({
	...begin().tries,
	[policy]: count,
});

const signed: Sighting = { state: 'signed', whose: 'ours', content: 'enough' };
const seenAs = (...documents: Array<Partial<Sighting>>) => ({
	id: '7',
	finished: true,
	ours: false,
	documents: documents.map((one): Sighting => ({ ...signed, ...one })),
});
const shows = (...documents: Array<Partial<Sighting>>): Learnt => ({
	is: 'operation',
	...seenAs(...documents),
});

const pause = (milliseconds: number): Step => ({ do: 'pause', milliseconds });
const look = (document = 0): Step => ({ do: 'look', document });
const fault = (name: FaultName, documents = 1): Step => ({
	do: 'end',
	ends: Array.from({ length: documents }, () => ({ is: 'fault', fault: name })),
});
const alone = (sent: boolean): Step => ({
	do: 'end',
	ends: [
		{ is: 'alone', sent },
		{ is: 'alone', sent },
	],
});

interface Case {
	name: string;
	known?: Partial<Known>;
	learnt: Learnt;
	documents?: number;
	now?: number;
	step: Step;
	/** What changes in what is known. */
	after?: Partial<Known>;
}

const looking: Partial<Known> = { doing: 'look', sent: true };
const taken: Partial<Known> = { doing: 'look', registered: 'earlier' };
const waiting: Partial<Known> = { doing: 'wait', waitUntil: 60_000, seen: seenAs({}) };
const fetching: Partial<Known> = { doing: 'fetch', seen: seenAs({ content: 'missing' }) };

/** What a request that has left is answered with, and what that leads to. */
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

const reading: Case[] = [
	{
		name: 'a fetched operation counts as fetched',
		known: fetching,
		learnt: shows({ content: 'missing' }),
		step: fault('notFetched'),
		after: { fetched: true },
	},
	{
		name: 'an operation that a fetch has shown before stays fetched',
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
		name: 'a fetch without an answer is made again',
		known: fetching,
		learnt: { is: 'busy', asked: 2000 },
		step: pause(2000),
		after: { tries: triedOf('read', 1) },
	},
	{
		name: 'a fetch that never has an answer leaves the document signed, and not fetched',
		known: { ...fetching, tries: triedOf('read', policies.read.tries) },
		learnt: { is: 'unknown' },
		step: fault('notFetched'),
	},
	{
		name: 'a fetch of what is pending that never has an answer leaves it pending',
		known: {
			...fetching,
			seen: seenAs({ state: 'pending' }),
			tries: triedOf('read', policies.read.tries),
		},
		learnt: { is: 'unknown' },
		step: fault('pending'),
	},
	{
		name: 'when nothing but absence was seen, a fetch without an answer is a look-up',
		known: { ...fetching, seen: seenAs({ state: 'absent' }, { state: 'absent' }) },
		learnt: { is: 'unknown', asked: 1500 },
		documents: 2,
		step: pause(1500),
		after: { doing: 'look', sent: true, seen: undefined, tries: triedOf('look', 1) },
	},
	{
		name: 'when one of several was seen, a fetch without an answer is made again',
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
		after: { doing: 'fetch' },
	},
	{
		name: 'an operation that is not finished is waited for, no longer than before',
		known: { ...waiting, tries: triedOf('wait', 1) },
		learnt: { is: 'status', finished: false },
		now: 30_000,
		step: pause(1000),
		after: { tries: triedOf('wait', 2) },
	},
	{
		name: 'a status without an answer says nothing of the operation',
		known: waiting,
		learnt: { is: 'busy', asked: 4000 },
		step: pause(4000),
		after: { tries: triedOf('wait', 1) },
	},
	{
		name: 'when patience ends, the operation is read for the last time',
		known: { ...waiting, tries: triedOf('wait', 3) },
		learnt: { is: 'status', finished: false },
		now: 60_000,
		step: { do: 'fetch' },
		after: { doing: 'fetch', last: true },
	},
	{
		name: 'what was not waited for at all shows no more',
		known: { doing: 'send' },
		learnt: shows({ state: 'pending' }),
		now: 60_000,
		step: pause(500),
		after: {
			doing: 'wait',
			sent: true,
			waitUntil: 120_000,
			tries: triedOf('wait', 1),
			seen: seenAs({ state: 'pending' }),
		},
	},
	{
		name: 'patience that ends at once reads nothing once more',
		known: { ...waiting, seen: seenAs({ state: 'pending' }) },
		learnt: { is: 'status', finished: false },
		now: 60_000,
		step: fault('pending'),
	},
	{
		name: 'what is still pending when it is read for the last time stays so',
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
		learnt: { is: 'token' },
		step: { do: 'renew' },
		after: { tries: triedOf('token', 1) },
	},
	{
		name: 'after a renewal the call is made again',
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
		name: 'any other reply forgets the renewal',
		known: { tries: triedOf('token', 1) },
		learnt: { is: 'busy' },
		step: pause(1000),
		after: { tries: triedOf('busy', 1) },
	},
	{ name: 'a stop ends it', learnt: { is: 'stopped' }, step: fault('stopped') },
	{
		name: 'a stop while waiting leaves it pending',
		known: { ...waiting, seen: seenAs({ state: 'pending' }) },
		learnt: { is: 'stopped' },
		step: fault('pending'),
	},
];

test.each([...sending, ...lookingUp, ...judging, ...reading, ...always])(
	'$name',
	({ known, learnt, documents, now, step, after }) => {
		const before: Known = { ...begin(), ...known };
		const rules = { ...single, documents: documents ?? 1 };
		expect(next(before, learnt, rules, now ?? 0)).toEqual([{ ...before, ...after }, step]);
	},
);

test.each<[known: Known, step: Step]>([
	[begin(), { do: 'send' }],
	[{ ...begin(true), doing: 'look', asked: 2 }, look(2)],
	[{ ...begin(), doing: 'wait' }, { do: 'status' }],
	[{ ...begin(), doing: 'fetch' }, { do: 'fetch' }],
])('what is being done stands for a step: %j', (known, step) => {
	expect(stepOf(known)).toEqual(step);
});

test('it begins with what is known', () => {
	expect([begin().sent, begin(true).sent, begin().attempt, begin(false, 3).attempt]).toEqual([
		false,
		true,
		1,
		3,
	]);
});

test('pauses grow twofold up to the longest, unless the service asks for more', () => {
	const policy = { first: 500, most: 3000, tries: 9 };
	expect([0, 1, 2, 3, 20].map((tries) => pauseOf(policy, tries))).toEqual([
		500, 1000, 2000, 3000, 3000,
	]);
	expect([pauseOf(policy, 0, 700), pauseOf(policy, 3, 700)]).toEqual([700, 3000]);
});

test('sending, looking and reading end by themselves, after a few minutes at most', () => {
	const bounded = Object.entries(policies).filter(([name]) => name !== 'wait');
	for (const [, policy] of bounded) {
		const pauses = Array.from({ length: policy.tries }, (_, tries) => pauseOf(policy, tries));
		expect(policy.tries).toBeGreaterThan(0);
		expect(pauses.reduce((sum, one) => sum + one, 0)).toBeLessThan(180_000);
	}
	expect(policies.wait.tries).toBe(Infinity);
});

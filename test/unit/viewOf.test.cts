import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import { requestReference, type Word } from '../../nodes/SignStash/signing/evidence';
import { Execution } from '../../nodes/SignStash/signing/Execution';
import type { State, Sighting } from '../../nodes/SignStash/signing/state';
import { begin } from '../../nodes/SignStash/signing/begin';
import { viewOf, type View } from '../../nodes/SignStash/signing/sightings';
import type { SigningJob } from '../../nodes/SignStash/signing/SigningJob';
import { jobOf, mark, signedBytes } from '../support/playRequest.cts';
import { operation } from '../support/ScriptedPorts.cts';

/** An operation as seen by a request for `R`, or for other jobs. */
const view = async (
	shown: Operation,
	state: Partial<State> = {},
	jobs: SigningJob[] = [jobOf()],
	execution = new Execution('1', 0),
): Promise<View> =>
	await viewOf(shown, jobs, {
		state: { ...begin(), ...state },
		execution,
		requestReference: mark,
		memberOf: ({ reference }) => reference,
	});

/** The contents of signed documents in these tests begin with the name of what was signed. */
const contentOf = (of: string): Buffer => Buffer.from(`${of} signed`);
const showing =
	(of: string) =>
	async (signed: Buffer): Promise<Word> =>
		signed.toString().startsWith(`${of} `) ? 'mine' : "another's";
const named = (externalReference: string, name = 'x.pdf'): OperationDocument => ({
	externalReference,
	name,
});

describe('the document of a single job', () => {
	const looked = { doing: 'look' } as const;

	test.each<[name: string, documents: string[], state: Partial<State>, found: string | undefined]>([
		['has its reference', ['X', 'R'], {}, 'R'],
		['has its reference in different case', ['X', 'r'], {}, 'r'],
		['has its reference, padded', ['X', ' R '], {}, ' R '],
		['has its reference, percent-encoded', ['X', '%52'], {}, '%52'],
		['is the only one without a reference', ['X', ''], {}, ''],
		['is neither of two without a reference', ['', ''], {}, undefined],
		['is not one with another reference in an answer', ['X'], {}, undefined],
		['is the only one in a found operation', ['X'], looked, 'X'],
		[
			'is the only one in a found operation that is fetched',
			['X'],
			{ doing: 'fetch', origin: 'found' },
			'X',
		],
		[
			'is the only one in a found operation that is waited for',
			['X'],
			{ doing: 'wait', origin: 'found' },
			'X',
		],
		[
			'is not one with another reference in an answer that is fetched',
			['X'],
			{ doing: 'fetch' },
			undefined,
		],
		[
			'is not one with another reference in an answer after a look-up',
			['X'],
			{ doing: 'send', origin: 'found' },
			undefined,
		],
		['is not one of several that were found under other references', ['X', 'Y'], looked, undefined],
	])('%s', async (_, references, state, found) => {
		const shown = operation(references.map((one) => named(one)));
		const { documents, seen } = await view(shown, state);
		expect(documents).toEqual([
			found === undefined ? undefined : expect.objectContaining({ externalReference: found }),
		]);
		expect(seen.documents[0]?.outcome).toBe(found === undefined ? 'absent' : 'signed');
	});

	test('is not one that was found under another reference when another job was asked for', async () => {
		const jobs = [jobOf(), jobOf({ reference: 'S' })];
		const { documents } = await view(operation([named('X')]), { doing: 'look', asked: 1 }, jobs);
		expect(documents.map((one) => one?.externalReference)).toEqual([undefined, 'X']);
	});
});

describe('the documents of several jobs', () => {
	const jobs = ['apple', 'berry', 'cherry'].map((name) =>
		jobOf({ reference: `REF-${name}`, name: `${name}.pdf`, shows: showing(name) }),
	);
	const shown = (...documents: Array<Partial<OperationDocument>>) => operation(documents);
	const namesIn = async (one: Operation, of = jobs): Promise<Array<string | undefined>> =>
		(await view(one, {}, of)).documents.map((document) => document?.name);

	test('are identified by their references, in any order', async () => {
		const documents = [named('REF-cherry', 'c'), named('REF-apple', 'a'), named('REF-berry', 'b')];
		expect(await namesIn(shown(...documents))).toEqual(['a', 'b', 'c']);
	});

	test.each([
		['missing', ''],
		['cut short', 'REF-'],
	])('are identified by their contents where references are %s', async (_, externalReference) => {
		const documents = ['cherry', 'apple', 'berry'].map((of) => ({
			externalReference,
			name: `of ${of}`,
			content: contentOf(of),
		}));
		expect(await namesIn(shown(...documents))).toEqual(['of apple', 'of berry', 'of cherry']);
	});

	test('are identified by a name that only one document and one job have, where nothing else identifies them', async () => {
		const documents = ['cherry', 'apple'].map((name) => named('', `${name}.pdf`));
		expect(await namesIn(shown(...documents))).toEqual(['apple.pdf', undefined, 'cherry.pdf']);
	});

	test('are not identified by a name that two documents have', async () => {
		const documents = [named('', 'apple.pdf'), named('', 'apple.pdf')];
		expect(await namesIn(shown(...documents))).toEqual([undefined, undefined, undefined]);
	});

	test('are not identified by a name that two jobs have', async () => {
		const alike = [...jobs, jobOf({ reference: 'REF-2', name: 'apple.pdf' })];
		const names = await namesIn(shown(named('', 'apple.pdf'), named('', 'berry.pdf')), alike);
		expect(names).toEqual([undefined, 'berry.pdf', undefined, undefined]);
	});

	test('are identified by content rather than by name', async () => {
		const renamed = { externalReference: '', name: 'berry.pdf', content: contentOf('apple') };
		const [apple] = await namesIn(shown(renamed, named('', 'apple.pdf')));
		expect(apple).toBe('berry.pdf');
	});

	test('are never identified by a content under the reference of another job', async () => {
		const swapped = [
			{ ...named('REF-apple', 'a'), content: contentOf('berry') },
			{ ...named('REF-berry', 'b'), content: contentOf('apple') },
		];
		const { documents, seen } = await view(shown(...swapped), {}, jobs);
		expect(documents.map((one) => one?.name)).toEqual(['a', 'b', undefined]);
		expect(seen.documents.map(({ whose }) => whose)).toEqual(['anothers', 'anothers', 'unknown']);
	});

	test('show that they were swapped where only their own contents say anything', async () => {
		const quiet = ['apple', 'berry'].map((name) =>
			jobOf({
				reference: `REF-${name}`,
				derived: true,
				shows: async (signed) => (String(signed).startsWith(`${name} `) ? 'mine' : undefined),
			}),
		);
		const swapped = [
			{ ...named('REF-apple'), content: contentOf('berry') },
			{ ...named('REF-berry'), content: contentOf('cherry') },
		];
		const { seen } = await view(shown(...swapped), {}, quiet);
		expect(seen.documents.map(({ whose }) => whose)).toEqual(['swapped', 'ours']);
	});

	test('are not identified only because no other document is left', async () => {
		expect(await namesIn(shown(named('', 'other.pdf')))).toEqual([undefined, undefined, undefined]);
	});

	test('are not identified by a shortened reference that is not the beginning of theirs', async () => {
		expect(await namesIn(shown(named('REF-x', 'apple.pdf')))).toEqual([
			undefined,
			undefined,
			undefined,
		]);
	});
});

describe('a document in an operation', () => {
	test.each<[name: string, word: Word, doubt: boolean, whose: Sighting['whose']]>([
		['the same bytes', 'mine', false, 'ours'],
		['other bytes', "another's", false, 'anothers'],
		['no content, but another length', undefined, false, 'anothers'],
		['no content, while a request is unanswered', undefined, true, 'unknown'],
	])('shows whose it is by %s', async (_, word, sent, whose) => {
		const shown = operation([{ content: signedBytes, contentLength: 7 }]);
		const { seen } = await view(shown, { sent }, [jobOf({ shows: async () => word })]);
		expect(seen.documents[0]?.whose).toBe(whose);
	});

	test('is not compared when it has no content', async () => {
		const shows = async () => await Promise.reject(new Error('there is no content'));
		const { seen } = await view(operation([{}]), { doing: 'look' }, [jobOf({ shows })]);
		expect(seen.documents).toEqual([{ outcome: 'signed', whose: 'unknown', content: 'missing' }]);
	});

	test.each<[shown: Partial<OperationDocument>, wantContent: boolean, content: string]>([
		[{ content: signedBytes }, true, 'enough'],
		[{ content: Buffer.from('x') }, true, 'flawed'],
		[{ contentFlaw: 'is not base64' }, true, 'flawed'],
		[{}, true, 'missing'],
		[{}, false, 'enough'],
		[{ content: Buffer.from('x') }, false, 'enough'],
	])(
		'with %j, contents wanted: %s, has a content that is %s',
		async (shown, wantContent, content) => {
			const flaw = (bytes: Buffer) => (bytes.equals(signedBytes) ? undefined : 'is not a PDF');
			const { seen } = await view(operation([shown]), {}, [jobOf({ wantContent, flaw })]);
			expect(seen.documents[0]?.content).toBe(content);
		},
	);
});

test.each<[references: string[], ours: boolean]>([
	[[], false],
	[[mark], true],
	[[mark.toUpperCase()], true],
	[[` ${mark} `], true],
	[[encodeURIComponent(mark.replace('.', ' '))], false],
	[['folder of the day', mark], true],
	[['folder of the day'], false],
	[[mark.slice(0, -1)], false],
])('an operation with the request references %j is ours: %s', async (requestReferences, ours) => {
	const { seen } = await view(operation([{}], { requestReferences }));
	expect(seen).toMatchObject({ ours, id: '7' });
});

const otherMark = requestReference('X', [jobOf({ reference: 'X' })]);

test.each<[references: string[], replayed: boolean]>([
	[[], false],
	[['folder of the day'], false],
	[[mark], false],
	[[` ${mark.toUpperCase()}`], false],
	[[mark.slice(0, -1)], false],
	[['X.n8n-0123'], false],
	[[otherMark], true],
	[['folder of the day', otherMark], true],
	[[otherMark, mark], false],
])(
	'an operation with the request references %j belongs to another request: %s',
	async (shown, replayed) => {
		const seen = await view(operation([{}], { requestReferences: shown }));
		expect(seen.replayed).toBe(replayed);
	},
);

test('it is seen whether the operation is finished', async () => {
	const pending = operation([{}], { status: 'PENDING_EXECUTION' });
	expect((await view(pending)).seen.finished).toBe(false);
	expect((await view(operation([{}]))).seen.finished).toBe(true);
});

test('it is seen when the operation was made', async () => {
	const execution = new Execution('1', 1_000_000);
	const shown = (createdAt: number) => operation([{}], { createdAt, zoneGiven: true });
	const madeOf = async (one: Operation) => (await view(one, {}, undefined, execution)).seen.made;
	expect([await madeOf(shown(0)), await madeOf(shown(1_000_000))]).toEqual(['before', 'now']);
	expect(await madeOf(operation([{}]))).toBeUndefined();
	execution.made('7');
	expect(await madeOf(shown(0))).toBe('own');
});

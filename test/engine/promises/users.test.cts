import type { INodeParameters } from 'n8n-workflow';
import { pdf } from '../../support/files.cts';
import { ruled, stopServices, thrownBy, xml } from '../../support/ruledRuns.cts';
import { skipPauses } from '../../support/skipPauses.cts';

/* What users change between two runs, and the effects: see docs/reliability.md. */

skipPauses();
afterEach(stopServices);

const files = ['apple', 'berry', 'grape'].map((name) => xml(name));
const own = files.map(({ fileName }) => `${fileName}: ${fileName}`);
const recovered = own.map((line) => `${line}, recovered`);

describe('three runs of the same documents make one signature each, whatever changes between them:', () => {
	const changes: Record<string, [INodeParameters, INodeParameters, INodeParameters]> = {
		'Documents per Request': [
			{ options: { documentsPerRequest: 50 } },
			{ options: { documentsPerRequest: 1 } },
			{ options: { documentsPerRequest: 2 } },
		],
		'Email Receivers': [
			{},
			{ emailDelivery: { emailReceivers: 'a@example.com' } },
			{ emailDelivery: { emailReceivers: 'a@example.com, b@example.com' } },
		],
		'Parallel Requests, and the order': [
			{ options: { parallelRequests: 1 } },
			{ options: { parallelRequests: 4 } },
			{ options: { parallelRequests: 2 } },
		],
		'Return Signed Document': [
			{ options: { returnSignedDocument: false } },
			{ options: { returnSignedDocument: true } },
			{ options: { returnSignedDocument: true, simplify: true } },
		],
		Description: [
			{ options: { description: 'one' } },
			{ options: { description: 'two', preserveContent: true } },
			{},
		],
	};
	const cases = Object.keys(changes).flatMap((change) =>
		['', '=FT_{{ $json.name }}'].map((externalReference) => ({ change, externalReference })),
	);

	test.each(cases)(
		'$change, reference "$externalReference"',
		async ({ change, externalReference }) => {
			const runs = await ruled();
			const outcomes = [];
			for (const parameters of changes[change] ?? [])
				outcomes.push(await runs.sign(files, { externalReference, ...parameters }));
			const [first, second, third] = outcomes;
			expect(first?.words).toEqual(['', '', '']);
			expect(second?.lines).toEqual(recovered);
			expect(third?.lines).toEqual(recovered);
			expect(runs.service.signatures).toBe(3);
		},
	);

	test('the name of a file, and a copy of another file', async () => {
		const runs = await ruled();
		await runs.sign(files);
		const [apple, berry] = files;
		if (!apple || !berry) throw new Error('there are three files');
		const renamed = { ...apple, fileName: 'renamed.xml' };
		const copy = { ...berry, fileName: 'copy.xml' };
		const { lines } = await runs.sign([renamed, berry, copy]);
		expect(lines).toEqual([
			'renamed.xml: apple.xml, recovered',
			'berry.xml: berry.xml, recovered',
			'copy.xml: berry.xml, recovered',
		]);
		expect(runs.service.signatures).toBe(3);
	});

	test('added receivers, with a hint that nobody was emailed', async () => {
		const runs = await ruled();
		await runs.sign(files, { options: { parallelRequests: 1 } });
		const emailDelivery = { emailReceivers: 'a@example.com' };
		const options = { parallelRequests: 1 };
		const { hints } = await runs.sign(files, { emailDelivery, options });
		expect(hints.join()).toContain('This run sent no email for documents that were signed before');
		expect(hints.join()).toContain('1001, 1002, 1003');
		expect(runs.service.mails).toEqual([]);
	});
});

describe('when If Already Signed changes from run to run', () => {
	const choose = (ifAlreadySigned: string): INodeParameters => ({ options: { ifAlreadySigned } });

	test.each([1, 50])(
		'%i per request: each run follows its own setting',
		async (documentsPerRequest) => {
			const runs = await ruled();
			const sign = async (ifAlreadySigned: string) =>
				await runs.sign(files, { options: { ifAlreadySigned, documentsPerRequest } });
			expect((await sign('fail')).lines).toEqual(own);
			expect((await sign('fail')).lines).toEqual(['fault', 'fault', 'fault']);
			expect((await sign('return')).lines).toEqual(recovered);
			expect(runs.service.signatures).toBe(3);
			expect((await sign('signAgain')).lines).toEqual(own);
			expect(runs.service.signatures).toBe(6);
			expect((await sign('return')).lines).toEqual(recovered);
			expect(runs.service.signatures).toBe(6);
		},
	);

	test('two executions that sign again and lose their answers make one signature each', async () => {
		const runs = await ruled();
		await runs.sign(files);
		runs.service.obey({ instead: ({ on }) => (on === 'sign' ? 'reset' : undefined) });
		for (const signatures of [6, 9]) {
			expect((await runs.sign(files, choose('signAgain'))).lines).toEqual(own);
			expect(runs.service.signatures).toBe(signatures);
		}
	});
});

describe('a corrected invoice among others', () => {
	const corrected = [xml('apple'), xml('BERRY', 'berry.xml'), xml('grape')];

	test.each([1, 50])(
		'%i per request, no reference given: it is signed, and nothing else',
		async (documentsPerRequest) => {
			const runs = await ruled();
			await runs.sign(files, { options: { documentsPerRequest } });
			const { items, words } = await runs.sign(corrected, { options: { documentsPerRequest } });
			expect(words).toEqual(['', '', '']);
			expect(items.map(({ json }) => json.recovered)).toEqual([true, false, true]);
			expect(runs.service.signatures).toBe(4);
		},
	);

	test.each([1, 50])(
		'%i per request, under its first reference: it fails, and the others come back',
		async (documentsPerRequest) => {
			const parameters = {
				externalReference: '=FT_{{ $json.name }}',
				options: { documentsPerRequest },
			};
			const runs = await ruled();
			await runs.sign(files, parameters);
			const { lines, words } = await runs.sign(corrected, parameters);
			expect(lines).toEqual([recovered[0], 'fault', recovered[2]]);
			expect(words[1]).toContain("is not 'berry.xml' as it is now");
			expect(runs.service.signatures).toBe(3);
		},
	);
});

test("documents that swap their references never get each other's file", async () => {
	const runs = await ruled();
	const pdfs = [await pdf('left', 'left.pdf'), await pdf('right', 'right.pdf')];
	for (const pair of [files.slice(0, 2), pdfs]) {
		const externalReference = `=${String(pair[0]?.fileName)}_{{ $itemIndex }}`;
		const parameters = { externalReference, options: { documentsPerRequest: 50 } };
		await runs.sign(pair, parameters);
		expect((await runs.sign([...pair].reverse(), parameters)).lines).toEqual(['fault', 'fault']);
	}
	expect(runs.service.signatures).toBe(4);
});

describe('when a run is stopped', () => {
	test.each(['before it is signed', 'after it was signed'])(
		'during a request, %s: the next run makes one signature per document',
		async (moment) => {
			const stop = new AbortController();
			const runs = await ruled({
				[moment.startsWith('before') ? 'before' : 'instead']: ({ on }: { on: string }) => {
					if (on !== 'sign') return undefined;
					stop.abort();
					return 'hang';
				},
			});
			const parameters = { options: { parallelRequests: 1 } };
			await runs.sign(files, parameters, {}, { stop: stop.signal }).catch(() => undefined);
			expect(runs.service.count('sign')).toBe(1);
			runs.service.obey();
			const { lines } = await runs.sign(files, parameters);
			expect(lines).toEqual(moment.startsWith('before') ? own : [recovered[0], ...own.slice(1)]);
			expect(runs.service.signatures).toBe(3);
		},
	);
});

test('a run that stops on a fault reports the first one in the order of the input, whichever document ends first', async () => {
	const { promise: grapeCame, resolve: letGo } = Promise.withResolvers<undefined>();
	const runs = await ruled({
		before: async ({ on, body }) => {
			if (on !== 'sign') return undefined;
			const [, name = ''] = /"name":"(\w+)\.xml"/.exec(body) ?? [];
			if (name === 'grape') setImmediate(() => letGo(undefined));
			else await grapeCame;
			return { status: 400, body: { errorCode: '2.0.9', errorCodeDescription: `No ${name}.` } };
		},
	});
	const stopping = { onError: 'stopWorkflow' } as const;
	const words = await thrownBy(runs.sign(files, { options: { parallelRequests: 3 } }, stopping));
	expect(words).toContain('No grape');
	expect(words).toContain('[item 2]');
});

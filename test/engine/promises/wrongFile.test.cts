import type { Rules, Shown } from '../../support/ruledRules.cts';
import type { InputFile } from '../../support/engine.cts';
import { pdf } from '../../support/files.cts';
import { ruled, stopServices, xml } from '../../support/ruledRuns.cts';
import { skipPauses } from '../../support/skipPauses.cts';

/* A file returned under a document's name is that document: see docs/reliability.md. */

skipPauses();
afterEach(stopServices);

type Show = Rules['show'];

/** What a service shows of its operations; what it leaves out cannot serve as evidence. */
const showing: Record<string, Show> = {
	everything: (shown) => shown,
	'no marks': (shown) => ({ ...shown, folderExternalReference: null }),
	'no dates': (shown) => ({ ...shown, creationDate: null }),
	'no marks and no dates': (shown) => ({
		...shown,
		folderExternalReference: null,
		creationDate: null,
	}),
	'no marks and no references': (shown) => ({
		...without(shown, 'externalReference'),
		folderExternalReference: null,
	}),
};

const without = (shown: Shown, field: string): Shown => ({
	...shown,
	documentList: shown.documentList.map((one) => ({ ...one, [field]: undefined })),
});

const shows = Object.keys(showing);
const names = ['apple', 'berry', 'grape'];
const kinds = {
	XML: async (name: string) => xml(name),
	PDF: async (name: string) => await pdf(name, `${name}.pdf`),
};
const documents = async (kind: keyof typeof kinds) =>
	await Promise.all(names.map(async (name) => await kinds[kind](name)));

const shifted = shows.flatMap((show) =>
	(['XML', 'PDF'] as const).flatMap((kind) =>
		[1, 50].map((perRequest) => ({ show, kind, perRequest })),
	),
);

test.each(shifted)(
	'no document gets the file of another when an extra file in the folder shifts every reference: $kind, $perRequest per request, the service shows $show',
	async ({ show, kind, perRequest }) => {
		const { service, sign } = await folder(show, perRequest);
		const [apple, berry, grape] = await documents(kind);
		if (!apple || !berry || !grape) throw new Error('three documents');
		const first = await sign([berry, grape]);
		expect(first.lines).toEqual([berry, grape].map(({ fileName }) => `${fileName}: ${fileName}`));
		const second = await sign([apple, berry, grape]);
		expect(second.lines[0]).toBe('fault');
		expect(second.words[0]).toContain("'NOV-0'");
		const own = ({ fileName }: { fileName: string }): string => `${fileName}: ${fileName}`;
		// Where only contents identify a document, its own file may be found under another's reference.
		const mayBeFound = show.endsWith('references') && perRequest > 1;
		const found = mayBeFound ? [berry, grape].map((one) => `${own(one)}, recovered`) : [];
		expect(['fault', ...found]).toContain(second.lines[1]);
		expect([own(grape), ...found]).toContain(second.lines[2]);
		const signatures = second.lines[2] === own(grape) ? 3 : 2;
		expect(service.signatures).toBe(signatures);
		const third = await sign([berry, grape]);
		expect(third.lines).toEqual([berry, grape].map((one) => `${own(one)}, recovered`));
		expect(service.signatures).toBe(signatures);
	},
);

/** A workflow whose references number the items. */
async function folder(show: string, perRequest: number) {
	const runs = await ruled({ show: showing[show] });
	const parameters = {
		externalReference: '=NOV-{{ $itemIndex }}',
		options: { documentsPerRequest: perRequest },
	};
	return {
		service: runs.service,
		sign: async (files: Parameters<typeof runs.sign>[0]) => await runs.sign(files, parameters),
	};
}

describe('a corrected invoice under the reference of the first one', () => {
	const [old, corrected] = [xml('total 100', 'invoice.xml'), xml('total 900', 'invoice.xml')];
	const given = { externalReference: 'FT_1' };

	const all = shows.flatMap((show) =>
		[true, false].flatMap((replays) => [true, false].map((wanted) => ({ show, replays, wanted }))),
	);
	// A service that answers with another's operation and shows neither marks, dates nor contents leaves no evidence.
	const cases = all.filter(
		({ show, replays, wanted }) => wanted || !replays || show !== 'no marks and no dates',
	);

	test.each(cases)(
		'never comes back as the old one: $show is shown, replays: $replays, file wanted: $wanted',
		async ({ show, replays, wanted }) => {
			const runs = await ruled({
				show: showing[show],
				...(replays ? { duplicate: undefined } : {}),
			});
			const parameters = { ...given, options: { returnSignedDocument: wanted } };
			await runs.sign([old], parameters);
			const { lines, words } = await runs.sign([corrected], parameters);
			expect(lines).toEqual(['fault']);
			expect(words[0]).toContain("'FT_1'");
			expect(words[0]).toContain('1001');
			expect(runs.service.signatures).toBe(1);
		},
	);

	test.each(shows)(
		'while the same one does, from a service that replays and shows %s: recovered where a date is shown',
		async (show) => {
			const runs = await ruled({ show: showing[show], duplicate: undefined });
			await runs.sign([old], given);
			const { lines } = await runs.sign([old], given);
			const isDated = !show.includes('dates');
			expect(lines).toEqual([`invoice.xml: invoice.xml${isDated ? ', recovered' : ''}`]);
			expect(runs.service.signatures).toBe(1);
		},
	);
});

describe('when an answer is lost, and the look-up leads to another operation', () => {
	const stranger = (shown: Shown): Shown => ({
		...shown,
		folderExternalReference: 'ERP-77',
		documentList: [
			{
				externalReference: 'ERP-77',
				name: 'contract.xml',
				contentType: 'text/xml',
				signStatus: 'SIGNED',
				contentLength: 4711,
				signedContent: strangers,
			},
		],
	});
	const strangers = Buffer.from(
		'<contract><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></contract>',
	).toString('base64');

	test.each(['', 'FT_1'])(
		'reference %j: its file is not returned, and the operation is named',
		async (externalReference) => {
			const runs = await ruled({
				instead: ({ on }) => (on === 'sign' ? 'reset' : undefined),
				show: (shown, _, on) => (on === 'detail' ? stranger(shown) : shown),
			});
			const { lines, words } = await runs.sign([xml('apple')], { externalReference });
			expect(lines).toEqual(['fault']);
			expect(words[0]).toContain('1001');
			expect(words[0]).toContain("'contract.xml'");
			expect(words[0]).not.toMatch(/was not signed/);
			expect(runs.service.signatures).toBe(1);
		},
	);
});

test.each(shows)(
	'a service that cuts references to 64 characters, and shows %s: no document gets the file of another with the same beginning',
	async (show) => {
		const cut = (reference: string): string => reference.slice(0, 64);
		const runs = await ruled({
			key: cut,
			show: (shown, kept, on) => {
				const cutShort = {
					...shown,
					folderExternalReference: cut(kept.mark),
					documentList: shown.documentList.map((one) => ({
						...one,
						externalReference: cut(String(one.externalReference)),
					})),
				};
				return showing[show]?.(cutShort, kept, on) ?? cutShort;
			},
		});
		const parameters = {
			externalReference: `=${'X'.repeat(70)}{{ $itemIndex }}`,
			options: { parallelRequests: 1 },
		};
		const { lines, words } = await runs.sign([xml('apple'), xml('berry')], parameters);
		expect(lines).toEqual(['apple.xml: apple.xml', 'fault']);
		expect(words[1]).toContain("'berry.xml'");
		expect(runs.service.signaturesOf('berry.xml')).toBe(0);
	},
);

describe('when the contents of two documents in one answer are swapped,', () => {
	const swap = (shown: Shown): Shown => {
		const contents = shown.documentList.map((one) => one.signedContent).reverse();
		return {
			...shown,
			documentList: shown.documentList.map((one, index) => ({
				...one,
				signedContent: contents[index],
			})),
		};
	};
	const files = [xml('apple'), xml('berry')];
	const together = { options: { documentsPerRequest: 2 } };

	test.each([
		['both documents', {}],
		[
			'both documents, and their references are given',
			{ externalReference: '=FT_{{ $itemIndex }}' },
		],
	])(
		'%s fail with a message that says so, in that run and in later ones',
		async (_, parameters) => {
			const runs = await ruled({ show: swap });
			for (const run of ['first', 'again']) {
				const { lines, words } = await runs.sign(files, { ...together, ...parameters });
				expect({ run, lines }).toEqual({ run, lines: ['fault', 'fault'] });
				for (const [index, { fileName }] of files.entries()) {
					expect(words[index]).toContain(`What came back as '${fileName}' is another document`);
					expect(words[index]).toContain('The signature stands');
					expect(words[index]).toContain('1001');
				}
			}
			expect(runs.service.signatures).toBe(2);
		},
	);

	const longer: InputFile = {
		...xml('lemon'),
		content: Buffer.from('<order xmlns="urn:example:order"><id>lemon</id><line/><line/></order>'),
	};
	const pairs: Record<string, () => Promise<InputFile[]>> = {
		'XML of other shapes': async () => [xml('apple'), longer],
		'PDFs of two lengths': async () => [
			await pdf('a', 'a.pdf'),
			await pdf('a rather longer text '.repeat(9), 'b.pdf'),
		],
		'a PDF and an XML': async () => [await pdf('a', 'a.pdf'), xml('apple')],
	};
	const cases = Object.keys(pairs).flatMap((what) =>
		['automatic', 'CAdES'].map((signatureType) => ({ what, signatureType })),
	);

	test.each(cases)('$what, $signatureType: neither gets the file of the other', async (one) => {
		const runs = await ruled({ show: swap });
		const { signatureType } = one;
		const two = (await pairs[one.what]?.()) ?? [];
		const { lines } = await runs.sign(two, { ...together, signatureType });
		expect(lines).toEqual(['fault', 'fault']);
		expect(runs.service.signatures).toBe(2);
	});

	test('in the answer only: both come from the operation itself', async () => {
		const runs = await ruled({ show: (shown, _, on) => (on === 'sign' ? swap(shown) : shown) });
		const { lines } = await runs.sign(files, together);
		expect(lines).toEqual(['apple.xml: apple.xml', 'berry.xml: berry.xml']);
		expect(runs.service.signatures).toBe(2);
	});
});

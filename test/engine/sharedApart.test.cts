import { BinaryDataService } from 'n8n-core';
import type { INodeParameters } from 'n8n-workflow';
import { ruled, stopServices, xml, type RuledRuns } from '../support/ruledRuns.cts';
import type { Shown } from '../support/ruledRules.cts';
import { signed } from '../support/ruledSignature.cts';
import { skipPauses } from '../support/skipPauses.cts';

/* Items of one run share a signature or a token once; everything else stays separate for each item. */

skipPauses();
afterEach(stopServices);

const { store } = BinaryDataService.prototype;

describe('two items with the same document', () => {
	const copies = ['first.xml', 'second.xml'].map((fileName) => xml('apple', fileName));
	const input = (...json: Array<Record<string, string | boolean>>) =>
		copies.map((data, item) => ({
			json: { to: '', attach: false, wanted: true, ...json[item] },
			files: { data },
		}));
	const run = async (runs: RuledRuns, ...json: Array<Record<string, string | boolean>>) => {
		const emailDelivery = {
			emailReceivers: '={{ $json.to }}',
			attachDocuments: '={{ $json.attach }}',
		};
		const options = { returnSignedDocument: '={{ $json.wanted }}' };
		const parameters = { operation: 'sign', emailDelivery, options };
		return await runs.run(parameters, input(...json));
	};

	test('share one file in the storage', async () => {
		const places: string[] = [];
		const spy = jest.spyOn(BinaryDataService.prototype, 'store');
		spy.mockImplementation(async function (this: BinaryDataService, ...given) {
			places.push(JSON.stringify(given[0]));
			return await store.apply(this, given);
		});
		const runs = await ruled();
		const { items } = await run(runs);
		spy.mockRestore();
		expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual([
			'first_signed.xml',
			'second_signed.xml',
		]);
		expect(places.filter((place) => !place.includes('input'))).toHaveLength(1);
		expect(runs.service.signatures).toBe(1);
	});

	test.each([true, false])(
		'email the receivers of the second with its own settings, attached: %s',
		async (attach) => {
			const runs = await ruled();
			const first = { to: 'a@example.com', attach: !attach };
			await run(runs, first, { to: 'b@example.com', attach });
			expect(runs.service.mails).toEqual([
				{ operation: '1001', attach: String(attach), receivers: ['b@example.com'] },
			]);
			expect(runs.service.requests[0]?.preservationInfo?.deliveryInfo?.attachDocuments).toBe(
				!attach,
			);
		},
	);

	const contents: Record<string, [content: Buffer, words: string]> = {
		'another document': [
			signed(xml('berry').content),
			"What came back as 'second.xml' is another document",
		],
		'no signed file': [
			Buffer.from('<html>Sorry</html>'),
			'is signed, but what came back is not an XML file',
		],
		nothing: [Buffer.alloc(0), 'is signed, but operation 1001 did not return it'],
	};

	test.each(Object.keys(contents))(
		'have the fetched file checked when only the second wants it (%s)',
		async (what) => {
			const [content, expected] = contents[what] ?? [];
			const runs = await ruled({
				show: (shown: Shown, _, on) => ({
					...shown,
					documentList: shown.documentList.map((one) =>
						on === 'detail' ? { ...one, signedContent: content?.toString('base64') } : one,
					),
				}),
			});
			const { lines, words } = await run(runs, { wanted: false });
			expect(lines).toEqual(['first.xml: no file', 'fault']);
			expect(words[1]).toContain(expected);
			expect(runs.service.signatures).toBe(1);
		},
	);
});

describe('when a token is refused to several calls at the same time, and to one of them later', () => {
	const files = ['apple', 'berry', 'grape', 'lemon'].map((name) => xml(name));

	/** Refuses the first token to four calls of an endpoint: to three at the same time, to the last once another has a new token. */
	async function refusing(endpoint: 'sign' | 'detail'): Promise<RuledRuns> {
		const runs = await ruled();
		const externalReference = '=FT_{{ $json.name }}';
		if (endpoint === 'detail') await runs.sign(files, { externalReference });
		await runs.recover('first token', { ifNotFound: 'continue' });
		const { service } = runs;
		const old = service.calls.at(-1)?.authorization;
		const waiting: Array<() => void> = [];
		service.obey({
			before: async ({ on, authorization }) => {
				if (on !== endpoint) return undefined;
				if (authorization !== old) {
					waiting.pop()?.();
					return undefined;
				}
				const turn = new Promise<void>((go) => waiting.push(go));
				if (waiting.length === 4) for (const go of waiting.splice(0, 3)) go();
				await turn;
				return { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
			},
		});
		return runs;
	}

	const operations: Record<'sign' | 'detail', INodeParameters> = {
		sign: { operation: 'sign', options: { parallelRequests: 4 } },
		detail: { operation: 'recoverByReference', externalReference: '=FT_{{ $json.name }}' },
	};

	test.each(['sign', 'detail'] as const)('in calls of %s: it is renewed once', async (endpoint) => {
		const runs = await refusing(endpoint);
		const input = files.map((data) => ({ json: { name: data.fileName }, files: { data } }));
		let renewals = 0;
		const onRenewal = () => renewals++;
		const { words } = await runs.run(operations[endpoint], input, {}, { onRenewal });
		expect(words).toEqual(['', '', '', '']);
		expect({ renewals, calls: runs.service.count('token') }).toEqual({ renewals: 1, calls: 2 });
	});
});

import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
import { pdf, ubl } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const run = async (input: InputItem[], options = {}, parameters = {}, settings = {}) =>
	await itemsOf(
		await runNode(
			resolvedCredential(sandbox),
			{ operation: 'sign', options: { documentsPerRequest: 50, ...options }, ...parameters },
			input,
			settings,
		),
	);

const documents = async (count: number, prefix = 'doc'): Promise<InputItem[]> =>
	await Promise.all(
		Array.from({ length: count }, async (_, n) => ({
			json: { n },
			files: {
				data: n % 2 ? ubl(`${prefix}${n}`, `${n}.xml`) : await pdf(`${prefix}${n}`, `${n}.pdf`),
			},
		})),
	);

const continuing = { onError: 'continueRegularOutput' as const };

describe('Documents per Request', () => {
	test('gathers up to its number, with the same items as one by one', async () => {
		const input = await documents(7);
		const together = await run(input, { documentsPerRequest: 3 });
		expect(await sandbox.calls('sign')).toBe(3);
		const operations = together.map(({ json }) => json.operationId);
		expect(operations.map((id) => operations.indexOf(id))).toEqual([0, 0, 0, 3, 3, 3, 6]);
		const names = input.map(({ files }) => files?.data?.fileName);
		expect(together.map(({ json }) => json.documentName)).toEqual(names);
		expect(together.map(({ pairedItem }) => pairedItem)).toEqual(
			input.map((_, item) => ({ item })),
		);
		expect((await bytesOf(together[1], 'data')).toString()).toContain('doc1');
		const again = await run(input, { documentsPerRequest: 1 });
		expect(again.map(({ json }) => json.recovered)).toEqual(input.map(() => true));
		expect(await sandbox.signatures()).toBe(7);
	});

	test('sends items with receivers, or with other request settings, in separate requests', async () => {
		const input = await documents(6);
		await run(
			input,
			{},
			{
				emailDelivery: { emailReceivers: '={{ [2, 3].includes($json.n) ? "a@example.com" : "" }}' },
			},
		);
		expect(await sandbox.calls('sign')).toBe(4);
		await sandbox.control('POST', '/reset');
		await run(input, { description: '={{ $json.n < 3 ? "first" : "second" }}' });
		expect(await sandbox.calls('sign')).toBe(2);
	});

	test('sends a request that is refused because of one document again document by document', async () => {
		const input = await documents(4);
		const longName = input[2]?.files?.data;
		if (longName) longName.fileName = `${'x'.repeat(300)}.pdf`;
		const items = await run(input, {}, {}, continuing);
		expect(items.map((item) => item.json.signStatus ?? faultOf(item).message)).toEqual([
			'SIGNED',
			'SIGNED',
			expect.stringContaining('0.0.4'),
			'SIGNED',
		]);
		expect(await sandbox.calls('sign')).toBe(5);
		expect(await sandbox.signatures()).toBe(3);
	});

	test('returns the others when the service cannot sign one document', async () => {
		await sandbox.control('PATCH', '/settings', {
			signErrors: [{ match: { nameContains: '1.xml' }, signError: 'TIMESTAMP_SIGN_ERROR' }],
		});
		const items = await run(await documents(3), {}, {}, continuing);
		expect(items.map((item) => item.json.signStatus ?? faultOf(item).message)).toEqual([
			'SIGNED',
			expect.stringContaining('TIMESTAMP_SIGN_ERROR'),
			'SIGNED',
		]);
	});

	test('returns all documents when one of them is already signed, each signed once', async () => {
		const input = await documents(4);
		await run(input.slice(1, 2));
		const items = await run(input);
		expect(items.map(({ json }) => json.recovered)).toEqual([false, true, false, false]);
		expect(await sandbox.signatures()).toBe(4);
	});

	test.each(['received', 'registered', 'signed', 'answering'])(
		'makes one signature per document and returns all after a connection reset at %s',
		async (moment) => {
			await sandbox.control('POST', '/faults', { on: 'sign', moment, action: { type: 'reset' } });
			const items = await run(await documents(3, moment));
			expect(items.map(({ json }) => json.signStatus)).toEqual(['SIGNED', 'SIGNED', 'SIGNED']);
			expect(await sandbox.signatures()).toBe(3);
		},
	);

	test('waits once for an asynchronous request, for all its documents', async () => {
		await sandbox.control('PATCH', '/settings', { async: { pendingPolls: 1 } });
		const items = await run(await documents(3));
		expect(items.map(({ json }) => json.signStatus)).toEqual(['SIGNED', 'SIGNED', 'SIGNED']);
		expect(await sandbox.calls('status')).toBeLessThanOrEqual(3);
	});
});

describe('Parallel Requests', () => {
	test('limits the requests in progress, with one token call', async () => {
		await sandbox.control('PATCH', '/settings', { delay: { perRequestMs: 60, perDocumentMs: 0 } });
		await run(await documents(12), { documentsPerRequest: 1, parallelRequests: 3 });
		const stats = await sandbox.get<{ maxParallel: number; tokenCalls: number }>('/stats');
		expect(stats).toMatchObject({ maxParallel: 3, tokenCalls: 1 });
	});

	test('is reached as soon as the first request has its token, before it has its answer', async () => {
		await sandbox.control('PATCH', '/settings', { delay: { perRequestMs: 600, perDocumentMs: 0 } });
		await run(await documents(3), { documentsPerRequest: 1, parallelRequests: 3 });
		const stats = await sandbox.get<object>('/stats');
		expect(stats).toMatchObject({ maxParallel: 3, tokenCalls: 1 });
	});

	test('goes down when the service is busy, and every document is still signed', async () => {
		await sandbox.control('PATCH', '/settings', {
			rateLimit: { maxParallel: 1 },
			delay: { perRequestMs: 40, perDocumentMs: 0 },
		});
		const items = await run(await documents(8), { documentsPerRequest: 1, parallelRequests: 4 });
		expect(items.map(({ json }) => json.signStatus)).toEqual(items.map(() => 'SIGNED'));
		expect(await sandbox.signatures()).toBe(8);
	});

	test.each([0, 17, 2.5, 'many'])(
		'refuses %p before anything is sent',
		async (parallelRequests) => {
			const items = await run(await documents(2), { parallelRequests }, {}, continuing);
			expect(items.map((item) => faultOf(item).message)).toEqual([
				`'Parallel Requests' cannot be '${parallelRequests}' [item 0]`,
				`'Parallel Requests' cannot be '${parallelRequests}' [item 1]`,
			]);
			expect(faultOf(items[0]).description).toContain('a whole number from 1 to 16.');
			expect(await sandbox.calls('sign')).toBe(0);
		},
	);
});

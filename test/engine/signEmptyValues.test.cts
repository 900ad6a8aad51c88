import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { faultOf, hintsOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
import { pdf } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const continuing = { onError: 'continueRegularOutput' as const };
const run = async (input: InputItem[], parameters = {}, settings = {}) =>
	await runNode(resolvedCredential(sandbox), { operation: 'sign', ...parameters }, input, settings);

describe('External Reference from an expression', () => {
	const sign = async (externalReference: string, json = {}) =>
		await run(
			[{ json, files: { data: await pdf('by expression') } }],
			{ externalReference },
			continuing,
		);

	test.each<[expression: string, words: string]>([
		['={{ "" }}', 'is empty'],
		['={{ "  " }}', 'is empty'],
		['={{ null }}', 'is empty'],
		['={{ $json.number }}', 'is empty'],
		['={{ $json.invoice.number }}', 'is empty'],
		['={{ $json.number.trim() }}', 'is empty'],
		['={{ [] }}', 'is empty'],
		['={{ ({ number: 1 }) }}', 'cannot be a list or an object'],
		['={{ ["FT 1", "FT 2"] }}', 'cannot be a list or an object'],
	])('%s yields no reference: it is refused, and nothing is sent', async (expression, words) => {
		const [item] = await itemsOf(await sign(expression));
		expect(faultOf(item).message).toBe(`'External Reference' ${words} [item 0]`);
		expect(faultOf(item).description).toMatch(/Its expression .* This document was not sent\.$/);
		expect(faultOf(item).details).toEqual({ parameter: 'External Reference' });
		expect(await sandbox.calls('sign')).toBe(0);
	});

	test.each<[what: string, given: string, json: object, reference: unknown]>([
		['a text', '={{ $json.number }}', { number: 'FT 1' }, 'FT_1'],
		['a number', '={{ $json.number }}', { number: 0 }, '0'],
		['nothing at all', '', {}, expect.stringMatching(/[0-9a-f]{64}$/)],
		[
			'an expression that was opened and left empty',
			'=',
			{},
			expect.stringMatching(/[0-9a-f]{64}$/),
		],
	])('%s is accepted', async (_, given, json, reference) => {
		const [item] = await itemsOf(await sign(given, json));
		expect(item?.json.externalReference).toEqual(reference);
	});

	test('only the item without its number is refused', async () => {
		const files = { data: await pdf('one of two') };
		const input = [
			{ json: {}, files },
			{ json: { number: 'FT 2' }, files },
		];
		const items = await itemsOf(
			await run(input, { externalReference: '={{ $json.number }}' }, continuing),
		);
		expect(items.map((item) => faultOf(item).message ?? item.json.externalReference)).toEqual([
			"'External Reference' is empty [item 0]",
			'FT_2',
		]);
	});

	test('references that the service writes differently are reported with one example', async () => {
		const files = { data: await pdf('rewritten') };
		const input = ['FT A/1044', 'FT A/1045'].map((number) => ({ json: { number }, files }));
		const signed = await run(input, { externalReference: '={{ $json.number }}' });
		expect(hintsOf(signed)).toEqual([
			"Sign'Stash knows FT A/1044 as FT_A_1044 (and 1 more like it). 'Recover by Reference' accepts either form.",
		]);
	});
});

describe('Email Delivery', () => {
	const sign = async (emailDelivery: object, json = {}) =>
		await run([{ json, files: { data: await pdf('mailed') } }], { emailDelivery }, continuing);
	const noted = /^'Email Receivers' was empty, .* 'Resend Email' .* 1 operation: \d+\.$/;

	test.each<[what: string, emailDelivery: object]>([
		['an expression that yields nothing', { emailReceivers: '={{ $json.email }}' }],
		[
			'an expression that yields nothing, with documents to attach',
			{ emailReceivers: '={{ $json.customer.email }}', attachDocuments: true },
		],
		['an empty list', { emailReceivers: '={{ [] }}' }],
		['a field that was added and left empty', { emailReceivers: '' }],
	])(
		'to %s: the document is signed, and a hint says that no email was requested',
		async (_, emailDelivery) => {
			const signed = await sign(emailDelivery);
			const [item] = await itemsOf(signed);
			expect(item?.json.signStatus).toBe('SIGNED');
			expect(hintsOf(signed)).toEqual([expect.stringMatching(noted)]);
			expect(await sandbox.get('/outbox')).toEqual([]);
		},
	);

	test.each<[what: string, emailDelivery: object]>([
		['no receivers', { attachDocuments: true }],
		['receivers that were left empty', { attachDocuments: true, emailReceivers: ' ' }],
		['an empty expression', { attachDocuments: true, emailReceivers: '=' }],
	])('Attach Documents with %s is refused, and nothing is sent', async (_, emailDelivery) => {
		const [item] = await itemsOf(await sign(emailDelivery));
		expect(faultOf(item).message).toBe(
			"'Attach Documents' is on, but 'Email Receivers' names no one [item 0]",
		);
		expect(faultOf(item).details).toEqual({ parameter: 'Attach Documents' });
		expect(await sandbox.calls('sign')).toBe(0);
	});

	test.each<[what: string, emailDelivery: object]>([
		['to somebody', { emailReceivers: 'a@example.com' }],
		['to nobody, as none was requested', {}],
	])('%s leads to no such hint', async (_, emailDelivery) => {
		expect(hintsOf(await sign(emailDelivery))).toEqual([]);
	});
});

describe('the advice for a missing file', () => {
	test.each<[what: string, binaryPropertyName: string, fields: string[], advice: RegExp]>([
		[
			'no files at all',
			'data',
			[],
			/^The input has no files\. .*'Strip Binary Data' off\. This document was not sent\.$/,
		],
		[
			'no files for a pattern',
			'attachment_*',
			[],
			/^The input has no files\. .*'Strip Binary Data' off\. This document was not sent\.$/,
		],
		[
			'numbered files',
			'Document',
			['Document_0', 'Document_1'],
			/^The input has files in 'Document_0', 'Document_1', which 'Document_\*' matches\. Check/,
		],
		['other files', 'data', ['file'], /^The input has files in 'file'\. Check 'Input Data/],
	])('fits an input with %s', async (_, binaryPropertyName, fields, advice) => {
		const content = await pdf('there');
		const files = Object.fromEntries(fields.map((field) => [field, content]));
		const [item] = await itemsOf(await run([{ files }], { binaryPropertyName }, continuing));
		expect(faultOf(item).description).toMatch(advice);
	});
});

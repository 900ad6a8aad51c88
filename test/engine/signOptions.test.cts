import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, hintsOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
import { jpeg, pdf, png, ubl } from '../support/files.cts';
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

const continuing = { onError: 'continueRegularOutput' as const };
const run = async (input: InputItem[], parameters = {}, settings = {}) =>
	await runNode(resolvedCredential(sandbox), { operation: 'sign', ...parameters }, input, settings);

describe('If Already Signed', () => {
	const signTwice = async (ifAlreadySigned: string) => {
		const input = [{ files: { data: await pdf(ifAlreadySigned) } }];
		const [first] = await itemsOf(await run(input));
		const second = await run(input, { options: { ifAlreadySigned } }, continuing);
		return { first, second, item: (await itemsOf(second))[0] };
	};

	test('Return Existing Signature returns the earlier one, and a hint says so', async () => {
		const { first, second, item } = await signTwice('return');
		expect(item?.json).toMatchObject({ recovered: true, operationId: first?.json.operationId });
		expect(hintsOf(second)).toEqual([
			expect.stringContaining('1 document was signed before this execution'),
		]);
		expect(await sandbox.signatures()).toBe(1);
	});

	test('Fail names the operation that signed the document', async () => {
		const { first, item } = await signTwice('fail');
		expect(faultOf(item).message).toContain('was signed before, by operation');
		expect(faultOf(item).details).toMatchObject({ operationId: first?.json.operationId });
		expect(await sandbox.signatures()).toBe(1);
	});

	test('Sign Again makes one more signature under a reference of the execution', async () => {
		const { first, item } = await signTwice('signAgain');
		const [before, after] = [first, item].map((one) => String(one?.json.externalReference));
		expect(after?.replace(/~run[.\w]+$/, '')).toBe(before);
		expect(after).not.toBe(before);
		expect(await sandbox.signatures()).toBe(2);
	});
});

test('a reference whose operation failed is used up: the next run signs under the next one', async () => {
	await sandbox.control('PATCH', '/settings', {
		signErrors: [{ match: { nameContains: 'invoice' }, signError: 'CERT_SERVICE_GLOBAL_ERROR' }],
	});
	const input = [{ files: { data: await pdf('spent') } }];
	const parameters = { externalReference: 'S' };
	const [failed] = await itemsOf(await run(input, parameters, continuing));
	expect(faultOf(failed).message).toContain('CERT_SERVICE_GLOBAL_ERROR');
	await sandbox.control('PATCH', '/settings', { signErrors: [] });
	const [signed] = await itemsOf(await run(input, parameters));
	expect(signed?.json).toMatchObject({ externalReference: 'S~2', recovered: false });
});

test('a given reference that belongs to another document is refused with an explanation', async () => {
	await itemsOf(await run([{ files: { data: await pdf('theirs') } }], { externalReference: 'T' }));
	const input = [{ files: { data: ubl('ours') } }];
	const [item] = await itemsOf(await run(input, { externalReference: 'T' }, continuing));
	expect(faultOf(item).message).toContain(
		"under the external reference 'T' is not 'invoice.xml' as it is now: it is called 'invoice.pdf' there",
	);
});

describe('Wait for Completion', () => {
	test('waits for an operation that is pending and in error for a while', async () => {
		await sandbox.control('PATCH', '/settings', {
			async: { pendingPolls: 1, executionErrorPolls: 1 },
		});
		const [item] = await itemsOf(await run([{ files: { data: await pdf('wait') } }]));
		expect(item?.json).toMatchObject({ operationStatus: 'EXECUTED', signStatus: 'SIGNED' });
		expect(item?.binary?.data?.fileName).toBe('invoice_signed.pdf');
	});

	test('0 gives up immediately, names the operation, and Recover by Reference gets the file later', async () => {
		await sandbox.control('PATCH', '/settings', { async: { pendingPolls: 2 } });
		const input = [{ files: { data: await pdf('later') } }];
		const options = { waitForCompletion: 0 };
		const [item] = await itemsOf(await run(input, { options }, continuing));
		expect(faultOf(item).message).toMatch(/has not finished operation \d+ with 'invoice.pdf' yet/);
		const { externalReference } = faultOf(item).details as { externalReference: string };
		const [recovered] = await itemsOf(
			await runNode(
				resolvedCredential(sandbox),
				{
					operation: 'recoverByReference',
					externalReference,
					options: { waitForCompletion: 30 },
				},
				[{}],
			),
		);
		expect(recovered?.json).toMatchObject({ result: 'signed', found: true });
		expect(await sandbox.signatures()).toBe(1);
	});
});

describe('the output', () => {
	test('is the whole answer without content when Simplify is off', async () => {
		const options = { simplify: false };
		const [item] = await itemsOf(await run([{ files: { data: await pdf('whole') } }], { options }));
		expect(item?.json).toMatchObject({
			id: expect.any(Number),
			type: 'SIGN',
			documentList: [
				expect.objectContaining({ signStatus: 'SIGNED', contentLength: expect.any(Number) }),
			],
		});
		expect(JSON.stringify(item?.json)).not.toContain('signedContent');
	});

	test('has no file when Return Signed Document is off, and Get Operation returns it', async () => {
		const options = { returnSignedDocument: false };
		const [item] = await itemsOf(await run([{ files: { data: await pdf('off') } }], { options }));
		expect(item?.json).toMatchObject({ signStatus: 'SIGNED', recovered: false });
		expect(item?.binary).toBeUndefined();
		const parameters = {
			resource: 'operation',
			operation: 'getOperation',
			operationId: String(item?.json.operationId),
		};
		const data = resolvedCredential(sandbox);
		const [fetched] = await itemsOf(await runNode(data, parameters, [{}]));
		expect((await bytesOf(fetched, 'data')).includes('/ByteRange')).toBe(true);
	});
});

describe('Visible Signature', () => {
	const visible = { visibleSignature: true };
	const sign = async (parameters: object, more = {}) =>
		await itemsOf(
			await run(
				[{ files: { data: await pdf('SELO'), ...more } }],
				{ ...visible, ...parameters },
				continuing,
			),
		);

	test.each<[name: string, parameters: object]>([
		['coordinates with the template of the service', { visibleX: 10, visibleY: 20 }],
		[
			'a placeholder word with custom text, size, font and background',
			{
				visiblePlacement: 'PLACEHOLDER',
				visiblePlaceholder: 'SELO',
				pdfDetails: {
					text: 'Signed',
					width: 90,
					height: 30,
					fontSize: 8,
					backgroundColor: '#FFEE00',
				},
			},
		],
		['a PNG', { pdfDetails: { imageField: 'logo', transparentBackground: true } }],
	])('with %s is drawn by the service', async (_, parameters) => {
		const [item] = await sign(parameters, { logo: png() });
		expect(item?.json.signStatus ?? item?.json).toBe('SIGNED');
		const signed = (await bytesOf(item, 'data')).toString('latin1');
		expect(signed).toMatch(/\/AP\b/);
	});

	test.each<[name: string, parameters: object, words: string]>([
		['an invalid page', { visiblePage: 0 }, "'Page' of 'Visible Signature'"],
		['half a pixel', { visibleX: 1.5 }, "'X (From Left)' of 'Visible Signature'"],
		[
			'an X from an expression that yields nothing',
			{ visibleX: '={{ $json.nothing }}' },
			"'X (From Left)' of 'Visible Signature' is empty",
		],
		['an empty Y', { visibleY: '={{ "" }}' }, "'Y (From Top)' of 'Visible Signature' is empty"],
		['a place outside the page', { visibleX: 595 }, "'X (From Left)' puts the drawing"],
		[
			'a drawing that extends below the page',
			{ visibleY: 783, pdfDetails: { width: 200, height: 60 } },
			'it would extend to 843 points, and the page has 842',
		],
		['a missing placeholder', { visiblePlacement: 'PLACEHOLDER' }, "'Placeholder Word' of"],
		['a missing field', { visiblePlacement: 'SIGN_FIELD' }, "'Signature Field' of"],
		['an empty text', { pdfDetails: { text: ' ' } }, "'Text' of 'Visible Signature'"],
		['an incomplete size', { pdfDetails: { width: 20 } }, "'Height' of 'Visible Signature'"],
		['an invalid color', { pdfDetails: { backgroundColor: 'red' } }, "'Background Color'"],
		['an invalid font size', { pdfDetails: { fontSize: 0 } }, "'Font Size' of"],
		['an invalid image', { pdfDetails: { imageField: 'data' } }, "of 'Image Field' is neither"],
		['a missing image', { pdfDetails: { imageField: 'nowhere' } }, "that 'Image Field' names"],
	])('with %s is refused before anything is sent', async (_, parameters, words) => {
		const [item] = await sign(parameters);
		expect(faultOf(item).message).toContain(words);
		expect(faultOf(item).description).toContain('This document was not sent.');
		expect(await sandbox.calls('sign')).toBe(0);
	});

	test("uses the panel's default coordinates when none are given, counted from the top", async () => {
		const [item] = await sign({ pdfDetails: { width: 545, height: 122 } });
		const signed = (await bytesOf(item, 'data')).toString('latin1');
		expect(signed).toContain('/Rect [ 50 0 595 122 ]');
	});

	test('and other PDF settings on an XML file are refused by name', async () => {
		const xml = [{ files: { data: ubl('no pdf') } }];
		const [drawn] = await itemsOf(await run(xml, visible, continuing));
		expect(faultOf(drawn).message).toContain("'Visible Signature' is for PDF files");
		const [reason] = await itemsOf(await run(xml, { pdfDetails: { reason: 'x' } }, continuing));
		expect(faultOf(reason).message).toContain("'PDF Signature Details' is for PDF files");
	});

	test('sends a JPEG as a JPEG', async () => {
		const [item] = await sign({ pdfDetails: { imageField: 'logo' } }, { logo: jpeg() });
		expect(faultOf(item).message ?? item?.json.signStatus).toBe('SIGNED');
	});
});

import { BinaryDataService } from 'n8n-core';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, hintsOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
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

const continuing = { onError: 'continueRegularOutput' as const };
const run = async (input: InputItem[], parameters = {}) =>
	await runNode(
		resolvedCredential(sandbox),
		{ operation: 'sign', ...parameters },
		input,
		continuing,
	);
const recover = async (externalReference: string) =>
	(await itemsOf(await run([{}], { operation: 'recoverByReference', externalReference })))[0];

describe('items with the same document share its signature', () => {
	const both = async (json: [object, object], parameters: object) => {
		const { content } = await pdf('shared');
		const names = ['a.pdf', 'b.pdf'];
		const input = names.map((fileName, index) => ({
			json: { ...json[index] },
			files: { data: { content, fileName } },
		}));
		return await run(input, parameters);
	};

	test('and each has its own file name', async () => {
		const items = await itemsOf(await both([{}, {}], {}));
		expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual([
			'a_signed.pdf',
			'b_signed.pdf',
		]);
		expect(items.map(({ json }) => json.documentName)).toEqual(['a.pdf', 'b.pdf']);
		expect(await bytesOf(items[0], 'data')).toEqual(await bytesOf(items[1], 'data'));
		expect(await sandbox.signatures()).toBe(1);
	});

	test.each([
		[false, true],
		[true, false],
	])('and each gets its file if it wants one: %s, %s', async (first, second) => {
		const options = { returnSignedDocument: '={{ $json.wanted }}' };
		const items = await itemsOf(await both([{ wanted: first }, { wanted: second }], { options }));
		expect(items.map(({ binary }) => binary?.data !== undefined)).toEqual([first, second]);
		expect(await sandbox.signatures()).toBe(1);
	});

	const emailDelivery = { emailReceivers: '={{ $json.to }}' };
	const mailed = async (): Promise<string[]> => {
		const mails = await sandbox.get<Array<{ email: string }>>('/outbox');
		return mails.map(({ email }) => email).sort();
	};

	test('and the receivers of each are emailed, once', async () => {
		const to = [{ to: 'a@example.com, b@example.com' }, { to: 'b@example.com, c@example.com' }];
		const items = await itemsOf(await both([to[0] ?? {}, to[1] ?? {}], { emailDelivery }));
		expect(items.every(({ json }) => json.signStatus === 'SIGNED')).toBe(true);
		expect(await mailed()).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
		expect(await sandbox.signatures()).toBe(1);
	});

	test('and a hint says so when a further receiver could not be emailed', async () => {
		const action = { type: 'answer', status: 500 };
		await sandbox.control('POST', '/faults', { on: 'resend', moment: 'received', action });
		const done = await both([{ to: 'a@example.com' }, { to: 'c@example.com' }], { emailDelivery });
		const [, second] = await itemsOf(done);
		expect(second?.json.signStatus).toBe('SIGNED');
		expect(hintsOf(done).join()).toContain('it is not certain that every receiver was emailed');
	});
});

test('for fifty small documents sent one by one, a hint says what gathering would save', async () => {
	const input = Array.from({ length: 50 }, (_, n) => ({
		files: { data: ubl(`many ${n}`, `${n}.xml`) },
	}));
	const hint = expect.stringContaining('50 documents took 50 requests.');
	expect(hintsOf(await run(input))).toEqual([hint]);
	const gathered = await run(input, { options: { documentsPerRequest: 50 } });
	expect(hintsOf(gathered)).not.toContainEqual(hint);
});

test('two different files with the same name get different names', async () => {
	const files = [await pdf('one'), await pdf('other')];
	const items = await itemsOf(await run(files.map((data) => ({ files: { data } }))));
	expect(items.map(({ binary }) => binary?.data?.fileName)).toEqual([
		'invoice_signed.pdf',
		'invoice_signed (2).pdf',
	]);
});

test('when n8n cannot store the signed file, the fault says that the document is signed, and how to get the file', async () => {
	const store = jest.spyOn(BinaryDataService.prototype, 'store');
	const input = [{ files: { data: await pdf('disk full') } }];
	store.mockImplementation(async function (this: BinaryDataService, ...given) {
		const [location] = given;
		if (!JSON.stringify(location).includes('input')) throw new Error('ENOSPC: no space left');
		return await original.apply(this, given);
	});
	const [item] = await itemsOf(await run(input, { externalReference: 'FT_9' }));
	store.mockRestore();
	const { message, description, details } = faultOf(item);
	expect(message).toContain("'invoice.pdf' is signed, but n8n could not process it");
	expect(message).toContain('ENOSPC');
	expect(description).toContain("'Recover by Reference' with 'FT_9'");
	expect(details).toMatchObject({ externalReference: 'FT_9' });
	expect((await recover('FT_9'))?.binary?.data).toBeDefined();
});

const original = BinaryDataService.prototype.store;

test('a corrected file of the same length and name is not mistaken for the one that was signed', async () => {
	const file = ubl('FT 2025/1');
	const corrected = {
		...file,
		content: Buffer.from(file.content.toString().replace('2025', '2026')),
	};
	expect(corrected.content.length).toBe(file.content.length);
	const given = { externalReference: 'FT_1', ublSignature: 'off' };
	await itemsOf(await run([{ files: { data: file } }], given));
	const [item] = await itemsOf(await run([{ files: { data: corrected } }], given));
	expect(faultOf(item).message).toContain(
		"under the external reference 'FT_1' is not 'invoice.xml' as it is now",
	);
	expect(faultOf(item).description).toContain("give it its own 'External Reference'");
	expect(await sandbox.signatures()).toBe(1);
});

test('a member of a reference row leads to the whole row', async () => {
	const input = [{ files: { data: await pdf('row') } }];
	const given = { externalReference: 'FT_2' };
	const match = { nameContains: 'invoice' };
	const failing = [{ match, signError: 'CERT_SERVICE_GLOBAL_ERROR' }];
	await sandbox.control('PATCH', '/settings', { signErrors: failing });
	await run(input, given);
	const [second] = await itemsOf(await run(input, given));
	expect(faultOf(second).details).toMatchObject({ externalReference: 'FT_2~2' });
	await sandbox.control('PATCH', '/settings', { signErrors: [] });
	const [third] = await itemsOf(await run(input, given));
	expect(third?.json.externalReference).toBe('FT_2~3');
	expect((await recover('FT_2~2'))?.json).toMatchObject({
		result: 'signed',
		externalReference: 'FT_2~3',
	});
	const [refused] = await itemsOf(await run(input, { externalReference: 'FT_2~2' }));
	expect(faultOf(refused).description).toContain("Give 'FT_2'");
});

test('a document that cannot be signed as it is does not use up its reference row', async () => {
	const input = [{ files: { data: await pdf('misfit') } }];
	const given = { externalReference: 'FT_3' };
	const failing = [{ match: { nameContains: '' }, signError: 'CONFIGURATION_SIGN_ERROR' }];
	await sandbox.control('PATCH', '/settings', { signErrors: failing });
	await run(input, given);
	const [again] = await itemsOf(await run(input, given));
	expect(faultOf(again).details).toMatchObject({ externalReference: 'FT_3' });
	expect(faultOf(again).description).toContain('Check that the file opens in a program');
});

test('a PDF that was signed as CAdES comes back as CAdES', async () => {
	const signed = await run([{ files: { data: await pdf('cades') } }], { signatureType: 'CAdES' });
	const [item] = await itemsOf(signed);
	const found = await recover(String(item?.json.externalReference));
	expect(found?.binary?.data).toMatchObject({
		fileName: 'invoice_signed.pdf.p7m',
		mimeType: 'application/pkcs7-mime',
	});
});

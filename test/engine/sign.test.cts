import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, faultOf, itemsOf, runNode, type InputItem } from '../support/engine.cts';
import { pdf, ubl } from '../support/files.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const credentials = () => resolvedCredential(sandbox);
const sign = async (input: InputItem[], parameters = {}, settings = {}) =>
	await runNode(credentials(), { operation: 'sign', ...parameters }, input, settings);

describe('Sign', () => {
	test('returns a PDF as a PAdES-signed file, with its paired item and no content in json', async () => {
		const file = await pdf('main path');
		const run = await sign([{ files: { data: file } }]);
		const [item] = await itemsOf(run);
		expect(item?.json).toMatchObject({
			operationStatus: 'EXECUTED',
			documentName: 'invoice.pdf',
			signatureType: 'PAdES',
			signStatus: 'SIGNED',
			recovered: false,
		});
		expect(item?.json).not.toHaveProperty('error');
		expect(item?.pairedItem).toEqual({ item: 0 });
		expect(item?.binary?.data).toMatchObject({
			fileName: 'invoice_signed.pdf',
			mimeType: 'application/pdf',
		});
		const signed = await bytesOf(item, 'data');
		expect(signed.includes('/ETSI.CAdES.detached')).toBe(true);
		expect(item?.json.fileSize).toBe(signed.length);
		expect(JSON.stringify(run.data.resultData.runData)).not.toContain(
			signed.toString('base64', 0, 60),
		);
	});

	test('prepares a UBL invoice without the extension and signs it under SignatureInformation', async () => {
		const run = await sign([{ files: { data: ubl('FT 1') } }]);
		const signed = (await bytesOf((await itemsOf(run))[0], 'data')).toString();
		expect(signed).toMatch(
			/<sac:SignatureInformation[^>]*>\s*<(ds:)?Signature[\s\S]*QualifyingProperties/,
		);
		expect(signed).toContain('<cbc:ID>FT 1</cbc:ID>');
	});

	test('keeps the order and the paired items of many items', async () => {
		const input = await Promise.all(
			[...Array(9).keys()].map(async (n) => ({ files: { data: await pdf(`n${n}`, `${n}.pdf`) } })),
		);
		const items = await itemsOf(await sign(input, { options: { parallelRequests: 4 } }));
		expect(items.map((item) => item.binary?.data?.fileName)).toEqual(
			input.map((_, n) => `${n}_signed.pdf`),
		);
		expect(items.map((item) => item.pairedItem)).toEqual(input.map((_, item) => ({ item })));
	});

	test('returns the same signature for the same document, and sends one request for two copies', async () => {
		const file = await pdf('twice');
		const [first, copy] = await itemsOf(
			await sign([{ files: { data: file } }, { files: { data: file } }]),
		);
		const [again] = await itemsOf(await sign([{ files: { data: file } }]));
		expect(again?.json).toMatchObject({ recovered: true, operationId: first?.json.operationId });
		expect(await bytesOf(again, 'data')).toEqual(await bytesOf(first, 'data'));
		expect(await bytesOf(copy, 'data')).toEqual(await bytesOf(first, 'data'));
		expect(await sandbox.signatures()).toBe(1);
	});

	test('passes receivers, description, field and details on to the service', async () => {
		const run = await sign([{ files: { file: await pdf('details') } }], {
			binaryPropertyName: 'file',
			externalReference: 'FT 2025/1',
			emailDelivery: { emailReceivers: 'a@example.com, b@example.com', attachDocuments: true },
			options: { outputField: 'signed', documentName: 'FT.pdf' },
		});
		const [item] = await itemsOf(run);
		expect(item?.json).toMatchObject({ externalReference: 'FT_2025_1', documentName: 'FT.pdf' });
		expect(item?.json.receivers).toMatchObject([
			{ email: 'a@example.com' },
			{ email: 'b@example.com' },
		]);
		expect(Object.keys(item?.binary ?? {})).toEqual(['signed']);
	});
});

describe('Sign, when the outcome is not known,', () => {
	test.each(['received', 'registered', 'signed', 'answering'])(
		'makes one signature and returns it after a connection reset at %s',
		async (moment) => {
			await sandbox.control('POST', '/faults', { on: 'sign', moment, action: { type: 'reset' } });
			const [item] = await itemsOf(await sign([{ files: { data: await pdf(`reset ${moment}`) } }]));
			expect(item?.json.signStatus).toBe('SIGNED');
			expect(await sandbox.signatures()).toBe(1);
		},
	);

	test('looks up an answer that was cut off, and reports it as a signature of this run', async () => {
		await sandbox.control('POST', '/faults', {
			on: 'sign',
			moment: 'answering',
			action: { type: 'cut', afterBytes: 50 },
		});
		const [item] = await itemsOf(await sign([{ files: { data: await pdf('cut') } }]));
		expect(item?.json).toMatchObject({ signStatus: 'SIGNED', recovered: false });
		expect(await sandbox.signatures()).toBe(1);
	});

	test('renews a revoked token', async () => {
		const data = credentials();
		await itemsOf(
			await runNode(data, { operation: 'sign' }, [{ files: { data: await pdf('t1') } }]),
		);
		await sandbox.control('POST', '/tokens/revoke');
		await itemsOf(
			await runNode(data, { operation: 'sign' }, [{ files: { data: await pdf('t2') } }]),
		);
		expect(await sandbox.signatures()).toBe(2);
	});
});

describe('Sign with bad input sends nothing:', () => {
	test.each<[name: string, files: () => Promise<InputItem>, parameters: object, words: string]>([
		['a missing file', async () => ({}), {}, "'Input Data Field Name'"],
		[
			'an empty file',
			async () => ({ files: { data: { content: Buffer.alloc(0), fileName: 'a.pdf' } } }),
			{},
			'is empty',
		],
		[
			'a file that is neither PDF nor XML',
			async () => ({ files: { data: { content: Buffer.from('hello'), fileName: 'a.pdf' } } }),
			{},
			"'Signature Type' Automatic",
		],
		[
			'PAdES on an XML file',
			async () => ({ files: { data: ubl('1') } }),
			{ signatureType: 'PAdES' },
			"'Signature Type' PAdES needs a PDF",
		],
		[
			'a UBL location that is not in the document',
			async () => ({ files: { data: ubl('2') } }),
			{ ublDetails: { prepareDocument: false } },
			"'SignatureInformation' of 'Signature Location'",
		],
		[
			'a second field that is missing',
			async () => ({ files: { data: await pdf('one of two') } }),
			{ binaryPropertyName: '={{ $itemIndex === 0 ? "nothing" : "data" }}' },
			"the field 'nothing' that 'Input Data Field Name' names",
		],
		[
			'no field name at all',
			async () => ({ files: { data: await pdf('unnamed') } }),
			{ binaryPropertyName: '={{ $itemIndex === 0 ? "," : "data" }}' },
			"'Input Data Field Name' is empty",
		],
		[
			'an XML file with a DOCTYPE that is to be prepared',
			async () => ({
				files: {
					data: {
						content: Buffer.from('<!DOCTYPE Invoice><Invoice><a/></Invoice>'),
						fileName: 'i.xml',
					},
				},
			}),
			{ ublSignature: 'on' },
			"'i.xml' cannot be prepared for a UBL signature: it has a document type",
		],
		[
			'a malformed address',
			async () => ({ files: { data: await pdf('mail') } }),
			{ emailDelivery: { emailReceivers: 'a@example.com, nobody' } },
			"'nobody' in 'Email Receivers'",
		],
	])('%s', async (_, files, parameters, words) => {
		const input = [await files(), { files: { data: await pdf('good neighbour') } }];
		const goesOn = await sign(input, parameters, { onError: 'continueRegularOutput' });
		const [bad, good] = await itemsOf(goesOn);
		expect(bad?.json).toMatchObject({
			error: {
				message: expect.stringContaining(words),
				description: expect.stringContaining('This document was not sent.'),
				details: { parameter: expect.any(String) },
			},
		});
		expect(faultOf(bad).message).toContain('[item 0]');
		expect([bad, good].map((item) => item?.pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);

		const parted = await sign(input, parameters, { onError: 'continueErrorOutput' });
		const [regular, faults] = parted.data.resultData.runData.SignStash?.[0]?.data?.main ?? [];
		expect(faults?.[0]?.json).toEqual(bad?.json);
		expect(regular?.length ?? 0).toBe(good?.json.error === undefined ? 1 : 0);

		const stops = await sign(input.slice(0, 1), parameters);
		await expect(itemsOf(stops)).rejects.toMatchObject({
			message: expect.stringContaining(words),
			description: expect.stringContaining('This document was not sent.'),
		});
		const calls = await sandbox.get<Array<{ externalReferences?: string[] }>>('/calls');
		const sent = new Set(calls.flatMap((call) => call.externalReferences ?? []));
		expect(sent.size).toBe(good?.json.error === undefined ? 1 : 0);
	});
});

describe('a fault', () => {
	test("names the service's code for a signing error", async () => {
		await sandbox.control('PATCH', '/settings', {
			signErrors: [{ match: { nameContains: 'bad' }, signError: 'INVALID_CERT_SERVICE_CREDS' }],
		});
		const run = await sign(
			[{ files: { data: await pdf('bad', 'bad.pdf') } }, { files: { data: await pdf('good') } }],
			{},
			{ onError: 'continueRegularOutput' },
		);
		const [bad, good] = await itemsOf(run);
		expect(faultOf(bad).message).toContain('INVALID_CERT_SERVICE_CREDS');
		expect(faultOf(bad).details).toMatchObject({ serviceCode: 'INVALID_CERT_SERVICE_CREDS' });
		expect(good?.json.signStatus).toBe('SIGNED');
	});

	test('distinguishes a wrong secret from a wrong URL', async () => {
		const file = { files: { data: await pdf('credential') } };
		const wrongSecret = { ...credentials(), clientSecret: 'wrong' };
		const secret = itemsOf(await runNode(wrongSecret, { operation: 'sign' }, [file]));
		await expect(secret).rejects.toMatchObject({
			message: expect.stringContaining('access token'),
		});
		const wrongUrl = { ...credentials(), apiBaseUrl: 'http://127.0.0.1:1/signstash' };
		const url = itemsOf(await runNode(wrongUrl, { operation: 'sign' }, [file]));
		await expect(url).rejects.toMatchObject({
			message: expect.stringContaining('the connection was refused'),
		});
		expect(await sandbox.signatures()).toBe(0);
	});
});

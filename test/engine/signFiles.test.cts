import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import {
	bytesOf,
	faultOf,
	hintsOf,
	itemsOf,
	runNode,
	type InputFile,
	type InputItem,
} from '../support/engine.cts';
import { pdf, png, ubl } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const run = async (input: InputItem[], parameters = {}, settings = {}) =>
	await runNode(resolvedCredential(sandbox), { operation: 'sign', ...parameters }, input, settings);

const attachments = async (...texts: string[]) =>
	Object.fromEntries(
		await Promise.all(
			texts.map(
				async (text, index) => [`attachment_${index}`, await pdf(text, `${text}.pdf`)] as const,
			),
		),
	);

describe('several files of one item', () => {
	test('are signed in natural order when a pattern matches them, other files being left out with a hint', async () => {
		const files = {
			attachment_10: await pdf('ten', 'ten.pdf'),
			attachment_2: ubl('two', 'two.xml'),
			attachment_3: png(),
			body: await pdf('not meant'),
		};
		const result = await run([{ files }], { binaryPropertyName: 'attachment_*' });
		const items = await itemsOf(result);
		expect(
			items.map(({ binary }) =>
				Object.entries(binary ?? {}).map(([field, { fileName }]) => [field, fileName]),
			),
		).toEqual([[['attachment_2', 'two_signed.xml']], [['attachment_10', 'ten_signed.pdf']]]);
		expect(items.map((item) => item.pairedItem)).toEqual([{ item: 0 }, { item: 0 }]);
		expect(hintsOf(result)).toEqual([expect.stringContaining('logo.png')]);
	});

	test.each<[what: string, file: Partial<InputFile>, told: string]>([
		[
			'is empty',
			{ content: Buffer.alloc(0) },
			"'a.pdf' in field 'attachment_0' of 'Input Data Field Name' is empty",
		],
		[
			'is a page',
			{ content: Buffer.from('<!DOCTYPE html><html>Please log in</html>') },
			'but an HTML page',
		],
		[
			'is a page in XML',
			{ content: Buffer.from('<?xml version="1.0"?><html/>'), fileName: 'a.xml' },
			"'a.xml' is an HTML page (XHTML)",
		],
		[
			'is base64',
			{ content: Buffer.from(Buffer.from('%PDF-1.7 and so on').toString('base64')) },
			'but a file as base64 text',
		],
		['is anything', { content: Buffer.from('?') }, "'a.pdf' is neither a PDF nor an XML file"],
		[
			'says so by its type only',
			{ content: Buffer.from('?'), fileName: 'a', mimeType: 'application/pdf' },
			"'a' is neither",
		],
	])(
		'include one that claims to be a PDF or XML and %s: it fails as a separate item',
		async (_, file, told) => {
			const named = {
				content: Buffer.alloc(0),
				fileName: 'a.pdf',
				mimeType: 'application/octet-stream',
			};
			const files = {
				attachment_0: { ...named, ...file },
				attachment_1: await pdf(`beside what ${told}`),
			};
			const result = await run([{ files }], { binaryPropertyName: 'attachment_*' }, continuing);
			const [fault, signed] = await itemsOf(result);
			expect(faultOf(fault).message).toContain(told);
			expect(signed?.json.signStatus).toBe('SIGNED');
			expect(hintsOf(result)).toEqual([]);
		},
	);

	test('are left out by a pattern when they claim no type, or are pages or drawings', async () => {
		const file = (text: string, fileName: string, mimeType: string): InputFile => ({
			content: Buffer.from(text),
			fileName,
			mimeType,
		});
		const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>';
		const files = {
			a_0: file('', 'empty.bin', 'application/octet-stream'),
			a_1: file(svg, 'logo.svg', 'image/svg+xml'),
			a_2: file(svg, 'mark.svg', 'text/xml'),
			a_3: file('<?xml version="1.0"?><html/>', 'page.xhtml', 'application/xhtml+xml'),
			a_4: file('<html/>', 'mail.html', 'text/html'),
			a_5: await pdf('the one'),
		};
		const result = await run([{ files }], { binaryPropertyName: 'a_*' });
		expect((await itemsOf(result)).map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['a_5'],
		]);
		expect(hintsOf(result)).toEqual([
			expect.stringContaining('empty.bin, logo.svg, mark.svg, page.xhtml, mail.html'),
		]);
		const named = await itemsOf(await run([{ files }], { binaryPropertyName: 'a_1' }));
		expect(named[0]?.json).toMatchObject({ signStatus: 'SIGNED', signatureType: 'XAdES' });
	});

	test('include one that n8n no longer has: the fault gives its name and field, and the others are signed', async () => {
		const gone =
			"{ mimeType: 'application/pdf', fileName: 'gone.pdf', data: '', id: 'filesystem-v2:workflows/1/none' }";
		const input = [{ files: { there: await pdf('still there') } }];
		const binaryPropertyName = `={{ [${gone}, $binary.there] }}`;
		const items = await itemsOf(await run(input, { binaryPropertyName }, continuing));
		expect(faultOf(items[0])).toMatchObject({
			message: expect.stringContaining(
				"The file 'gone.pdf' in field 'data' of 'Input Data Field Name' cannot be read from n8n's storage",
			),
			description: expect.stringContaining('Run the step that provides it again'),
		});
		expect(items[1]?.json.signStatus).toBe('SIGNED');
	});

	test('are all matched by a pattern with CAdES', async () => {
		const result = await run([{ files: { attachment_0: png() } }], {
			binaryPropertyName: 'attachment_*',
			signatureType: 'CAdES',
		});
		expect((await itemsOf(result))[0]?.binary?.attachment_0?.fileName).toBe('logo_signed.png.p7m');
	});

	test('get the PDF or UBL settings that apply to them', async () => {
		const files = { attachment_0: await pdf('drawn'), attachment_1: ubl('beside') };
		const parameters = { visibleSignature: true, ublSignature: 'on', pdfDetails: { reason: 'r' } };
		const items = await itemsOf(
			await run([{ files }], { binaryPropertyName: 'attachment_*', ...parameters }),
		);
		expect((await bytesOf(items[0], 'attachment_0')).toString('latin1')).toMatch(/\/AP\b/);
		expect((await bytesOf(items[1], 'attachment_1')).toString()).toContain('SignatureInformation');
	});

	test('get numbered references from a given one, and different derived ones', async () => {
		const files = await attachments('a', 'b');
		const named = 'attachment_0, attachment_1';
		const given = await run([{ files }], {
			binaryPropertyName: named,
			externalReference: 'FT 2025/9',
		});
		expect((await itemsOf(given)).map(({ json }) => json.externalReference)).toEqual([
			'FT_2025_9-1',
			'FT_2025_9-2',
		]);
		expect(hintsOf(given)).toEqual([expect.stringContaining('FT 2025/9')]);
		const derived = await itemsOf(await run([{ files }], { binaryPropertyName: named }));
		expect(new Set(derived.map(({ json }) => json.externalReference)).size).toBe(2);
	});

	test('are signed although one of them is invalid', async () => {
		const files = { a: await pdf('good'), b: { ...png(), fileName: 'b.pdf' }, c: ubl('3') };
		const result = await run([{ files }], { binaryPropertyName: 'a, b, c' }, continuing);
		const items = await itemsOf(result);
		expect(items.map(({ json }) => json.signStatus ?? 'fault')).toEqual([
			'SIGNED',
			'fault',
			'SIGNED',
		]);
		expect(await sandbox.signatures()).toBe(2);
	});

	test('lead to a fault when a pattern matches nothing that can be signed', async () => {
		const input: InputItem[] = [
			{ files: { attachment_0: png() } },
			{ files: { data: await pdf('x') } },
			{},
		];
		const parameters = { binaryPropertyName: 'attachment_*' };
		const items = await itemsOf(await run(input, parameters, continuing));
		expect(items.map((item) => faultOf(item).message)).toEqual([
			expect.stringContaining("'logo.png' is neither a PDF nor an XML file"),
			expect.stringContaining("matches 'attachment_*' of 'Input Data Field Name'"),
			expect.stringContaining("matches 'attachment_*' of 'Input Data Field Name'"),
		]);
		expect(faultOf(items[1]).description).toContain("files in 'data'");
	});
});

const continuing = { onError: 'continueRegularOutput' as const };

describe('one item per input item', () => {
	const perInputItem = { outputItems: 'perInputItem' };

	test("keeps the input's json and contains every signed file and its details", async () => {
		const input = [
			{ json: { invoice: 7, error: 'of an earlier step' }, files: await attachments('p', 'q') },
			{ json: { invoice: 8 }, files: await attachments('r') },
		];
		const parameters = { binaryPropertyName: 'attachment_*', options: perInputItem };
		const items = await itemsOf(await run(input, parameters));
		expect(items.map(({ json }) => json)).toEqual([
			{
				invoice: 7,
				documents: [expect.objectContaining({ documentName: 'p.pdf' }), expect.anything()],
			},
			{ invoice: 8, documents: [expect.objectContaining({ documentName: 'r.pdf' })] },
		]);
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['attachment_0', 'attachment_1'],
			['attachment_0'],
		]);
	});

	test('numbers the output field for several files, and reports a fault as a separate item', async () => {
		const files = {
			...(await attachments('s', 't')),
			attachment_5: { ...png(), fileName: 'u.pdf' },
		};
		const options = { ...perInputItem, outputField: 'signed' };
		const parameters = { binaryPropertyName: 'attachment_0,attachment_5,attachment_1', options };
		const items = await itemsOf(await run([{ files }], parameters, continuing));
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['signed', 'signed_1'],
			[],
		]);
		expect(faultOf(items[1]).message).toContain("'u.pdf'");
	});
});

test('json that looks like a file does not count as one, where files are not in json', async () => {
	const data = (await pdf('from anyone')).content.toString('base64');
	const json = { attachment_0: { mimeType: 'application/pdf', data, fileName: 'a.pdf' } };
	const [item] = await itemsOf(
		await run([{ json }], { binaryPropertyName: 'attachment_*' }, continuing),
	);
	expect(faultOf(item).message).toContain("matches 'attachment_*'");
});

test('the same given reference for two documents: the second is refused, and is not sent', async () => {
	const input = [{ files: { data: await pdf('one') } }, { files: { data: await pdf('two') } }];
	const items = await itemsOf(await run(input, { externalReference: 'R' }, continuing));
	expect(items[0]?.json.signStatus).toBe('SIGNED');
	expect(faultOf(items[1]).message).toContain('used by two different documents');
	expect(await sandbox.signatures()).toBe(1);
});

test('with Continue (using error output) good and bad items are separated, each with its paired item', async () => {
	const input = [{ files: { data: await pdf('good') } }, {}, { files: { data: ubl('good') } }];
	const result = await run(input, {}, { onError: 'continueErrorOutput' });
	const [good, bad] = result.data.resultData.runData.SignStash?.[0]?.data?.main ?? [];
	expect(good?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 2 }]);
	expect(bad?.map(({ pairedItem, json }) => [pairedItem, json])).toEqual([
		[{ item: 1 }, { error: expect.objectContaining({ message: expect.any(String) }) }],
	]);
});

test('a failed item takes its input files to the error output, and only there', async () => {
	const input = [{ files: { data: ubl('review') } }];
	const refused = { signatureType: 'PAdES' };
	const toReview = await run(input, refused, { onError: 'continueErrorOutput' });
	const [, faults] = toReview.data.resultData.runData.SignStash?.[0]?.data?.main ?? [];
	expect(await bytesOf(faults?.[0], 'data')).toEqual(input[0]?.files.data.content);
	const [goesOn] = await itemsOf(await run(input, refused, { onError: 'continueRegularOutput' }));
	expect(faultOf(goesOn).message).toContain("'Signature Type' PAdES needs a PDF");
	expect(goesOn?.binary).toBeUndefined();
});

test.each(['attachment', 'attachment*'])(
	'a file whose name is a number is signed as %s',
	async (binaryPropertyName) => {
		const file = { ...(await pdf('numbered')), fileName: JSON.parse('2025123') };
		const items = await itemsOf(
			await run([{ files: { attachment: file } }], { binaryPropertyName }),
		);
		expect(items[0]?.json).toMatchObject({ documentName: '2025123' });
	},
);

test('files passed by an expression are signed like named ones', async () => {
	const input = [{ files: { a: await pdf('by expression') } }];
	const items = await itemsOf(await run(input, { binaryPropertyName: '={{ $binary.a }}' }));
	expect(items[0]?.json).toMatchObject({ signStatus: 'SIGNED', documentName: 'invoice.pdf' });
	expect((await bytesOf(items[0], 'data')).includes('/ByteRange')).toBe(true);
});

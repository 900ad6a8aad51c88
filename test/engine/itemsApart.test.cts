import type { INodeParameters } from 'n8n-workflow';
import { bytesOf, type InputItem } from '../support/engine.cts';
import { jpeg, pdf, png } from '../support/files.cts';
import { inReverse } from '../support/inReverse.cts';
import { ruled, stopServices, xml, type RuledRuns } from '../support/ruledRuns.cts';
import { signed } from '../support/ruledSignature.cts';
import { skipPauses } from '../support/skipPauses.cts';

/* Several items that differ in every parameter, in each operation: each item gets its own values. */

skipPauses();
afterEach(stopServices);

const files = ['apple', 'berry', 'grape', 'lemon'].map((name) => xml(name));
const reference = '=FT_{{ $json.name }}';
const pairs = files.map((_, item) => ({ item }));

/** A service with the four files: one operation for each, or one for all. */
async function holding(perRequest = 1): Promise<RuledRuns> {
	const runs = await ruled();
	const options = { documentsPerRequest: perRequest, parallelRequests: 1 };
	await runs.sign(files, { externalReference: reference, options });
	expect(runs.service.signatures).toBe(4);
	return runs;
}

/** Items that ask for the documents in a different order from the one they were signed in. */
const asked = [2, 0, 3, 1];
const asking: InputItem[] = asked.map((index, item) => ({
	json: {
		name: files[index]?.fileName ?? '',
		id: 1001 + index,
		field: `field${item}`,
		return: ['documents', 'details', 'documents', 'status'][item],
		simplify: item !== 2,
		receivers: `r${item}@example.com`,
		attach: item % 2 === 0,
	},
}));
const ownEach: INodeParameters = {
	return: '={{ $json.return }}',
	options: { outputField: '={{ $json.field }}', simplify: '={{ $json.simplify }}' },
};

describe('reading operations whose answers arrive in reverse order', () => {
	const operations: Record<string, INodeParameters> = {
		recoverByReference: { externalReference: reference },
		getOperation: { resource: 'operation', operationId: '={{ $json.id }}' },
	};

	test.each(Object.keys(operations))('give each item its own result: %s', async (operation) => {
		const runs = await holding();
		runs.service.obey({ before: inReverse(4, 'detail', 'status') });
		const parameters = { operation, ...operations[operation], ...ownEach };
		const { items, words } = await runs.run(parameters, asking);
		expect(words).toEqual(['', '', '', '']);
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		expect(items.map(({ json }) => json.operationId ?? json.id)).toEqual([1003, 1001, 1004, 1002]);
		expect(items.map(({ binary }) => Object.keys(binary ?? {}))).toEqual([
			['field0'],
			[],
			['field2'],
			[],
		]);
		expect(items.map(({ json }) => json.documentName)).toEqual([
			'grape.xml',
			'apple.xml',
			undefined,
			undefined,
		]);
		expect(items[2]?.json.documentList).toMatchObject([{ name: 'lemon.xml' }]);
		expect(await bytesOf(items[0], 'field0')).toEqual(signed(xml('grape').content));
		expect(await bytesOf(items[2], 'field2')).toEqual(signed(xml('lemon').content));
	});

	test("use each item's own If Not Found in recoverByReference", async () => {
		const runs = await holding();
		const input = ['fail', 'continue', 'continue', 'fail'].map((ifNotFound, item) => ({
			json: { ifNotFound, name: item < 2 ? 'nobody' : (files[item]?.fileName ?? '') },
		}));
		const externalReference = reference;
		const operation = 'recoverByReference';
		const ifNotFound = '={{ $json.ifNotFound }}';
		const { items, words } = await runs.run({ operation, externalReference, ifNotFound }, input);
		expect(words[0]).toContain("'FT_nobody' [item 0]");
		expect(items.map(({ json }) => json.result)).toEqual([
			undefined,
			'notFound',
			'signed',
			'signed',
		]);
	});

	test('return one document of an operation in recoverByReference, all of them in getOperation', async () => {
		const runs = await holding(4);
		const recovered = await runs.recover('FT_grape.xml');
		expect(recovered.lines).toEqual(['grape.xml: grape.xml']);
		const parameters = { operation: 'getOperation', resource: 'operation', operationId: 1001 };
		const { lines, items } = await runs.run(parameters, [{}]);
		expect(lines).toEqual(files.map(({ fileName }) => `${fileName}: ${fileName}`));
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(files.map(() => ({ item: 0 })));
	});
});

test("Resend Email uses each item's own operation, receivers and attachments", async () => {
	const runs = await holding();
	const parameters = {
		resource: 'operation',
		operation: 'resendEmail',
		operationId: '={{ $json.id }}',
		emailReceivers: '={{ $json.receivers }}',
		attachDocuments: '={{ $json.attach }}',
	};
	const { items } = await runs.run(parameters, asking);
	const expected = asking.map(({ json }) => [String(json?.id), [json?.receivers], json?.attach]);
	const { mails } = runs.service;
	expect(mails.map((one) => [one.operation, one.receivers, one.attach === 'true'])).toEqual(
		expected,
	);
	expect(
		items.map(({ json }) => [String(json.operationId), json.receivers, json.attachDocuments]),
	).toEqual(expected);
	expect(items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
});

describe('Sign', () => {
	const each: INodeParameters = {
		externalReference: reference,
		signatureType: '={{ $json.type }}',
		emailDelivery: {
			emailReceivers: '={{ $json.receivers }}',
			attachDocuments: '={{ $json.attach }}',
		},
		options: {
			outputField: '={{ $json.field }}',
			description: '={{ "about " + $json.name }}',
			documentName: '={{ $json.field + ".xml" }}',
			applyTimestamp: '={{ $json.attach }}',
			preserveContent: '={{ !$json.attach }}',
			returnSignedDocument: '={{ $json.wanted }}',
			parallelRequests: 4,
		},
	};

	test('signs and outputs each item with its own settings, whichever answer arrives first', async () => {
		const runs = await ruled({ before: inReverse(4, 'sign') });
		const input = asking.map(({ json }, item) => {
			const data = files[asked[item] ?? 0] ?? xml('none');
			return { json: { ...json, type: 'XAdES', wanted: item !== 3 }, files: { data } };
		});
		const { items, words } = await runs.run({ operation: 'sign', ...each }, input);
		expect(words).toEqual(['', '', '', '']);
		for (const [item, { json }] of items.entries()) {
			const own = asking[item]?.json ?? {};
			const request = runs.service.requests.find(({ documents: [document] }) =>
				document?.documentRequest.externalReference.endsWith(String(own.name)),
			);
			expect(request).toMatchObject({
				description: `about ${String(own.name)}`,
				returnSignedContent: item !== 3,
				documents: [
					{
						documentRequest: {
							name: `field${item}.xml`,
							base64Content: files[asked[item] ?? 0]?.content.toString('base64'),
						},
						signatureInfo: { applyTimestamp: own.attach },
					},
				],
				preservationInfo: {
					preserveContent: own.attach !== true,
					deliveryInfo: {
						attachDocuments: own.attach,
						personReceiver: [{ email: own.receivers }],
					},
				},
			});
			expect(json).toMatchObject({
				documentName: `field${item}.xml`,
				externalReference: `FT_${String(own.name)}`,
			});
			expect(Object.keys(items[item]?.binary ?? {})).toEqual(item === 3 ? [] : [`field${item}`]);
		}
		expect(items.map(({ pairedItem }) => pairedItem)).toEqual(pairs);
		expect(await bytesOf(items[1], 'field1')).toEqual(signed(xml('apple').content));
	});

	test("uses each item's own image", async () => {
		const runs = await ruled();
		const images = [png(), jpeg(), png()];
		const input = await Promise.all(
			images.map(async (logo, item) => ({
				files: { data: await pdf(`with image ${item}`), logo },
			})),
		);
		const visible = { visibleSignature: true, pdfDetails: { imageField: 'logo' } };
		await runs.run({ operation: 'sign', ...visible, options: { parallelRequests: 1 } }, input);
		const drawn = runs.service.requests.map(
			({ documents: [document] }) => document?.signatureInfo?.visibleSignatureInfo?.imageValue,
		);
		expect(drawn).toEqual(images.map(({ content }) => content.toString('base64')));
	});

	test('applies Document Name to a single document, while several keep their own names', async () => {
		const runs = await ruled();
		const input: InputItem[] = [
			{ files: { data: xml('one') } },
			{ files: { data: xml('two'), data2: xml('three') } },
		];
		const parameters = { binaryPropertyName: 'data*', options: { documentName: 'Invoice' } };
		const { items } = await runs.run({ operation: 'sign', ...parameters }, input);
		expect(items.map(({ json }) => json.documentName)).toEqual(['Invoice', 'two.xml', 'three.xml']);
	});

	test("applies each item's own If Already Signed within one request", async () => {
		const runs = await holding(4);
		const choices = ['return', 'fail', 'signAgain', 'return'];
		const input = files.map((data, item) => ({
			json: { name: data.fileName, choice: choices[item] ?? '' },
			files: { data },
		}));
		const options = { documentsPerRequest: 50, ifAlreadySigned: '={{ $json.choice }}' };
		const parameters = { operation: 'sign', externalReference: reference, options };
		const { lines, words } = await runs.run(parameters, input);
		expect(lines).toEqual([
			'apple.xml: apple.xml, recovered',
			'fault',
			'grape.xml: grape.xml',
			'lemon.xml: lemon.xml, recovered',
		]);
		expect(words[1]).toContain("'berry.xml' was signed before");
		expect(runs.service.signatures).toBe(5);
	});

	test.each([
		[35, reference, [30, 5]],
		[35, '', [35]],
	])(
		'sends %i documents with the references "%s" in requests of %j',
		async (count, externalReference, sizes) => {
			const runs = await ruled();
			const many = Array.from({ length: count }, (_, index) => xml(`number ${index + 10}`));
			const options = { documentsPerRequest: 100 };
			const { lines } = await runs.sign(many, { externalReference, options });
			expect(lines).toEqual(many.map(({ fileName }) => `${fileName}: ${fileName}`));
			expect(runs.service.requests.map(({ documents }) => documents.length)).toEqual(sizes);
		},
	);
});

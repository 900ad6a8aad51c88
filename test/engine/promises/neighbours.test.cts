import { bytesOf } from '../../support/engine.cts';
import { pdf } from '../../support/files.cts';
import type { Shown } from '../../support/ruledRules.cts';
import { ruled, stopServices, xml } from '../../support/ruledRuns.cts';
import { skipPauses } from '../../support/skipPauses.cts';

/* Invoice numbers that begin alike: FT 2025/1 is not FT 2025/12 cut short. */

skipPauses();
afterEach(stopServices);

const externalReference = '={{ $json.name.replace(/.pdf|.xml/, "") }}';
const together = { externalReference, options: { documentsPerRequest: 50 } };
const one = xml('apple', 'FT 2025-1.xml');
const twelve = xml('berry', 'FT 2025-12.xml');

/** The service shows only the first document of an operation. */
const onlyFirst = (shown: Shown): Shown => ({
	...shown,
	documentList: shown.documentList.slice(0, 1),
});

test('a new invoice is signed with one that was signed before and has the beginning of its number', async () => {
	const runs = await ruled();
	await runs.sign([one], together);
	const { lines, words } = await runs.sign([one, twelve], together);
	expect(words).toEqual(['', '']);
	expect(lines).toEqual([
		'FT 2025-1.xml: FT 2025-1.xml, recovered',
		'FT 2025-12.xml: FT 2025-12.xml',
	]);
	expect(runs.service.signatures).toBe(2);
});

test('and with one of several in an earlier operation', async () => {
	const runs = await ruled();
	const two = xml('grape', 'FT 2025-2.xml');
	await runs.sign([one, two], together);
	const { lines, words } = await runs.sign([one, two, twelve], together);
	expect(words).toEqual(['', '', '']);
	expect(lines[2]).toBe('FT 2025-12.xml: FT 2025-12.xml');
});

describe('an invoice that the service leaves out of its answers is not taken to be the other one', () => {
	test.each([true, false])('Return Signed Document: %s', async (returnSignedDocument) => {
		const runs = await ruled({ show: onlyFirst });
		const { words, items } = await runs.sign([one, twelve], {
			externalReference,
			options: { documentsPerRequest: 50, returnSignedDocument },
		});
		expect(words[1]).not.toContain('is another document');
		expect(items[1]?.json.documentName).not.toBe('FT 2025-12.xml');
	});

	test('although the service rewrites files, so that they show nothing', async () => {
		const rewritten = (text: string): string =>
			Buffer.from(
				`%PDF-1.7\n% ${text}\n1 0 obj <</Type/Catalog>> endobj /ByteRange [0 1 2 3]\n%%EOF\n`.padEnd(
					4000,
				) + '%%EOF',
			).toString('base64');
		const runs = await ruled({
			show: (shown) => ({
				...shown,
				documentList: onlyFirst(shown).documentList.map((document) => ({
					...document,
					signedContent: document.signedContent && rewritten(String(document.name)),
				})),
			}),
		});
		const files = [await pdf('one', 'FT 2025-1.pdf'), await pdf('twelve', 'FT 2025-12.pdf')];
		const { items } = await runs.sign(files, together);
		const second = items[1];
		const file = second?.binary?.data ? (await bytesOf(second, 'data')).toString() : '';
		expect(file).not.toContain('FT 2025-1.pdf');
	});

	test('nor is it recovered as the other one', async () => {
		const runs = await ruled();
		await runs.sign([one, twelve], together);
		runs.service.obey({ show: onlyFirst });
		const { lines } = await runs.recover('FT 2025-12');
		expect(lines).not.toEqual(['FT 2025-1.xml: FT 2025-1.xml']);
	});
});

test('references of one request that differ in upper and lower case only are two documents', async () => {
	const runs = await ruled();
	const files = [xml('apple', 'INV-a.xml'), xml('berry', 'INV-A.xml')];
	const { lines, words } = await runs.sign(files, together);
	expect(words).toEqual(['', '']);
	expect(lines).toEqual(['INV-a.xml: INV-a.xml', 'INV-A.xml: INV-A.xml']);
});

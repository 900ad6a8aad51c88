import { contentOf, wholeOf, type Content } from '../../nodes/SignStash/bytes/Content';
import { withSignatureExtension } from '../../nodes/SignStash/documents/ublExtension';
import { readXml } from '../../nodes/SignStash/documents/xml/readXml';
import { namespaces } from '../support/ublFiles.cts';

const list = (inside: string): string =>
	`<x:UBLExtensions xmlns:x="${namespaces.ext}"${inside === '' ? '/>' : `>${inside}</x:UBLExtensions>`}`;

describe('an extension is added at the same place, wherever its document is split:', () => {
	test.each([
		['without a list', '<Invoice><b>1</b></Invoice>'],
		['with an empty list', `<Invoice>${list('')}<b>1</b></Invoice>`],
		['with a list', `<Invoice>${list('<x:UBLExtension/>')}<b>1</b></Invoice>`],
	])('%s', async (_, document) => {
		const bytes = Buffer.from(document);
		const facts = await readXml(contentOf(bytes));
		const whole = await wholeOf(withSignatureExtension(contentOf(bytes), facts));
		expect(whole.length).toBeGreaterThan(bytes.length);
		for (let cut = 0; cut <= bytes.length; cut++) {
			const content: Content = {
				...contentOf(bytes),
				async *pieces() {
					yield bytes.subarray(0, cut);
					yield bytes.subarray(cut);
				},
			};
			const pieces: Buffer[] = [];
			for await (const piece of withSignatureExtension(content, facts).pieces()) pieces.push(piece);
			expect(Buffer.concat(pieces).equals(whole)).toBe(true);
			expect(pieces.every(({ length }) => length > 0)).toBe(true);
		}
	});
});

test('an extension is added at its place in a document that is read in several pieces', async () => {
	const before = `<!--${'x'.repeat(200_000)}--><Invoice>`;
	const content = contentOf(Buffer.from(`${before}<b>1</b></Invoice>`));
	const whole = await wholeOf(withSignatureExtension(content, await readXml(content)));
	const place = whole.indexOf('<ext:UBLExtensions');
	expect(place).toBe(before.length);
});

test('a document with an added extension releases the memory of the original', async () => {
	const bytes = Buffer.from('<Invoice><b>1</b></Invoice>');
	let released = 0;
	const content = { ...contentOf(bytes), release: () => released++ };
	withSignatureExtension(content, await readXml(content)).release();
	expect(released).toBe(1);
});

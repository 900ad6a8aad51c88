import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { documentOf, prepareForUbl, type Document } from '../../nodes/SignStash/documents/Document';
import { namespaces, ublFile, contentOf as ublContentOf } from '../support/ublFiles.cts';

const documentWith = (content: Buffer): Document =>
	documentOf({ field: 'data', name: 'a.xml', content: contentOf(content), head: content });
const info = { signatureLocation: 'SignatureInformation' };
const dsig = 'http://www.w3.org/2000/09/xmldsig#';

const invoice = (inside: string): string =>
	`<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">${inside}</Invoice>`;
const extensions = (inside: string): string =>
	`<ext:UBLExtensions xmlns:ext="${namespaces.ext}"><ext:UBLExtension><ext:ExtensionContent>${inside}</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>`;
const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:SignedInfo/></ds:Signature>`;

describe('a UBL document that is signed already is refused', () => {
	test.each([
		[
			'where UBL wants signatures',
			extensions(
				`<s:SignatureInformation xmlns:s="${namespaces.sac}">${signature}</s:SignatureInformation>`,
			),
		],
		['in another extension', extensions(signature)],
		['right under the root', `<ID/><Signature xmlns="${dsig}"/>`],
	])('%s, to be prepared or not', async (_, inside) => {
		for (const prepare of [true, false])
			await expect(
				prepareForUbl(documentWith(Buffer.from(invoice(inside))), info, prepare),
			).rejects.toMatchObject({
				message: expect.stringContaining("'a.xml' is signed already"),
				remedy: expect.stringContaining('This document was not sent.'),
				details: { parameter: 'UBL Signature' },
			});
	});

	test('in UTF-16 as well', async () => {
		const content = Buffer.from(`\ufeff${invoice(signature)}`, 'utf16le');
		await expect(
			prepareForUbl(documentWith(content), { signatureLocation: 'Invoice' }, false),
		).rejects.toThrow('signed already');
	});

	test.each([
		['an element of another namespace', '<Signature><ID>1</ID></Signature>'],
		['a comment', `<!-- ${signature} -->`],
		['text', `<ID><![CDATA[${signature}]]></ID>`],
	])('but not for %s', async (_, inside) => {
		const content = Buffer.from(invoice(inside));
		const prepared = await prepareForUbl(documentWith(content), info, true);
		expect(prepared.content.length).toBeGreaterThan(content.length);
	});
});

test('a document that is not well-formed is refused, with the reason', async () => {
	const content = Buffer.from(invoice('<ID scheme="x>1</ID>'));
	await expect(prepareForUbl(documentWith(content), info, true)).rejects.toThrow(
		"'a.xml' cannot be prepared for a UBL signature: '\"' is missing",
	);
});

test('a document of more than 50 MB is refused before it is read', async () => {
	const content = ublContentOf(ublFile('Invoice', '1'), {});
	const large = {
		length: 50_000_001,
		pieces: () => {
			throw new Error('read');
		},
		release: () => undefined,
	};
	await expect(
		prepareForUbl({ ...documentWith(content), content: large }, info, true),
	).rejects.toThrow('50 MB');
});

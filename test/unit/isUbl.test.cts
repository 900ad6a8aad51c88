import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { isUbl } from '../../nodes/SignStash/documents/ubl';
import { readXml } from '../../nodes/SignStash/documents/xml/readXml';
import { contentOf as bytesOf, ublFile } from '../support/ublFiles.cts';

const isUblFile = async (content: Buffer): Promise<boolean> =>
	isUbl(await readXml(contentOf(content)));

const invoice = 'urn:oasis:names:specification:ubl:schema:xsd:Invoice-2';

test.each(['Invoice', 'CreditNote', 'Peppol Invoice'] as const)(
	'%s is recognised as UBL, however it is written',
	async (kind) => {
		const ways = [
			{},
			{ rootPrefix: 'ubl' },
			{ encoding: 'ISO-8859-1', prologue: true },
			{ byteOrderMark: true, lineEnd: '\r\n', rootPrefix: 'ubl' },
		] as const;
		for (const how of ways)
			expect(await isUblFile(bytesOf(ublFile(kind, 'FT 1', how), how))).toBe(true);
	},
);

test.each<[what: string, text: string, is: boolean]>([
	['a root whose end has not been read', `<Invoice xmlns="${invoice}"><cbc:ID>`, true],
	['a document type before the root', `<!DOCTYPE Invoice><Invoice xmlns='${invoice}'/>`, true],
	['another UBL document type', `<Order xmlns="${invoice.replace('Invoice', 'Order')}"/>`, true],
	['UBL 1.0, which has no place for a signature', `<Invoice xmlns="${invoice}.0"/>`, false],
	['the namespace of another document', `<CreditNote xmlns="${invoice}"/>`, false],
	['no namespace', '<Invoice/>', false],
	[
		'the namespace on a prefix that the root does not use',
		`<Invoice xmlns:u="${invoice}"/>`,
		false,
	],
	['a UBL document within another', `<a><Invoice xmlns="${invoice}"/></a>`, false],
	['the namespace in a comment', `<!-- <Invoice xmlns="${invoice}"/> --><a/>`, false],
	['an unfinished root tag', `<Invoice xmlns="${invoice}"`, false],
	['nothing', '', false],
])('whether a file is UBL: %s', async (_, text, is) => {
	expect(await isUblFile(Buffer.from(text))).toBe(is);
	expect(await isUblFile(Buffer.from(text, 'utf16le'))).toBe(is);
});

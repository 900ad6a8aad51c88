import fc from 'fast-check';
import { parse } from 'node:path';
import {
	signedFileName,
	signedMimeType,
	uniqueName,
} from '../../nodes/SignStash/documents/signedFile';

describe('the name of a signed file', () => {
	test.each([
		['invoice.pdf', 'PAdES', 'invoice_signed.pdf'],
		['a.b.xml', 'XAdES', 'a.b_signed.xml'],
		['INVOICE.PDF', 'PAdES', 'INVOICE_signed.PDF'],
		['x.txt', 'CAdES', 'x_signed.txt.p7m'],
		['x.7z', 'CAdES', 'x_signed.7z.p7m'],
		['x.pdf.p7m', 'CAdES', 'x_signed.pdf.p7m.p7m'],
		['download', 'PAdES', 'download_signed.pdf'],
		['download', 'XAdES', 'download_signed.xml'],
		['download', 'CAdES', 'download_signed.p7m'],
		['Fatura 12.2025', 'PAdES', 'Fatura 12.2025_signed.pdf'],
		['St. John', 'PAdES', 'St. John_signed.pdf'],
		['FT 2025/123.pdf', 'PAdES', 'FT 2025_123_signed.pdf'],
		['C:\\out\\FT 7.pdf', 'PAdES', 'C__out_FT 7_signed.pdf'],
		['a<b>|"c"?*.xml', 'XAdES', 'a_b___c____signed.xml'],
		['a\u0000b\r\nc\u202efdp.pdf', 'PAdES', 'a_b__c_fdp_signed.pdf'],
		['half \ud83d.pdf', 'PAdES', 'half __signed.pdf'],
		['Fatura nº 1 – ção 😀.pdf', 'PAdES', 'Fatura nº 1 – ção 😀_signed.pdf'],
		[' invoice.pdf ', 'PAdES', 'invoice_signed.pdf'],
		['.pdf', 'PAdES', 'document_signed.pdf'],
		['..', 'PAdES', '.._signed.pdf'],
		['', 'XAdES', 'document_signed.xml'],
		['Fatura Booking.com', 'PAdES', 'Fatura Booking.com_signed.pdf'],
		['Contrato ACME S.A', 'PAdES', 'Contrato ACME S.A_signed.pdf'],
		['Fatura www.empresa.pt', 'XAdES', 'Fatura www.empresa.pt_signed.xml'],
		['invoice.pdf', 'XAdES', 'invoice.pdf_signed.xml'],
		['invoice.xml', 'PAdES', 'invoice.xml_signed.pdf'],
		['report.xhtml', 'XAdES', 'report_signed.xhtml'],
	] as const)('%j signed as %s is %j', (name, type, signed) => {
		expect(signedFileName(name, type)).toBe(signed);
	});

	test('is always one that n8n and file systems keep unchanged', () => {
		const unit = fc.constantFrom('a', 'é', '😀', '.', '/', ' ', '\u0007', '.pdf');
		const name = fc.string({ unit, maxLength: 600, size: 'max' });
		fc.assert(
			fc.property(name, fc.constantFrom('PAdES', 'CAdES'), (given, type) => {
				const signed = signedFileName(given, type);
				expect(parse(signed).base).toBe(signed);
				expect(Buffer.byteLength(signed)).toBeLessThanOrEqual(255);
				expect(signed).toContain('_signed');
				expect(signed.isWellFormed()).toBe(true);
			}),
		);
	});

	test('is cut no more than necessary, and keeps its extension', () => {
		expect(signedFileName(`${'é'.repeat(300)}.pdf`, 'CAdES')).toBe(
			`${'é'.repeat(120)}_signed.pdf.p7m`,
		);
	});
});

test.each([
	['application/pdf', 'PAdES', 'application/pdf'],
	['text/xml', 'XAdES', 'text/xml'],
	['application/pdf', 'CAdES', 'application/pkcs7-mime'],
] as const)('a file of type %s signed as %s is of type %s', (contentType, type, mimeType) => {
	expect(signedMimeType(contentType, type)).toBe(mimeType);
});

describe('names within a run', () => {
	test('the second file of a name is numbered before its extension', () => {
		const taken = new Map<string, number>();
		const names = ['a_signed.pdf', 'a_signed.pdf', 'A_signed.pdf', 'a_signed (2).pdf', 'b'];
		expect(names.map((name) => uniqueName(name, taken))).toEqual([
			...['a_signed.pdf', 'a_signed (2).pdf', 'A_signed (3).pdf', 'a_signed (2) (2).pdf', 'b'],
		]);
		expect(uniqueName('x_signed.txt.p7m', taken)).toBe('x_signed.txt.p7m');
		expect(uniqueName('x_signed.txt.p7m', taken)).toBe('x_signed (2).txt.p7m');
	});

	test('a number that a file already has in its name is skipped', () => {
		const taken = new Map<string, number>();
		const names = ['a (2).pdf', 'a.pdf', 'a.pdf', 'a.pdf'];
		expect(names.map((name) => uniqueName(name, taken))).toEqual([
			...['a (2).pdf', 'a.pdf', 'a (3).pdf', 'a (4).pdf'],
		]);
	});

	test('names that differ only in Unicode composition are the same', () => {
		const taken = new Map<string, number>();
		expect(uniqueName('\u00e7.pdf', taken)).toBe('\u00e7.pdf');
		expect(uniqueName('c\u0327.pdf', taken)).toBe('c\u0327 (2).pdf');
	});

	test('names that are equal only in capitals are different', () => {
		const taken = new Map<string, number>();
		expect(['ß.pdf', 'ss.pdf'].map((name) => uniqueName(name, taken))).toEqual(['ß.pdf', 'ss.pdf']);
	});

	test('a name of full length that ends in a number is not given twice', () => {
		const taken = new Map<string, number>();
		const name = `${'n'.repeat(251)} (2)`;
		expect(uniqueName(name, taken)).toBe(name);
		expect(uniqueName(name, taken)).toBe(`${'n'.repeat(251)} (3)`);
	});

	test('a numbered name is not too long', () => {
		const taken = new Map<string, number>();
		const name = signedFileName('n'.repeat(300), 'PAdES');
		const second = [name, name].map((one) => uniqueName(one, taken))[1] ?? '';
		expect(second.endsWith(' (2).pdf')).toBe(true);
		expect(second).toHaveLength(255);
	});
});

import { fileKind } from '../../nodes/SignStash/documents/contentType';
import { signedFileName } from '../../nodes/SignStash/documents/signedFile';

test.each([
	['%PDF-1.7\n', 'pdf'],
	['junk before\n%PDF-1.4', 'pdf'],
	['<?xml version="1.0"?><a/>', 'xml'],
	['\ufeff<?xml version="1.0"?><a/>', 'xml'],
	['  \r\n<!-- note --><a/>', 'xml'],
	['<a:Invoice/>', 'xml'],
	['<?xml version="1.0"?><Note>%PDF-1.7</Note>', 'xml'],
	['<!DOCTYPE html><html/>', 'other'],
	['plain text', 'other'],
	['< 5', 'other'],
])('%j is %s', (content, kind) => {
	expect(fileKind(Buffer.from(content))).toBe(kind);
});

test('UTF-16 is told as XML', () => {
	expect(fileKind(Buffer.from('\ufeff<a/>', 'utf16le'))).toBe('xml');
});

test.each([
	['invoice.pdf', 'PAdES', 'invoice_signed.pdf'],
	['a.b.xml', 'XAdES', 'a.b_signed.xml'],
	['noext', 'XAdES', 'noext_signed'],
	['.hidden', 'PAdES', '.hidden_signed'],
	['x.txt', 'CAdES', 'x_signed.txt.p7m'],
] as const)('%s signed as %s is %s', (name, type, signed) => {
	expect(signedFileName(name, type)).toBe(signed);
});

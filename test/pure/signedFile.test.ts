import { signedFileName } from '../../nodes/SignStash/documents/signedFile';

test.each([
	['invoice.pdf', 'PAdES', 'invoice_signed.pdf'],
	['a.b.xml', 'XAdES', 'a.b_signed.xml'],
	['noext', 'XAdES', 'noext_signed'],
	['.hidden', 'PAdES', '.hidden_signed'],
	['x.txt', 'CAdES', 'x_signed.txt.p7m'],
] as const)('%s signed as %s is %s', (name, type, signed) => {
	expect(signedFileName(name, type)).toBe(signed);
});

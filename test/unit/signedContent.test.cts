import { checkSigned, signatureTypeOf } from '../../nodes/SignStash/documents/signedContent';
import {
	ber,
	container,
	pdf,
	pem,
	primitive,
	signedPdf,
	signedXml,
	xml,
} from '../support/signedFiles.cts';

const original = pdf();

describe('a returned file', () => {
	const bytes = Buffer.from('bytes');
	const cades = container(primitive(bytes));
	const dsig = '<s:Signature xmlns:s="http://www.w3.org/2000/09/xmldsig#"/>';
	const signedData = '06092a864886f70d010702';
	const nested = (depth: number): Buffer =>
		Buffer.from(`3080${signedData}${'3080'.repeat(depth)}${'0000'.repeat(depth + 1)}`, 'hex');

	test.each([
		['PAdES', '', 'is empty'],
		['XAdES', '', 'is empty'],
		['CAdES', '', 'is empty'],
		['PAdES', 'corrupt', 'is not a PDF'],
		['PAdES', cades, 'is not a PDF'],
		['PAdES', original, 'is a PDF without a signature'],
		['PAdES', signedPdf(original), undefined],
		['XAdES', 'corrupt', 'is not an XML file'],
		['XAdES', '<html><body>502</body></html>', 'is not an XML file'],
		['XAdES', `<html>${dsig}</html>`, undefined],
		['XAdES', `<table>${dsig}</table>`, undefined],
		['XAdES', signedPdf(original), 'is not an XML file'],
		['XAdES', xml, 'is an XML file without a signature'],
		['XAdES', signedXml, undefined],
		['XAdES', Buffer.from(`\ufeff${signedXml.toString()}`, 'utf16le'), undefined],
		['XAdES', Buffer.from(`\ufeff${signedXml.toString()}`, 'utf16le').swap16(), undefined],
		[
			'XAdES',
			Buffer.from(`\ufeff${xml.toString()}`, 'utf16le'),
			'is an XML file without a signature',
		],
		['CAdES', 'corrupt', 'is not a CAdES container'],
		['CAdES', Buffer.from('30', 'hex'), 'is not a CAdES container'],
		['CAdES', Buffer.from('3082', 'hex'), 'is not a CAdES container'],
		['CAdES', ber(0x30, ['0603550403']), 'is not a CAdES container'],
		['CAdES', Buffer.from(`3085000000000b${signedData}`, 'hex'), 'is not a CAdES container'],
		['CAdES', '- a list', 'is not a CAdES container'],
		['CAdES', `-- \n${pem(cades).toString()}`, 'is not a CAdES container'],
		['CAdES', nested(64), undefined],
		['CAdES', nested(65), 'is only a part of a CAdES container'],
		['CAdES', original, 'is not a CAdES container'],
		['CAdES', cades.subarray(0, -1), 'is only a part of a CAdES container'],
		[
			'CAdES',
			container(primitive(bytes), false).subarray(0, -1),
			'is only a part of a CAdES container',
		],
		['CAdES', cades, undefined],
		['CAdES', pem(cades), undefined],
	] as const)('for %s, %j: %s', (type, content, why) => {
		expect(checkSigned(Buffer.from(content), type)).toBe(why);
	});

	test.each([
		['a PDF', signedPdf(original), 'PAdES'],
		['XML', signedXml, 'XAdES'],
		['a container around a PDF', container(primitive(original)), 'CAdES'],
		['PEM', pem(container(primitive(original))), 'CAdES'],
		['something else', Buffer.from('text'), undefined],
	])('that is %s is recognised by its bytes', (_, content, type) => {
		expect(signatureTypeOf(content)).toBe(type);
	});

	test('with endlessly nested elements is not a container, and costs little to check', () => {
		const endless = Buffer.concat([
			Buffer.from('308006092a864886f70d010702', 'hex'),
			Buffer.from('3080'.repeat(100_000), 'hex'),
		]);
		expect(checkSigned(endless, 'CAdES')).toBe('is only a part of a CAdES container');
	});
});

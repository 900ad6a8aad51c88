import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { showsContent } from '../../nodes/SignStash/documents/showsContent';
import { checkSigned, signatureTypeOf } from '../../nodes/SignStash/documents/signedContent';

/** An element of DER, or of BER without its length. */
function ber(tag: number, content: Array<Buffer | string>, given = true): Buffer {
	const bytes = Buffer.concat(
		content.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)),
	);
	const length = Buffer.alloc(4);
	length.writeUInt32BE(bytes.length);
	return given
		? Buffer.concat([Buffer.from([tag, 0x84]), length, bytes])
		: Buffer.concat([Buffer.from([tag, 0x80]), bytes, Buffer.alloc(2)]);
}

const primitive = (content: Buffer): Buffer => ber(0x04, [content]);
const data = '06092a864886f70d010701';

/** Signed data (RFC 5652, section 5.1) down to its content; certificates and signers are left out. */
function container(octets: Buffer | undefined, given = true): Buffer {
	const part = (tag: number, ...content: Array<Buffer | string>) => ber(tag, content, given);
	const encapsulated = octets ? part(0x30, data, part(0xa0, octets)) : part(0x30, data);
	const algorithms = part(0x31, '300b0609608648016503040201');
	const signed = part(0x30, '020101', algorithms, encapsulated, '3100');
	return part(0x30, '06092a864886f70d010702', part(0xa0, signed));
}

const pem = (der: Buffer): Buffer =>
	Buffer.from(
		`-----BEGIN PKCS7-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END PKCS7-----\n`,
	);

interface Parts {
	page?: string;
	length?: number;
	id?: string;
	metadata?: string;
	more?: string;
}

const stream = (dictionary: string, content: string): string =>
	`obj\n<<${dictionary}>>\nstream\n${content}\nendstream\nendobj\n`;
const pdf = ({
	page = 'Total 100.00',
	length = 12,
	id = 'AAAA',
	metadata = '',
	more = '',
}: Parts = {}): Buffer =>
	Buffer.from(
		`%PDF-1.7\n1 0 ${stream(`/Length ${length}`, page)}2 0 ${stream('/Type /Metadata', metadata)}${more}` +
			`trailer\n<</ID [<${id}>]>>\nstartxref\n9\n%%EOF\n`,
	);
const update = Buffer.from('9 0 obj\n<</ByteRange [0 1 2 3]>>\nendobj\nstartxref\n9\n%%EOF\n');
const signedPdf = (base: Buffer): Buffer => Buffer.concat([base, update]);

const original = pdf();
const xml = Buffer.from('<?xml version="1.0"?><a b="1"/>');
const signedXml = Buffer.from(
	'<a b="1"><S:Signature xmlns:S="http://www.w3.org/2000/09/xmldsig#"/></a>',
);

describe('whether a signed file shows the original', () => {
	const bytes = Buffer.from('a text\nof some lines\n');
	const other = Buffer.from('a text\nof same lines\n');

	test.each<[what: string, signed: Buffer, original: Buffer, shown: boolean | undefined]>([
		['PAdES that adds to it', signedPdf(original), original, true],
		[
			'PAdES with other data on the page',
			signedPdf(pdf({ page: 'Total 200.00' })),
			original,
			false,
		],
		['PAdES of another length', signedPdf(pdf({ page: 'Total 99.00' })), original, undefined],
		['PAdES that is shorter', signedPdf(pdf({ page: '' })).subarray(0, 60), original, undefined],
		[
			'PAdES with another identifier: written anew, it may be',
			signedPdf(pdf({ id: 'BBBB' })),
			original,
			undefined,
		],
		[
			'PAdES with other metadata: written anew, it may be',
			signedPdf(pdf({ metadata: '2026' })),
			pdf({ metadata: '2025' }),
			undefined,
		],
		[
			'PAdES with another stream on the page: in other order, it may be',
			signedPdf(pdf({ page: 'Total 200.00', length: 13 })),
			original,
			undefined,
		],
		[
			'PAdES of an encrypted file',
			signedPdf(pdf({ page: 'Total 200.00', more: '/Encrypt' })),
			pdf({ more: '/Encrypt' }),
			undefined,
		],
		['CAdES', container(primitive(bytes)), bytes, true],
		['CAdES as PEM', pem(container(primitive(bytes))), bytes, true],
		['CAdES without lengths', container(primitive(bytes), false), bytes, true],
		[
			'CAdES in pieces',
			container(ber(0x24, [primitive(bytes.subarray(0, 5)), primitive(bytes.subarray(5))], false)),
			bytes,
			true,
		],
		['CAdES of a PDF', container(primitive(original)), original, true],
		['CAdES of other bytes', container(primitive(other)), bytes, false],
		[
			'CAdES with other line ends',
			container(primitive(Buffer.from('a text\rof some lines\r'))),
			bytes,
			undefined,
		],
		['CAdES of another length', container(primitive(bytes.subarray(1))), bytes, undefined],
		[
			'CAdES of XML written otherwise',
			container(primitive(Buffer.from("<?xml version='1.0'?><a b='1'/>"))),
			xml,
			undefined,
		],
		['CAdES that is detached', container(undefined), bytes, undefined],
		['CAdES that is cut off', container(primitive(bytes)).subarray(0, -9), bytes, undefined],
		['XAdES', signedXml, xml, true],
		['something else', Buffer.from('what?'), bytes, undefined],
		['anything, of nothing', signedPdf(original), Buffer.alloc(0), undefined],
	])('%s', async (_, signed, of, shown) => {
		expect(await showsContent(signed, contentOf(of))).toBe(shown);
	});

	test('it is read in pieces when it comes in pieces', async () => {
		const pieces = [original.subarray(0, 20), original.subarray(20)];
		const content = {
			length: original.length,
			async *pieces() {
				yield* pieces;
			},
			release: () => undefined,
		};
		expect(await showsContent(signedPdf(original), content)).toBe(true);
	});
});

describe('what came back', () => {
	const bytes = Buffer.from('bytes');
	const cades = container(primitive(bytes));

	test.each([
		['PAdES', '', 'is empty'],
		['XAdES', '', 'is empty'],
		['CAdES', '', 'is empty'],
		['PAdES', 'corrupt', 'is no PDF'],
		['PAdES', cades, 'is no PDF'],
		['PAdES', original, 'is a PDF without a signature'],
		['PAdES', signedPdf(original), undefined],
		['XAdES', 'corrupt', 'is no XML file'],
		['XAdES', signedPdf(original), 'is no XML file'],
		['XAdES', xml, 'is an XML file without a signature'],
		['XAdES', signedXml, undefined],
		['XAdES', Buffer.from(`\ufeff${signedXml.toString()}`, 'utf16le'), undefined],
		['CAdES', 'corrupt', 'is no CAdES container'],
		['CAdES', '0\u0082', 'is no CAdES container'],
		['CAdES', original, 'is no CAdES container'],
		['CAdES', cades.subarray(0, -1), 'is a part of a CAdES container only'],
		[
			'CAdES',
			container(primitive(bytes), false).subarray(0, -1),
			'is a part of a CAdES container only',
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
	])('%s is told by its bytes', (_, content, type) => {
		expect(signatureTypeOf(content)).toBe(type);
	});

	test('elements within each other without end are no container, and no burden', () => {
		const endless = Buffer.concat([
			Buffer.from('308006092a864886f70d010702', 'hex'),
			Buffer.from('3080'.repeat(100_000), 'hex'),
		]);
		expect(checkSigned(endless, 'CAdES')).toBe('is a part of a CAdES container only');
	});
});

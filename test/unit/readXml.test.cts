import { contentOf, type Content } from '../../nodes/SignStash/bytes/Content';
import { readXml } from '../../nodes/SignStash/documents/xml/readXml';

const inPieces = (bytes: Buffer, size: number): Content => ({
	...contentOf(bytes),
	async *pieces() {
		for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
	},
});
const declared = (encoding: string, text: string | Buffer, end = '</a>'): Buffer =>
	Buffer.concat([
		Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>\n<a>`),
		typeof text === 'string' ? Buffer.from(text, 'latin1') : text,
		Buffer.from(end),
	]);

describe('a document in any encoding is read:', () => {
	const text = '\ufeff<Fatura><n>ção</n></Fatura>';
	test.each<[what: string, bytes: Buffer, encoding: string, byBytes?: boolean]>([
		['UTF-8', Buffer.from(text.slice(1)), 'utf-8'],
		['UTF-8 with a byte order mark', Buffer.from(text), 'utf-8'],
		['UTF-16LE', Buffer.from(text, 'utf16le'), 'utf-16le', false],
		['UTF-16BE', Buffer.from(text, 'utf16le').swap16(), 'utf-16be', false],
		['windows-1252', declared('Windows-1252', 'Fatura\u00e7\u00e3o \x80\x93'), 'windows-1252'],
		['windows-1250', declared('windows-1250', '\x9a\xb9'), 'windows-1250'],
		['ISO-8859-2', declared('ISO-8859-2', '\xb1'), 'iso-8859-2'],
		[
			'Shift_JIS, whose bytes look like brackets',
			declared('Shift_JIS', '\x83\x5d]\x83\x5d\x83\x5d>'),
			'shift_jis',
			false,
		],
		[
			'GB2312, whose bytes look like letters',
			declared('GB2312', '\x81\x41\x81\x41'),
			'gb2312',
			false,
		],
		[
			'ISO-2022-JP, whose bytes look like markup',
			declared('ISO-2022-JP', '\x1b$B<<\x1b(B'),
			'iso-2022-jp',
			false,
		],
		['an unknown encoding', declared('x-own', '\xff'), 'x-own'],
		['the replacement character U+FFFD', Buffer.from('<a>\ufffd</a>'), 'utf-8'],
	])('%s', async (_, bytes, encoding, byBytes = true) => {
		for (const size of [1, 7, bytes.length]) {
			const facts = await readXml(inPieces(bytes, size));
			expect(facts).toMatchObject({ encoding, isReadByBytes: byBytes });
			expect(facts.fault).toBeUndefined();
		}
	});
});

describe('the fault names the line that is not well-formed', () => {
	const long = '<b>some text</b>\n'.repeat(10_000);
	test.each([
		['in the first line', '<a>&</a>', 1],
		['after Windows line ends', '<a>\r\n\r\n&</a>', 3],
		['far into the file', `<a>\n${long}&${long}</a>`, 10_002],
		['at the end', `<a>\n${long}`, 10_002],
		[
			'in bytes that are not UTF-8',
			Buffer.concat([
				Buffer.from(`<a>\n${long}é\n`),
				Buffer.from([0xe7, 0x20]),
				Buffer.from('</a>'),
			]),
			10_003,
		],
		['in bytes of an encoding other than the declared one', declared('UTF-8', '\n\xe7'), 3],
	])('%s', async (_, document, line) => {
		const bytes = Buffer.from(document as string);
		for (const size of [5, bytes.length])
			expect((await readXml(inPieces(bytes, size))).fault).toMatchObject({ line });
	});

	test.each([
		[
			'bytes that are not UTF-8',
			declared('UTF-8', '\xe7'),
			'it has bytes that are not text in UTF-8',
		],
		['half a character in UTF-16', Buffer.from('\ufeff<a>\ud800</a>', 'utf16le'), 'UTF-16LE'],
		[
			'text declared as UTF-16 that is not',
			declared('UTF-16', ''),
			'it says that it is in UTF-16, but it is not',
		],
	])('%s', async (_, bytes, what) => {
		expect((await readXml(contentOf(bytes))).fault?.what).toContain(what);
	});
});

describe('a signature is found wherever it is', () => {
	const dsig = 'http://www.w3.org/2000/09/xmldsig#';
	const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:SignedInfo/></ds:Signature>`;
	test.each([
		['in an element', `<a><b>${signature}</b></a>`, true],
		['as the root', signature, true],
		['in the default namespace', `<a><Signature xmlns="${dsig}"/></a>`, true],
		['but not in another namespace', '<a><Signature><ID>1</ID></Signature></a>', false],
		['but not as a part of a signature', `<a><KeyInfo xmlns="${dsig}"/></a>`, false],
		['but not as a namespace declaration alone', `<a xmlns:ds="${dsig}"/>`, false],
		['but not in a comment', `<a><!-- ${signature} --></a>`, false],
		['but not as text', `<a><![CDATA[${signature}]]></a>`, false],
	])('%s', async (_, document, isSigned) => {
		for (const encoding of ['utf8', 'utf16le'] as const)
			expect(await readXml(contentOf(Buffer.from(document, encoding)))).toMatchObject({ isSigned });
	});
});

test('n8n gets its turn while a large document is read', async () => {
	const bytes = Buffer.from(`<a>${'<b/>'.repeat(300_000)}</a>`);
	let turns = 0;
	const other = setInterval(() => turns++, 0);
	await readXml(contentOf(bytes));
	clearInterval(other);
	expect(turns).toBeGreaterThan(1);
});

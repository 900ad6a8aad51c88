import { contentOf, type Content } from '../../nodes/SignStash/bytes/Content';
import { documentOf, type Document } from '../../nodes/SignStash/documents/Document';
import { inspect, likelyCause } from '../../nodes/SignStash/documents/inspect';
import { readPdf } from '../../nodes/SignStash/documents/readPdf';
import { pdf, signedXml, stream } from '../support/signedFiles.cts';

const documentWith = (bytes: Buffer, name: string): Document =>
	documentOf({ field: 'data', name, content: contentOf(bytes), head: bytes });
const xml = (text: string): Document => documentWith(Buffer.from(text), 'a.xml');

/** A PDF with a signature, whose entries know where in the file its bytes begin. */
const signedWith = (entries: (gap: string) => string, more = ''): Buffer => {
	const of = (gap: number): Buffer =>
		pdf({ more: `3 0 obj\n<</Contents <00> ${entries(String(gap).padEnd(6))}>>\nendobj\n${more}` });
	return of(of(0).indexOf('<00>'));
};

describe('a file that a signature inside it would harm is refused', () => {
	const chosen = (facts: string): Buffer =>
		signedWith((gap) => `/ByteRange [0 ${gap} 20 30] ${facts}`);
	const certified = (permission: string): string =>
		`/Type /Sig /Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams ${permission} /V /1.2 >> >>]`;

	test.each([
		[
			'XML that is not well-formed',
			xml('<a>\nSilva & Filhos</a>'),
			'XAdES',
			"'a.xml' in 'Input Data Field Name' is not well-formed XML, as seen in line 2: an '&' does not begin an entity: as a character of the text it must be '&amp;'",
			'Input Data Field Name',
			'Correct it in the program',
		],
		[
			'XML that says UTF-16 and is in UTF-8, with a mark',
			xml('\ufeff<?xml version="1.0" encoding="utf-16"?><a/>'),
			'XAdES',
			'it says that it is in UTF-16, but it is not',
			'Input Data Field Name',
			'Correct it in the program',
		],
		[
			'XML that says UTF-8 and is in UTF-16',
			documentWith(
				Buffer.from('\ufeff<?xml version="1.0" encoding="utf-8"?><a/>', 'utf16le'),
				'a.xml',
			),
			'XAdES',
			'it says that it is in UTF-8, but it is in UTF-16',
			'Input Data Field Name',
			'Correct it in the program',
		],
		[
			'XML that is nested deeper than it is read',
			xml('<a>'.repeat(10_001)),
			'XAdES',
			"'a.xml' in 'Input Data Field Name' cannot be read as XML, as seen in line 1: its elements are nested more than 10000 deep",
			'Input Data Field Name',
			"set 'Signature Type' to 'Any File",
		],
		[
			'signed XML',
			documentWith(signedXml, 'a.xml'),
			'XAdES',
			"'a.xml' is already signed, and another XAdES signature would invalidate that signature",
			'Input Data Field Name',
			'Choose files without a signature',
		],
		[
			'a PDF that is certified against all changes',
			documentWith(chosen(certified('/P 1')), 'a.pdf'),
			'PAdES',
			"'a.pdf' was certified by its author against any change",
			'Signature Type',
			'Ask its author for a copy that may be signed',
		],
	] as const)('%s', async (_, document, type, message, parameter, remedy) => {
		await expect(inspect(document, type)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			remedy: expect.stringContaining(remedy),
			details: { parameter },
		});
		expect(await inspect(document, 'CAdES')).toBeUndefined();
	});

	test.each([
		['further signatures by permission 2', certified('/P 2')],
		['further signatures by default', certified('')],
		['comments', certified('/P 3')],
		['permission 10, which does not exist', certified('/P 10')],
		[
			'certain fields only',
			'/Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << /P 1 >> >>]',
		],
		[
			'certain fields only, and mentions the other method',
			'/Type /Sig /Reference [<< /TransformMethod /FieldMDP /TransformParams << /P 1 >> >>] /B (/DocMDP)',
		],
		['nothing, with the names in text only', '/A (/DocMDP) /B << /P 1 >>'],
	])('but a PDF that is certified for %s is accepted', async (_, dictionary) => {
		expect(await inspect(documentWith(chosen(dictionary), 'a.pdf'), 'PAdES')).toMatchObject({
			isFinal: false,
		});
	});

	test('and so is one with the words of a certification, but without any signature', async () => {
		const words = pdf({ more: `3 0 obj\n<<${certified('/P 1')}>>\nendobj\n` });
		expect(await readPdf(contentOf(words))).toMatchObject({ isFinal: false });
	});

	test('and so is one whose attachment alone is certified and encrypted', async () => {
		const attached = `${chosen(certified('/P 1')).toString()}trailer<</Encrypt 9 0 R>>`;
		const outer = pdf({ more: `4 0 ${stream('', attached)}` });
		expect(await readPdf(contentOf(outer))).toMatchObject({ isFinal: false, isEncrypted: false });
	});

	test('even with its entries in another order, and wherever the pieces are cut', async () => {
		const entries =
			'/Reference [<</TransformParams<</V/1.2/P 1/Type/TransformParams>>/DigestValue<00>/TransformMethod/DocMDP>>]';
		const bytes = chosen(entries);
		for (let at = bytes.indexOf('/Reference') - 1; at < bytes.indexOf('endobj\ntrailer'); at++)
			expect(await readPdf(parted(bytes, at))).toMatchObject({ isFinal: true });
	});
});

const parted = (bytes: Buffer, at: number): Content => ({
	...contentOf(bytes),
	async *pieces() {
		yield bytes.subarray(0, at);
		yield bytes.subarray(at);
	},
});

describe('what may keep a service from signing is named', () => {
	const encrypted = (more: string): Buffer =>
		Buffer.from(pdf().toString().replace('<</ID', `<<${more}/ID`));
	const padded = (first: string, last: string): Buffer =>
		Buffer.from(
			pdf({ more: `${first}${' '.repeat(200_000)}\n` })
				.toString()
				.replace('<</ID', `<<${last}/ID`),
		);
	const declared = (encoding: string): Document =>
		xml(`<?xml version="1.0" encoding="${encoding}"?><a/>`);
	const utf16 = Buffer.from('\ufeff<?xml version="1.0" encoding="UTF-16"?><a/>', 'utf16le');
	test.each<[what: string, document: Document, cause: string | undefined]>([
		['an encrypted PDF', documentWith(encrypted('/Encrypt 7 0 R'), 'a.pdf'), 'is encrypted'],
		[
			'an encrypted PDF with wide gaps',
			documentWith(encrypted('/Encrypt  12\r\n 10  R'), 'a.pdf'),
			'is encrypted',
		],
		[
			'a PDF whose encryption is declared after a gap',
			documentWith(encrypted('/Encrypt <</V 4>>'), 'a.pdf'),
			'is encrypted',
		],
		[
			'a PDF whose encryption is declared in its trailer',
			documentWith(encrypted('/Encrypt<</V 4>>'), 'a.pdf'),
			'is encrypted',
		],
		[
			'a large encrypted PDF whose trailer is at its end',
			documentWith(padded('', '/Encrypt 7 0 R '), 'a.pdf'),
			'is encrypted',
		],
		[
			'a large linearised PDF, whose trailer is at its beginning',
			documentWith(padded('3 0 obj<</Linearized 1>>endobj trailer<</Encrypt 7 0 R>>', ''), 'a.pdf'),
			'is encrypted',
		],
		[
			'a PDF that only mentions the encryption of its metadata',
			documentWith(encrypted('/EncryptMetadata false'), 'a.pdf'),
			undefined,
		],
		['a PDF that is cut off', documentWith(pdf().subarray(0, -8), 'a.pdf'), 'is damaged'],
		[
			'a PDF with its end-of-file marker far from its end',
			documentWith(Buffer.concat([pdf(), Buffer.alloc(2000, ' ')]), 'a.pdf'),
			'is damaged',
		],
		['a plain PDF', documentWith(pdf(), 'a.pdf'), undefined],
		[
			'XML in an encoding that not every program reads',
			declared('Windows-1252'),
			'is in the encoding WINDOWS-1252',
		],
		['XML in ISO-8859-1', declared('ISO-8859-1'), undefined],
		['XML in US-ASCII', declared('US-ASCII'), undefined],
		['XML in UTF-16, little endian', documentWith(utf16, 'a.xml'), undefined],
		['XML in UTF-16, big endian', documentWith(Buffer.from(utf16).swap16(), 'a.xml'), undefined],
		['XML without a declaration', xml('<a/>'), undefined],
		['XML with a document type', xml('<!DOCTYPE a><a/>'), 'has a document type'],
	])('%s', async (_, document, cause) => {
		const facts = await inspect(document, document.kind === 'pdf' ? 'PAdES' : 'XAdES');
		const told = likelyCause(facts);
		if (cause === undefined) expect(told).toBeUndefined();
		else expect(told).toContain(cause);
	});

	test.each([
		['near its beginning', 70_000, 10],
		['just before the last piece', 200_000, 200_000],
	])('nothing that is said far from either end: %s', async (_, at, cut) => {
		const filler = ' '.repeat(at - 1000);
		const bytes = pdf({ more: `${filler}/Encrypt 7 0 R ${' '.repeat(1000)}${filler}\n` });
		expect(await readPdf(parted(bytes, cut))).toMatchObject({ isEncrypted: false });
	});

	test('nothing for a file that was not inspected', () => {
		expect(likelyCause(undefined)).toBeUndefined();
	});
});

describe('signing was the last change to a PDF that is', () => {
	const falseRanges = (count: number): string =>
		Array.from({ length: count }, (_, n) => `(/ByteRange[0 ${900_000 + n} 1 2])\n`).join('');
	const signedUpTo = (end: number, behind = ''): Buffer =>
		Buffer.concat([
			signedWith((gap) => `/ByteRange [0 ${gap} 120 ${String(end).padEnd(10)}]`),
			Buffer.from(behind),
		]);
	const { length } = signedUpTo(0);
	const whole = (range: (gap: string, end: string) => string, more = ''): Buffer => {
		const of = (end: number): Buffer =>
			signedWith((gap) => range(gap, String(end).padStart(6)), more);
		return of(of(0).length - 120);
	};
	test.each([
		['signed up to its end', signedUpTo(length - 120), true],
		['signed up to its end, except for a line end', signedUpTo(length - 120, '\r\n'), true],
		['signed up to its end, except for two line ends', signedUpTo(length - 120, '\r\n\r\n'), true],
		['signed up to five bytes before its end', signedUpTo(length - 120, '\r\n\r\n\n'), false],
		[
			'signed up to its end, with wide gaps',
			whole((gap, end) => `/ByteRange\r\n[  00   ${gap}\n 120  ${end} ]`),
			true,
		],
		[
			'signed up to its end, and mentions a range that is none',
			whole((gap, end) => `/ByteRange[0 ${gap} 120 ${end}]`, `${' '.repeat(4096)}(/ByteRange)\n`),
			true,
		],
		...([999, 1000] as const).map((count): [string, Buffer, boolean] => [
			`signed up to its end, and has ${count} ranges after that which are none`,
			whole((gap, end) => `/ByteRange[0 ${gap} 120 ${end}]`, falseRanges(count)),
			count < 1000,
		]),
		[
			'changed since it was signed',
			signedUpTo(length - 120, `4 0 ${stream('', 'x')}%%EOF\n`),
			false,
		],
		['not signed', pdf(), false],
		['signed beyond its end', signedUpTo(length), false],
	])('%s', async (_, bytes, isSignedLast) => {
		expect(await readPdf(contentOf(bytes))).toMatchObject({ isSignedLast });
	});
});

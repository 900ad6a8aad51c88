import { contentOf } from '../../nodes/SignStash/bytes/Content';
import {
	documentOf,
	signatureTypeFor,
	type Document,
} from '../../nodes/SignStash/documents/Document';
import { looksLike } from '../../nodes/SignStash/documents/looksLike';

const files = {
	pdf: Buffer.from('%PDF-1.7\n'),
	xml: Buffer.from('<a/>'),
	other: Buffer.from('text'),
};
const documentWith = (content: Buffer, mimeType?: string): Document =>
	documentOf({
		field: 'data',
		name: 'a file',
		content: contentOf(content),
		head: content,
		mimeType,
	});

describe('a document from a field', () => {
	test.each([
		['pdf', 'application/xml', 'application/pdf'],
		['xml', 'application/xml', 'application/xml'],
		['xml', 'text/xml', 'text/xml'],
		['xml', 'application/pdf', 'text/xml'],
		['xml', undefined, 'text/xml'],
		['other', 'image/png', 'text/xml'],
	] as const)(
		'%s that came as %s is declared to the service as %s',
		(kind, mimeType, contentType) => {
			const content = contentOf(files[kind]);
			expect(documentOf({ field: 'f', name: 'n', content, head: files[kind], mimeType })).toEqual({
				field: 'f',
				name: 'n',
				content,
				kind,
				contentType,
			});
		},
	);

	test('is not empty', async () => {
		await expect(async () => documentWith(Buffer.alloc(0))).rejects.toMatchObject({
			message: "The file 'a file' in field 'data' of 'Input Data Field Name' is empty",
			remedy: 'Check the step that provides the file.',
			details: { parameter: 'Input Data Field Name' },
		});
	});
});

describe('the signature type for a document', () => {
	test.each([
		['pdf', 'automatic', 'PAdES'],
		['pdf', 'PAdES', 'PAdES'],
		['pdf', 'CAdES', 'CAdES'],
		['xml', 'automatic', 'XAdES'],
		['xml', 'XAdES', 'XAdES'],
		['xml', 'CAdES', 'CAdES'],
		['other', 'CAdES', 'CAdES'],
	] as const)('%s with %s: %s', (kind, chosen, type) => {
		expect(signatureTypeFor(documentWith(files[kind]), chosen)).toBe(type);
	});

	const another = "Set 'Signature Type' to Automatic, or give this step another file.";
	test.each([
		[
			'other',
			'automatic',
			"'a file' is neither a PDF nor an XML file, so 'Signature Type' Automatic cannot choose a type",
			"Give this step a PDF or an XML file, or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container whose name ends in .p7m.",
		],
		['xml', 'PAdES', "'Signature Type' PAdES needs a PDF, but 'a file' is an XML file", another],
		['pdf', 'XAdES', "'Signature Type' XAdES needs an XML file, but 'a file' is a PDF", another],
		[
			'other',
			'PAdES',
			"'Signature Type' PAdES needs a PDF, but 'a file' is neither a PDF nor an XML file",
			"Give this step another file, or set 'Signature Type' to 'Any File (CAdES, P7M)', which gives a container whose name ends in .p7m.",
		],
	] as const)('%s with %s is refused', async (kind, chosen, message, remedy) => {
		await expect(async () =>
			signatureTypeFor(documentWith(files[kind]), chosen),
		).rejects.toMatchObject({
			message,
			remedy,
			details: { parameter: 'Signature Type' },
		});
	});
});

test('a file that is not what its name says is told so', async () => {
	const text = { ...documentWith(files.other), name: 'invoice.PDF' };
	await expect(async () => signatureTypeFor(text, 'automatic')).rejects.toThrow(
		"'invoice.PDF' is neither a PDF nor an XML file, although its name ends in .PDF, so",
	);
});

describe('a file that is neither is named by what it contains, with useful advice', () => {
	const base64 = Buffer.from('%PDF-1.7 and some more').toString('base64');
	test.each([
		['<!DOCTYPE html><html>', 'an HTML page', 'log-in'],
		['<div>x</div>', 'an HTML page', 'log-in'],
		[`${base64}\n`, 'a file as base64 text', 'Convert to File'],
		[`data:application/pdf;base64,${base64}`, 'a file as base64 text', 'Convert to File'],
		['PK\x03\x04\x14', 'a ZIP archive', 'Compression'],
		['\x1f\x8b\x08', 'a gzip file', 'Compression'],
		['\x89PNG\r\n', 'an image', 'another file'],
		['{\\rtf1', 'an RTF document', 'another file'],
		['-----BEGIN PKCS7-----\n', 'a signed file or a key (PEM)', 'another file'],
		['\x30\x82\x10\x00', 'a signed file (CMS)', 'Extract the file from it'],
		[
			'filesystem-v2:workflows/1/executions/2/binary_data/3',
			"n8n's reference to a stored file, not the file itself",
			'Pass on the binary field',
		],
		[
			'Subject: a\r\n\r\n%PDF-1.7',
			'the beginning of an email, in which a PDF begins at byte 14',
			'Cut off',
		],
		['see %PDF-1.7', 'text, in which a PDF begins at byte 4', 'Cut off'],
	])('%j', async (content, what, remedy) => {
		for (const chosen of ['automatic', 'PAdES'] as const)
			await expect(async () =>
				signatureTypeFor(documentWith(Buffer.from(content, 'latin1')), chosen),
			).rejects.toMatchObject({
				message: expect.stringMatching(
					new RegExp(
						`neither a PDF nor an XML file, but ${what.replace(/[()]/g, '\\$&')}(, so .*)?$`,
					),
				),
				remedy: expect.stringContaining(remedy),
			});
	});
});

describe('what it contains is told by its first bytes', () => {
	const stored = "n8n's reference to a stored file, not the file itself";
	const text64 = 'a file as base64 text';
	const pem = 'a signed file or a key (PEM)';
	const base64 = 'JVBERi0xLjcKJeLjz9MKMSAw';
	const cms = 'a signed file (CMS)';
	const office = 'a file from Outlook or an older version of Office';
	test.each<[content: string, what: string | undefined]>([
		['filesystem:a/b', stored],
		['database:17', stored],
		['Segue em anexo a fatura do mes de Novembro', undefined],
		['Dear Customer\r\nPlease find your invoice attached\r\n', undefined],
		// A search that tries every split of the blanks would take minutes.
		[`${' '.repeat(400_000)}.`, undefined],
		[
			'<br />\n<b>Notice</b>: line 12<br />\n%PDF-1.4',
			'an HTML page, in which a PDF begins at byte 36',
		],
		['\nWarning: line 12\n%PDF-1.4', 'text, in which a PDF begins at byte 18'],
		[
			'--X\r\nA: b\r\n\r\n%PDF-1.4',
			'a part of an email or of a web form, in which a PDF begins at byte 13',
		],
		['s3:workflows/1\n', stored],
		['azure:a', stored],
		['azure-blob:a ', stored],
		['s3:', undefined],
		['s3:a b', undefined],
		['an s3:a', undefined],
		['ftp:a', undefined],
		['data:;base64,AAAA', text64],
		[`data:${'a'.repeat(200)};base64,AAAA`, text64],
		[`data:${'a'.repeat(201)};base64,AAAA`, undefined],
		['my data:;base64,AAAA', undefined],
		['data:text/plain,;base64,AAAA', undefined],
		['-----BEGIN RSA 2048-----\n', pem],
		['a -----BEGIN CERTIFICATE-----', undefined],
		['-----BEGIN \n-----', undefined],
		['\xff\xd8\xff\xe0', 'an image'],
		['GIF89a', 'an image'],
		['II*\0', 'an image'],
		['MM\0*', 'an image'],
		['a GIF89a', undefined],
		['see {\\rtf1', undefined],
		[base64, text64],
		[`${base64.slice(0, 12)}\n${base64.slice(12)}==\n`, text64],
		[base64.slice(1), undefined],
		[`${base64}===`, undefined],
		[`${base64}, and so on`, undefined],
		[`(${base64}`, undefined],
		[base64.toUpperCase(), undefined],
		[base64.toLowerCase(), undefined],
		...[0x80, 0x81, 0x82, 0x83, 0x84].map((length): [string, string] => [
			`0${String.fromCharCode(length)}`,
			cms,
		]),
		['0\x85', undefined],
		['Rar!', 'a RAR archive'],
		['7z', 'a 7z archive'],
		['!<arch>', 'an archive'],
		['\xd0\xcf\x11\xe0', office],
		['\xd0\xcf\x11', undefined],
		['a 7z', undefined],
		[
			`a${'\0'.repeat(99)}0000644\0%PDF-1.7`,
			'the beginning of a TAR archive, in which a PDF begins at byte 108',
		],
		['<svg/>', 'an SVG drawing'],
		['', undefined],
	])('%j: %s', (content, what) => {
		expect(looksLike(Buffer.from(content, 'latin1'))?.what).toBe(what);
	});
});

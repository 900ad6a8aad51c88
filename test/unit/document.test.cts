import { contentOf } from '../../nodes/SignStash/bytes/Content';
import {
	documentOf,
	signatureTypeFor,
	type Document,
} from '../../nodes/SignStash/documents/Document';

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

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

describe('a document of a field', () => {
	test.each([
		['pdf', 'application/xml', 'application/pdf'],
		['xml', 'application/xml', 'application/xml'],
		['xml', 'text/xml', 'text/xml'],
		['xml', 'application/pdf', 'text/xml'],
		['xml', undefined, 'text/xml'],
		['other', 'image/png', 'text/xml'],
	] as const)('%s that came as %s is told to the service as %s', (kind, mimeType, contentType) => {
		const content = contentOf(files[kind]);
		expect(documentOf({ field: 'f', name: 'n', content, head: files[kind], mimeType })).toEqual({
			field: 'f',
			name: 'n',
			content,
			kind,
			contentType,
		});
	});

	test('is not empty', async () => {
		await expect(async () => documentWith(Buffer.alloc(0))).rejects.toMatchObject({
			message: "The file in field 'data' of 'Input Data Field Name' is empty",
			remedy: 'Check the step that brings the file.',
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

	const another =
		"Set 'Signature Type' to Automatic, or choose another file in 'Input Data Field Name'.";
	test.each([
		[
			'other',
			'automatic',
			"'Signature Type' Automatic found that 'a file' is neither a PDF nor an XML file",
			"Choose a PDF or an XML file in 'Input Data Field Name', or set 'Signature Type' to CAdES.",
		],
		['xml', 'PAdES', "'Signature Type' PAdES needs a PDF, but 'a file' is an XML file", another],
		['pdf', 'XAdES', "'Signature Type' XAdES needs an XML file, but 'a file' is a PDF", another],
		[
			'other',
			'PAdES',
			"'Signature Type' PAdES needs a PDF, but 'a file' is neither a PDF nor an XML file",
			another,
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

import { contentOf } from '../../nodes/SignStash/bytes/Content';
import {
	isMadeFrom,
	whatContentShows,
	type Witness,
} from '../../nodes/SignStash/documents/whatContentShows';
import {
	ber,
	container,
	pdf,
	pem,
	primitive,
	signedPdf,
	signedXml,
	stream,
	update,
	xml,
} from '../support/signedFiles.cts';

const original = pdf();
const inside = (file: Buffer, from: string, to: string): Buffer =>
	Buffer.from(file.toString().replace(from, to));

describe('whether a signed file shows the original', () => {
	const bytes = Buffer.from('a text\nof some lines\n');
	const other = Buffer.from('a text\nof same lines\n');
	/** A container that declares the given number of bytes. */
	const longer = (length: number): Buffer => {
		const whole = container(primitive(bytes));
		whole.writeUInt32BE(length, whole.indexOf(bytes) - 4);
		return whole;
	};

	/** A container without lengths, in which an algorithm's parameters are NULL. */
	const withNull = Buffer.from(
		container(primitive(bytes), false)
			.toString('hex')
			.replace('300b0609608648016503040201', '3080060960864801650304020105000000'),
		'hex',
	);

	type ShownRow = [what: string, signed: Buffer, original: Buffer, shown: Witness];
	test.each<ShownRow>([
		['PAdES that adds to it', signedPdf(original), original, 'mine'],
		[
			'PAdES with other data on the page',
			signedPdf(pdf({ page: 'Total 200.00' })),
			original,
			"another's",
		],
		['PAdES of another length', signedPdf(pdf({ page: 'Total 99.00' })), original, undefined],
		['PAdES that adds nothing', original, original, undefined],
		[
			'PAdES that keeps only a part of the original: it may have been rewritten',
			signedPdf(pdf({ page: 'Total 200.00' })),
			Buffer.concat([original, Buffer.alloc(200, '%'), Buffer.from('\n%%EOF')]),
			undefined,
		],
		['PAdES that is shorter', signedPdf(pdf({ page: '' })).subarray(0, 60), original, undefined],
		[
			'PAdES with another identifier: it may have been rewritten',
			signedPdf(pdf({ id: 'BBBB' })),
			original,
			undefined,
		],
		[
			'PAdES with other metadata: it may have been rewritten',
			signedPdf(pdf({ metadata: '2026' })),
			pdf({ metadata: '2025' }),
			undefined,
		],
		[
			'PAdES with another stream on the page: the order may have changed',
			signedPdf(pdf({ page: 'Total 200.00', length: 13 })),
			original,
			undefined,
		],
		...['/Metadata', '/ObjStm', '/XRef'].map((type): ShownRow => {
			const more = (data: string) => pdf({ more: `3 0 ${stream(`/Type ${type}`, data)}` });
			return [`PAdES with another ${type}`, signedPdf(more('b')), more('a'), undefined];
		}),
		[
			'PAdES with other data after metadata that differ too',
			signedPdf(pdf({ metadata: '2026', more: `3 0 ${stream('/Type /Metadatas', 'b')}` })),
			pdf({ metadata: '2025', more: `3 0 ${stream('/Type /Metadatas', 'a')}` }),
			"another's",
		],
		[
			'PAdES with other data in a stream that does not end',
			signedPdf(pdf({ more: '3 0 obj\n<</A 1>>\nstream\nb' })),
			pdf({ more: '3 0 obj\n<</A 1>>\nstream\na' }),
			undefined,
		],
		[
			'PAdES with other words that mention a stream',
			signedPdf(pdf({ more: '% 3 0 obj a stream b endstream\n' })),
			pdf({ more: '% 3 0 obj a stream a endstream\n' }),
			undefined,
		],
		[
			'PAdES with other data after a dictionary that is too long to be examined',
			signedPdf(pdf({ more: `3 0 ${stream(`/A (${'x'.repeat(4096)})`, 'b')}` })),
			pdf({ more: `3 0 ${stream(`/A (${'x'.repeat(4096)})`, 'a')}` }),
			undefined,
		],
		[
			'PAdES with other data and another end of the stream',
			signedPdf(pdf({ page: 'Total 20.00\nendstream' })),
			original,
			undefined,
		],
		[
			'PAdES with other data and other words after the stream',
			signedPdf(inside(pdf({ page: 'Total 200.00' }), 'endstream', 'endstreaX')),
			original,
			undefined,
		],
		...['', '\r\n'].map(
			(lineEnd): ShownRow => [
				`PAdES with other data after ${JSON.stringify(lineEnd)}`,
				signedPdf(inside(pdf({ page: 'Total 200.00' }), '>>\n', `>>${lineEnd}`)),
				inside(original, '>>\n', `>>${lineEnd}`),
				"another's",
			],
		),
		[
			'PAdES of a part of the file only',
			Buffer.concat([pdf({ page: 'Total 200.00' }).subarray(0, -1), Buffer.from('!'), update]),
			original,
			undefined,
		],
		[
			'PAdES of a file that ends differently',
			signedPdf(pdf({ page: 'Total 200.00' })),
			Buffer.concat([original.subarray(0, -1), Buffer.from('!')]),
			undefined,
		],
		[
			'PAdES of a file that ends in line ends',
			Buffer.concat([pdf({ page: 'Total 200.00' }), Buffer.from('\r\n \n'), update]),
			Buffer.concat([original, Buffer.from('\r\n \n')]),
			"another's",
		],
		[
			'PAdES of an encrypted file',
			signedPdf(pdf({ page: 'Total 200.00', more: '/Encrypt' })),
			pdf({ more: '/Encrypt' }),
			undefined,
		],
		['CAdES', container(primitive(bytes)), bytes, 'mine'],
		['CAdES as PEM', pem(container(primitive(bytes))), bytes, 'mine'],
		['CAdES without lengths', container(primitive(bytes), false), bytes, 'mine'],
		['CAdES without lengths, with a NULL in it', withNull, bytes, 'mine'],
		[
			'CAdES in pieces',
			container(ber(0x24, [primitive(bytes.subarray(0, 5)), primitive(bytes.subarray(5))], false)),
			bytes,
			'mine',
		],
		['CAdES of a PDF', container(primitive(original)), original, 'mine'],
		['CAdES of other bytes', container(primitive(other)), bytes, "another's"],
		[
			'CAdES with other line ends',
			container(primitive(Buffer.from('a text\rof some lines\r'))),
			bytes,
			undefined,
		],
		[
			'CAdES with a space instead of a line end',
			container(primitive(Buffer.from('a text of some lines\n'))),
			bytes,
			"another's",
		],
		[
			'CAdES with a line end instead of a space',
			container(primitive(Buffer.from('a text\nof some\nlines\n'))),
			bytes,
			"another's",
		],
		[
			'CAdES of an empty file, for an empty file',
			container(primitive(Buffer.alloc(0))),
			Buffer.alloc(0),
			undefined,
		],
		[
			'CAdES of XML of the same length',
			container(primitive(Buffer.from('<a>1</a>'))),
			Buffer.from('invoices'),
			undefined,
		],
		[
			'CAdES of the same length as XML',
			container(primitive(Buffer.from('invoices'))),
			Buffer.from('<a>1</a>'),
			undefined,
		],
		['CAdES of another length', container(primitive(bytes.subarray(1))), bytes, "another's"],
		[
			'CAdES of bytes and more',
			container(primitive(Buffer.concat([bytes, bytes]))),
			bytes,
			"another's",
		],
		[
			'CAdES with longer line ends, and one more',
			container(primitive(Buffer.from('a text\r\nof some lines\r\n\r\n'))),
			bytes,
			undefined,
		],
		['CAdES of no bytes', container(primitive(Buffer.alloc(0))), bytes, undefined],
		[
			'CAdES of XML that is written differently',
			container(primitive(Buffer.from("<?xml version='1.0'?><a b='1'/>"))),
			xml,
			'mine',
		],
		[
			'CAdES of a sequence instead of bytes',
			container(ber(0x30, [primitive(bytes)])),
			bytes,
			undefined,
		],
		[
			'CAdES in pieces that are not all bytes',
			container(ber(0x24, [primitive(bytes.subarray(0, 5)), ber(0x0c, [bytes.subarray(5)])])),
			bytes,
			undefined,
		],
		[
			'CAdES of bytes without a length',
			container(ber(0x04, [primitive(bytes)], false)),
			primitive(bytes),
			undefined,
		],
		['CAdES of more bytes than there are', longer(0x7000_0000), bytes, undefined],
		[
			'CAdES of more bytes than its part has',
			longer(bytes.length + 1),
			Buffer.concat([bytes, Buffer.from([0x31])]),
			undefined,
		],
		['CAdES that is detached', container(undefined), bytes, undefined],
		['CAdES that is cut off', container(primitive(bytes)).subarray(0, -9), bytes, undefined],
		['CAdES of other XML', container(primitive(Buffer.from('<a b="2"/>'))), xml, "another's"],
		['XAdES', signedXml, xml, 'mine'],
		['XAdES, for an empty file', signedXml, Buffer.alloc(0), undefined],
		['something else', Buffer.from('what?'), bytes, undefined],
		['any signed file, for an empty file', signedPdf(original), Buffer.alloc(0), undefined],
	])('%s', async (_, signed, of, shown) => {
		expect(await whatContentShows(signed, contentOf(of))).toBe(shown);
		expect(await isMadeFrom(signed, contentOf(of))).toBe(shown === 'mine');
	});

	test.each([
		[50_000_000, 'mine'],
		[50_000_001, undefined],
	])('XML of %i bytes: %s', async (length, shown) => {
		expect(await whatContentShows(signedXml, { ...contentOf(xml), length })).toBe(shown);
	});

	test('of another file only the first piece is read to see that it is not the one', async () => {
		const pieces = [original.subarray(0, 20), original.subarray(20)];
		let read = 0;
		const content = {
			length: original.length,
			async *pieces() {
				for (const piece of pieces) {
					read++;
					yield piece;
				}
			},
			release: () => undefined,
		};
		const other = Buffer.concat([Buffer.from('%PDF-1.3'), signedPdf(original).subarray(8)]);
		expect(await isMadeFrom(other, content)).toBe(false);
		expect(read).toBe(1);
	});

	test('a file that arrives in pieces is compared in pieces', async () => {
		const pieces = [original.subarray(0, 20), original.subarray(20)];
		const content = {
			length: original.length,
			async *pieces() {
				yield* pieces;
			},
			release: () => undefined,
		};
		expect(await whatContentShows(signedPdf(original), content)).toBe('mine');
	});
});

import fc from 'fast-check';
import type { Content } from '../../nodes/SignStash/bytes/Content';
import { largestPage } from '../../nodes/SignStash/documents/pageSize';

/** A content that is read in pieces of the given size. */
function inPieces(text: string, size = text.length): Content {
	const bytes = Buffer.from(text, 'latin1');
	return {
		length: bytes.length,
		async *pieces() {
			for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
		},
		release: () => undefined,
	};
}

const page = (box: string): string => `%PDF-1.4\n1 0 obj <</Type /Page /MediaBox${box}>> endobj\n`;

test.each<[what: string, text: string, size: { width: number; height: number } | undefined]>([
	['A4', page(' [0 0 595.30 841.89]'), { width: 595.3, height: 841.89 }],
	['without blanks', page('[0 0 612 792]'), { width: 612, height: 792 }],
	['spread over lines', page('\r\n[ 0.0\n0.00 612. 792 ]'), { width: 612, height: 792 }],
	['with wide gaps', page(' [ 0.00  0.00  595.30   841.89 ]'), { width: 595.3, height: 841.89 }],
	['the largest of several', page('[0 0 10 90]') + page('[0 0 80 20]'), { width: 80, height: 90 }],
	['another origin', page('[10 0 612 792]'), undefined],
	['one of them with another origin', page('[0 0 9 9]') + page('[-9 0 9 9]'), undefined],
	['a box that is only referred to', page(' 7 0 R'), undefined],
	[
		'a box that is only referred to, before another box',
		page(' 7 0 R /CropBox [0 0 9 9]'),
		undefined,
	],
	['pages in streams', `${page('[0 0 9 9]')}<</Type /ObjStm>>`, undefined],
	['a turned page', page('[0 0 9 9] /Rotate 90'), undefined],
	['another unit', page('[0 0 9 9] /UserUnit 2'), undefined],
	['no page', '%PDF-1.4', undefined],
])('the page of a PDF: %s', async (_, text, size) => {
	expect(await largestPage(inPieces(text))).toEqual(size);
});

test('the page size is found whatever pieces the file is read in', async () => {
	const filler = fc.nat({ max: 400 }).map((length) => ' '.repeat(length));
	const hidden = fc.constantFrom('', '/ObjStm', '/Rotate');
	const text = fc
		.tuple(filler, filler, hidden, filler)
		.map(([a, b, key, c]) => a + page('[0 0 5 7]') + b + page('[0 0 6 4]') + key + c);
	await fc.assert(
		fc.asyncProperty(text, fc.integer({ min: 1, max: 600 }), async (pdf, size) => {
			expect(await largestPage(inPieces(pdf, size))).toEqual(await largestPage(inPieces(pdf)));
		}),
		{ numRuns: 60 },
	);
});

import { isOtherPdf } from '../../nodes/SignStash/documents/isOtherPdf';
import { pdf, stream } from '../support/signedFiles.cts';

/** A stream whose dictionary, from its `obj` to the data, has this many bytes. */
const longDictionary = (bytes: number, data: string): string => {
	const filler = 'x'.repeat(bytes - ' obj\n<</A ()>>\n'.length);
	return `3 0 ${stream(`/A (${filler})`, data)}`;
};

describe('a PDF of the same length is another one if it differs', () => {
	test.each<[what: string, more: (data: string) => string, isOther: boolean]>([
		['in a stream', (data) => `3 0 ${stream('/A 1', data)}`, true],
		[
			'in a stream and in an object before it',
			(data) => `3 0 obj\n(${data})\nendobj\n4 0 ${stream('/A 1', data)}`,
			true,
		],
		[
			'in a stream after an object that mentions streams of other kinds',
			(data) => `3 0 obj\n<</Type /XRef>>\nendobj\n4 0 ${stream('/A 1', data)}`,
			true,
		],
		['in a stream with a long dictionary', (data) => longDictionary(4096, data), true],
		['in a stream with a longer dictionary', (data) => longDictionary(4097, data), false],
		['in words only', (data) => `3 0 obj\n<<>> no stream\n${data}\nendstream\n`, false],
		['nowhere', () => `3 0 ${stream('/A 1', 'a')}`, false],
	])('%s', async (_, more, isOther) => {
		const [one, other] = ['a', 'b'].map((data) => pdf({ more: more(data) }));
		expect(await isOtherPdf(other ?? Buffer.alloc(0), one ?? Buffer.alloc(0))).toBe(isOther);
	});

	test('unless its end is not where it is looked for', async () => {
		const padded = (page: string, by: number): Buffer =>
			Buffer.concat([pdf({ page }), Buffer.alloc(by, '\n')]);
		expect(await isOtherPdf(padded('b', 10), padded('a', 10))).toBe(true);
		expect(await isOtherPdf(padded('b', 11), padded('a', 11))).toBe(false);
		expect(await isOtherPdf(padded('b', 11), padded('a', 10))).toBe(false);
	});
});

import fc from 'fast-check';
import { Base64Reader } from '../../nodes/SignStash/bytes/Base64Reader';
import { base64Length, base64Of } from '../../nodes/SignStash/bytes/base64';
import { blockOf, free } from '../../nodes/SignStash/bytes/blocks';
import { contentOf, wholeOf, type Content } from '../../nodes/SignStash/bytes/Content';

const least = 64 * 1024;
const own = (bytes: number): Buffer => Buffer.allocUnsafeSlow(bytes);

describe('memory is released', () => {
	test.each<[name: string, bytes: Buffer, left: number]>([
		['of a whole block', own(least), 0],
		['of a block from blockOf, through any part of it', blockOf(least + 9).subarray(1, 9), 0],
		['except of a block that others may hold a part of', own(least + 1).subarray(1), least],
		['except of a small block', own(least - 1), least - 1],
		['except of a small block from blockOf', blockOf(least - 1), least - 1],
		['of an empty buffer, without a fault', Buffer.alloc(0), 0],
	])('%s', (_, bytes, left) => {
		free(bytes);
		free(bytes);
		expect(bytes).toHaveLength(left);
	});

	test('when its content is no longer needed', () => {
		const bytes = own(least);
		contentOf(bytes).release();
		expect(bytes).toHaveLength(0);
	});

	test('only where this version of Node can transfer it', () => {
		const bytes = own(least);
		Object.defineProperty(bytes.buffer, 'transfer', { value: undefined });
		free(bytes);
		expect(bytes).toHaveLength(least);
	});
});

const inPieces = (length: number, ...pieces: Buffer[]): Content => ({
	length,
	async *pieces() {
		yield* pieces;
	},
	release: () => undefined,
});

async function encoded(content: Content): Promise<string> {
	let text = '';
	for await (const piece of base64Of(content)) text += piece;
	return text;
}

test('a content is encoded as a whole, whatever pieces its bytes arrive in', async () => {
	const bytes = fc.uint8Array({ maxLength: 20 }).map((array) => Buffer.from(array));
	await fc.assert(
		fc.asyncProperty(fc.array(bytes, { maxLength: 6 }), async (pieces) => {
			const whole = Buffer.concat(pieces);
			const text = await encoded(inPieces(whole.length, ...pieces));
			expect(text).toBe(whole.toString('base64'));
			expect(text).toHaveLength(base64Length(whole.length));
		}),
	);
});

test('a large content is encoded in pieces of tens of thousands of letters', async () => {
	const content = contentOf(Buffer.alloc(200_001, 'document'));
	const lengths: number[] = [];
	for await (const piece of base64Of(content)) lengths.push(piece.length);
	expect(Math.max(...lengths)).toBeLessThanOrEqual(100_000);
	expect(lengths.reduce((sum, length) => sum + length)).toBe(base64Length(200_001));
});

test.each([2, 4])(
	'a content of 3 bytes that declares %i is never encoded past its declared length',
	async (length) => {
		let text = '';
		const reading = (async () => {
			const [first, second] = [Buffer.from('ab'), Buffer.from('c')];
			for await (const piece of base64Of(inPieces(length, first, second))) text += piece;
		})();
		await expect(reading).rejects.toThrow('the file changed while it was read');
		expect(text.length).toBeLessThanOrEqual(base64Length(length));
	},
);

test('a content in pieces is read as a whole, at its actual length', async () => {
	const pieces = ['ab', 'c'].map((piece) => Buffer.from(piece));
	for (const length of [3, 5])
		expect(String(await wholeOf(inPieces(length, ...pieces)))).toBe('abc');
});

function decoded(pieces: string[], expected = 0): Buffer | undefined {
	const reader = new Base64Reader(expected);
	for (const piece of pieces) reader.add(Buffer.from(piece));
	return reader.end();
}

/** Every way to cut a text in two, and the text letter by letter. */
const cutsOf = (text: string): string[][] => [
	...Array.from({ length: text.length + 1 }, (_, at) => [text.slice(0, at), text.slice(at)]),
	Array.from(text),
];

test.each([
	['c2lnbmVk', 'signed'],
	['c2lnbmVkIQ==', 'signed!'],
	['c2lnbmVkISE=', 'signed!!'],
	['c2lnbmVkIQ', 'signed!'],
	['', ''],
	['c2 ln\tbm Vk', 'signed'],
	['c2ln\\nbm\\rVk\\t\\f\\b', 'signed'],
	['c2lnbmVkIQ\\u003d\\u003D', 'signed!'],
	['c2lnbmVkIQ= =', 'signed!'],
	['\\u0063\\u0032lnbmVk', 'signed'],
	['data:application/pdf;base64,c2lnbmVk', 'signed'],
	['DATA:;BASE64,c2lnbmVk', 'signed'],
	['data', Buffer.from('data', 'base64').toString('latin1')],
	['data:;base64,data', Buffer.from('data', 'base64').toString('latin1')],
	['data:application/pdf,c2lnbmVk', undefined],
	['c2lnbmVkI', undefined],
	['c2lnbmVkIQ==c2ln', undefined],
	['c2lnbmVkdata:;base64,c2ln', undefined],
	['c2ln!mVk', undefined],
	['c2lnb€Vk', undefined],
])('base64 %j decodes to %j, wherever it is cut', (text, bytes) => {
	for (const pieces of cutsOf(text))
		expect([pieces, decoded(pieces)?.toString('latin1')]).toEqual([pieces, bytes]);
});

test('more than two padding characters are not base64', () => {
	expect(decoded(['c2lnbmVk'])?.toString()).toBe('signed');
	expect(decoded(['c2lnbmVk===='])).toBeUndefined();
});

test.each([
	['/+', '_-'],
	['\\/\\u002b', '_-'],
])('both alphabets decode to the same bytes: %j and %j', (one, other) => {
	const bytes = Buffer.from([0xff, 0xef, 0xbe]);
	expect(decoded([`${one}++`.slice(0, -2), '++'])).toEqual(decoded([other, '--']));
	expect(decoded([bytes.toString('base64')])).toEqual(bytes);
});

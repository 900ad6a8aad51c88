import { Base64Reader } from '../../nodes/SignStash/bytes/Base64Reader';
import { Buffers, release } from '../../nodes/SignStash/bytes/Buffers';
import { contentOf, wholeOf } from '../../nodes/SignStash/bytes/Content';

const own = (bytes: number): Buffer => Buffer.allocUnsafeSlow(bytes);

describe('buffers', () => {
	test.each<[kept: number, asked: number, isUsed: boolean]>([
		[100, 100, true],
		[100, 50, true],
		[100, 49, false],
		[100, 101, false],
	])('of %i bytes, kept, serve who asks for %i: %s', (kept, asked, isUsed) => {
		const buffers = new Buffers();
		const one = own(kept);
		buffers.give(one);
		expect(buffers.take(asked).buffer === one.buffer).toBe(isUsed);
		expect(buffers.made).toBe(isUsed ? 0 : 1);
	});

	test('serve one at a time', () => {
		const buffers = new Buffers();
		buffers.give(own(100));
		expect(buffers.take(100).buffer).not.toBe(buffers.take(100).buffer);
		expect(buffers.made).toBe(1);
	});

	test('of which a part is given back are kept as a whole', () => {
		const buffers = new Buffers();
		buffers.give(own(100).subarray(10, 20));
		expect(buffers.take(100)).toHaveLength(100);
		expect(buffers.made).toBe(0);
	});

	test('that have to be made have a tenth to spare', () => {
		expect(new Buffers().take(1000)).toHaveLength(1100);
	});

	test('that are too large are not kept', () => {
		const buffers = new Buffers();
		buffers.give(own(8_000_001));
		buffers.take(8_000_001);
		expect(buffers.made).toBe(1);
		buffers.give(own(8_000_000));
		buffers.take(8_000_000);
		expect(buffers.made).toBe(1);
	});

	test('are kept up to 32 MB, and again after some were taken', () => {
		const buffers = new Buffers();
		for (let count = 0; count < 5; count++) buffers.give(own(8_000_000));
		for (let count = 0; count < 4; count++) buffers.take(8_000_000);
		expect(buffers.made).toBe(0);
		buffers.give(own(8_000_000));
		buffers.take(8_000_000);
		expect(buffers.made).toBe(0);
		buffers.take(8_000_000);
		expect(buffers.made).toBe(1);
	});
});

test('memory is given back only by who has a block to itself', () => {
	const whole = Buffer.from(own(8).fill(1).buffer);
	const part = own(8).fill(1).subarray(0, 4);
	const content = contentOf(whole);
	release(part);
	release(Buffer.alloc(0));
	expect(part).toHaveLength(4);
	expect(content.length).toBe(8);
	content.release();
	expect(whole).toHaveLength(0);
});

test('a content in pieces is read as a whole, as long as it is', async () => {
	const pieces = ['ab', 'c'].map((piece) => Buffer.from(piece));
	const content = {
		length: 3,
		async *pieces() {
			yield* pieces;
		},
		release: () => undefined,
	};
	expect(String(await wholeOf(content))).toBe('abc');
	expect(String(await wholeOf({ ...content, length: 5 }))).toBe('abc');
});

function decoded(pieces: string[], expected = 0): Buffer | undefined {
	const reader = new Base64Reader(expected, new Buffers());
	for (const piece of pieces) reader.add(Buffer.from(piece));
	return reader.end();
}

/** Every way to cut a text in two, and letter by letter. */
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
	['data:application/pdf,c2lnbmVk', undefined],
	['c2lnbmVkI', undefined],
	['c2lnbmVkIQ==c2ln', undefined],
	['c2ln!mVk', undefined],
	['c2lnb€Vk', undefined],
])('base64 %j stands for %j, wherever it is cut', (text, bytes) => {
	for (const pieces of cutsOf(text))
		expect([pieces, decoded(pieces)?.toString('latin1')]).toEqual([pieces, bytes]);
});

test.each([
	['/+', '_-'],
	['\\/\\u002b', '_-'],
])('both alphabets stand for the same: %j and %j', (one, other) => {
	const bytes = Buffer.from([0xff, 0xef, 0xbe]);
	expect(decoded([`${one}++`.slice(0, -2), '++'])).toEqual(decoded([other, '--']));
	expect(decoded([bytes.toString('base64')])).toEqual(bytes);
});

test('a room is made as large as it has to be, and given back when it is too small or of no use', () => {
	const buffers = new Buffers();
	const given: number[] = [];
	buffers.give = (part) => void given.push(part.buffer.byteLength);
	const reader = new Base64Reader(0, buffers);
	const content = Buffer.alloc(200_000, 'signed');
	reader.add(Buffer.from(content.toString('base64')));
	expect(reader.end()).toEqual(content);
	expect(given.length).toBeGreaterThan(0);
	given.length = 0;
	const flawed = new Base64Reader(100_000, buffers);
	flawed.add(Buffer.from('!!!!'));
	expect(flawed.end()).toBeUndefined();
	expect(given).toHaveLength(1);
});

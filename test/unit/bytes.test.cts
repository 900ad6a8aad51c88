import fc from 'fast-check';
import { Base64Reader } from '../../nodes/SignStash/bytes/Base64Reader';
import { Buffers, release } from '../../nodes/SignStash/bytes/Buffers';
import { contentOf, wholeOf } from '../../nodes/SignStash/bytes/Content';

const own = (bytes: number): Buffer => Buffer.allocUnsafeSlow(bytes);

describe('buffers', () => {
	/** Buffers that keep one of so many bytes, which are made with a tenth to spare. */
	const keeping = (bytes: number): Buffers => {
		const buffers = new Buffers();
		buffers.give(buffers.take(bytes));
		return buffers;
	};

	test.each<[kept: number, asked: number, isUsed: boolean]>([
		[100, 110, true],
		[100, 55, true],
		[100, 54, false],
		[100, 111, false],
	])('of %i bytes and a tenth, kept, serve who asks for %i: %s', (kept, asked, isUsed) => {
		const buffers = keeping(kept);
		buffers.take(asked);
		expect(buffers.made).toBe(isUsed ? 1 : 2);
	});

	test('serve one at a time', () => {
		const buffers = keeping(100);
		expect(buffers.take(100).buffer).not.toBe(buffers.take(100).buffer);
		expect(buffers.made).toBe(2);
	});

	test('of which a part is given back are kept as a whole', () => {
		const buffers = new Buffers();
		buffers.give(buffers.take(100).subarray(10, 20));
		expect(buffers.take(110)).toHaveLength(110);
		expect(buffers.made).toBe(1);
	});

	test('that have to be made have a tenth to spare', () => {
		expect(new Buffers().take(1000)).toHaveLength(1100);
	});

	test('that are given back are empty for all who held them, and come back once', () => {
		const buffers = new Buffers();
		const first = buffers.take(100);
		const part = first.subarray(10, 20);
		buffers.give(part);
		expect([first.length, part.length]).toEqual([0, 0]);
		for (const again of [first, part]) buffers.give(again);
		buffers.take(100);
		buffers.take(100);
		expect(buffers.made).toBe(2);
	});

	test('of others are left to them', () => {
		const buffers = new Buffers();
		const others = [own(100), new Buffers().take(100), Buffer.from('in the block of many')];
		for (const other of others) buffers.give(other);
		expect(others.map(({ length }) => length)).toEqual([100, 110, 20]);
		buffers.take(100);
		expect(buffers.made).toBe(1);
	});

	test('are never held by two, whatever is taken and given back, and how often', () => {
		const sizes = fc.integer({ min: 1, max: 400 });
		const step = fc.record({ take: sizes, give: fc.array(fc.nat(40), { maxLength: 3 }) });
		fc.assert(
			fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
				const buffers = new Buffers();
				const held: Buffer[] = [];
				for (const [number, { take, give }] of steps.entries()) {
					held.push(buffers.take(take).fill(number));
					for (const one of give) buffers.give(held[one] ?? own(take));
				}
				for (const [number, buffer] of held.entries())
					expect(buffer.length === 0 || buffer.every((byte) => byte === number)).toBe(true);
			}),
		);
	});

	test('that are too large are not kept, but freed', () => {
		const buffers = new Buffers();
		const large = buffers.take(7_300_000);
		buffers.give(large);
		expect(large).toHaveLength(0);
		buffers.take(7_300_000);
		expect(buffers.made).toBe(2);
		buffers.give(buffers.take(7_200_000));
		buffers.take(7_200_000);
		expect(buffers.made).toBe(3);
	});

	test('are kept up to 32 MB, and again after some were taken', () => {
		const buffers = new Buffers();
		const five = () => Array.from({ length: 5 }, () => buffers.take(7_000_000));
		for (const one of five()) buffers.give(one);
		const again = five();
		expect(buffers.made).toBe(6);
		for (const one of again) buffers.give(one);
		for (let count = 0; count < 4; count++) buffers.take(7_000_000);
		expect(buffers.made).toBe(6);
	});

	test('are not used again by a Node that cannot take them away', () => {
		const buffers = new Buffers();
		const first = buffers.take(100);
		Object.defineProperty(first.buffer, 'transfer', { value: undefined });
		buffers.give(first);
		buffers.take(100);
		expect([first.length, buffers.made]).toEqual([110, 2]);
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
	['data:;base64,data', Buffer.from('data', 'base64').toString('latin1')],
	['data:application/pdf,c2lnbmVk', undefined],
	['c2lnbmVkI', undefined],
	['c2lnbmVkIQ==c2ln', undefined],
	['c2lnbmVkdata:;base64,c2ln', undefined],
	['c2ln!mVk', undefined],
	['c2lnb€Vk', undefined],
])('base64 %j stands for %j, wherever it is cut', (text, bytes) => {
	for (const pieces of cutsOf(text))
		expect([pieces, decoded(pieces)?.toString('latin1')]).toEqual([pieces, bytes]);
});

test('padding of more than two signs is no base64', () => {
	expect(decoded(['c2lnbmVk'])?.toString()).toBe('signed');
	expect(decoded(['c2lnbmVk===='])).toBeUndefined();
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

import { Base64Reader } from '../../nodes/SignStash/bytes/Base64Reader';

const { allocUnsafeSlow, prototype } = { ...Buffer, prototype: ArrayBuffer.prototype };
const { transfer } = prototype;
let made: number[];
let freed: number[];
beforeEach(() => {
	made = [];
	freed = [];
	jest.spyOn(Buffer, 'allocUnsafeSlow').mockImplementation((bytes) => {
		made.push(bytes);
		return allocUnsafeSlow(bytes);
	});
	jest.spyOn(prototype, 'transfer').mockImplementation(function (this: ArrayBuffer, length) {
		freed.push(this.byteLength);
		return transfer.call(this, length);
	});
});
afterEach(() => jest.restoreAllMocks());

/** Decodes a given number of bytes, in pieces of 8 KB. */
function decode(bytes: number, expected = 0): Buffer | undefined {
	const content = Buffer.alloc(bytes, 'signed');
	const text = Buffer.from(content.toString('base64'));
	made = [];
	const reader = new Base64Reader(expected);
	for (let at = 0; at < text.length; at += 8192) reader.add(text.subarray(at, at + 8192));
	const decoded = reader.end();
	expect(decoded?.equals(content)).toBe(true);
	return decoded;
}

const room = 65_536;

test.each<[name: string, bytes: number, expected: number, rooms: number[]]>([
	['fits into the expected buffer', 60_000, room, [room]],
	['fills two thirds of it', 43_691, room, [room]],
	[
		'fills less than two thirds of it: it is copied into one that fits',
		43_690,
		room,
		[room, 43_690],
	],
	['has the expected length', 1_000_000, 1_000_002, [1_000_002]],
	[
		'is longer than expected: the buffer doubles, then one that fits is used',
		280_000,
		room,
		[room, 2 * room, 4 * room, 8 * room, 280_000],
	],
])('buffers for a content that %s', (_, bytes, expected, rooms) => {
	decode(bytes, expected);
	expect(made).toEqual(rooms);
	expect(freed).toEqual(rooms.slice(0, -1));
});

test('the buffer of text that is not base64 is freed', () => {
	const flawed = new Base64Reader(100_000);
	flawed.add(Buffer.from('!!!!'));
	expect(flawed.end()).toBeUndefined();
	expect(freed).toEqual([100_000]);
});

test.each([
	[100, 'signed'],
	[101, undefined],
])('base64 after a media type of %i letters: %s', (letters, bytes) => {
	const text = Buffer.from(`data:${'x'.repeat(letters)};base64,c2lnbmVk`);
	for (const cut of [text.length, 50, 105]) {
		const reader = new Base64Reader(0);
		reader.add(text.subarray(0, cut));
		reader.add(text.subarray(cut));
		expect(reader.end()?.toString()).toBe(bytes);
	}
});

test('a data URL prefix is accepted only once, at the beginning', () => {
	const reader = new Base64Reader(0);
	for (const piece of ['c2ln', 'data:;base64,c2ln']) reader.add(Buffer.from(piece));
	expect(reader.end()).toBeUndefined();
});

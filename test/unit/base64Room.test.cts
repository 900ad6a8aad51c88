import { Base64Reader } from '../../nodes/SignStash/bytes/Base64Reader';
import { Buffers } from '../../nodes/SignStash/bytes/Buffers';

/** How many buffers it takes to decode so many bytes, in pieces of 8 KB, and how many are given back. */
function roomsFor(bytes: number, expected = 0) {
	let given = 0;
	const buffers = new Buffers();
	const give = buffers.give.bind(buffers);
	buffers.give = (part) => {
		given++;
		give(part);
	};
	const reader = new Base64Reader(expected, buffers);
	const content = Buffer.alloc(bytes, 'signed');
	const text = Buffer.from(content.toString('base64'));
	for (let at = 0; at < text.length; at += 8192) reader.add(text.subarray(at, at + 8192));
	expect(reader.end()?.equals(content)).toBe(true);
	return { made: buffers.made, given };
}

test.each([
	['what fits into the least room', 60_000, 0, { made: 1, given: 0 }],
	['what fills two thirds of it', 48_060, 0, { made: 1, given: 0 }],
	['what fills less', 48_059, 0, { made: 2, given: 1 }],
	['what was expected', 1_000_000, 1_000_000, { made: 1, given: 0 }],
	[
		'what was not: the room doubles, and a fitting one is taken',
		1_000_000,
		0,
		{ made: 6, given: 5 },
	],
])('the rooms for %s', (_, bytes, expected, rooms) => {
	expect(roomsFor(bytes, expected)).toEqual(rooms);
});

test.each([
	[100, 'signed'],
	[101, undefined],
])('a media type of %i letters before base64', (letters, bytes) => {
	const text = Buffer.from(`data:${'x'.repeat(letters)};base64,c2lnbmVk`);
	for (const cut of [text.length, 50, 105]) {
		const reader = new Base64Reader(0, new Buffers());
		reader.add(text.subarray(0, cut));
		reader.add(text.subarray(cut));
		expect(reader.end()?.toString()).toBe(bytes);
	}
});

test('what stands before base64 does so once, at the beginning', () => {
	const reader = new Base64Reader(0, new Buffers());
	for (const piece of ['c2ln', 'data:;base64,c2ln']) reader.add(Buffer.from(piece));
	expect(reader.end()).toBeUndefined();
});

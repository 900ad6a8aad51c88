import { imageSize } from '../../nodes/SignStash/documents/imageSize';
import { withImage } from '../../nodes/SignStash/operations/sign/visible';
import { jpeg, png } from '../support/files.cts';

/** The head of a PNG of the given size. */
function pngOf(width: number, height: number): Buffer {
	const head = Buffer.from(png().content.subarray(0, 33));
	head.writeUInt32BE(width, 16);
	head.writeUInt32BE(height, 20);
	return head;
}

const segment = (marker: number, content: number[]): number[] => [
	...[0xff, marker, 0, content.length + 2],
	...content,
];
/** A JPEG up to its frame header, with what programs put before it. */
const jpegOf = (
	marker: number,
	width: number,
	height: number,
	before = 0xc4,
	between = 0xff,
): Buffer =>
	Buffer.from([
		...[0xff, 0xd8],
		...segment(0xe1, [0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1]),
		...segment(before, [0, 1, 2]),
		between,
		...segment(marker, [8, height >> 8, height & 255, width >> 8, width & 255, 3]),
	]);

test.each<[what: string, image: Buffer, size: object | undefined]>([
	['a whole PNG', png().content, { width: 1, height: 1 }],
	['a whole JPEG', jpeg().content, { width: 1, height: 1 }],
	['a large PNG', pngOf(70_000, 3), { width: 70_000, height: 3 }],
	['a baseline JPEG', jpegOf(0xc0, 300, 2), { width: 300, height: 2 }],
	['a progressive JPEG', jpegOf(0xc2, 300, 2), { width: 300, height: 2 }],
	['a JPEG whose height comes later', jpegOf(0xc0, 300, 0), undefined],
	['a PNG that is cut off', pngOf(7, 7).subarray(0, 22), undefined],
	['a PNG without width', pngOf(0, 7), undefined],
	['a PNG without height', pngOf(7, 0), undefined],
	['a PNG that is cut off after its size', pngOf(7, 7).subarray(0, 24), { width: 7, height: 7 }],
	['words', Buffer.alloc(40, 'a'), undefined],
	['a JPEG with the last frame marker', jpegOf(0xcf, 300, 2), { width: 300, height: 2 }],
	[
		'a JPEG that is cut off after its size',
		jpegOf(0xc0, 300, 2).subarray(0, -1),
		{ width: 300, height: 2 },
	],
	[
		'a JPEG with a marker just below the frame markers',
		jpegOf(0xc0, 300, 2, 0xbf),
		{ width: 300, height: 2 },
	],
	['a JPEG with stray bytes between its segments', jpegOf(0xc0, 300, 2, 0xc4, 7), undefined],
	['a JPEG that is cut off', jpegOf(0xc0, 300, 2).subarray(0, 30), undefined],
	['nothing', Buffer.alloc(0), undefined],
])('the size of %s', (_, image, size) => {
	expect(imageSize(image)).toEqual(size);
});

describe('an image and the area of the visible signature', () => {
	const within = (area: string | undefined, image: Buffer) =>
		withImage(
			{
				info: { locationType: 'SIGN_FIELD', locationValue: 'f', ...(area ? { area } : {}) },
				imageField: 'logo',
			},
			image,
		);

	test.each([
		['width=200,height=100', 201, 100],
		['width=200,height=100', 200, 101],
	])('with %s, %i x %i pixels are refused before sending', (area, width, height) => {
		expect(() => within(area, pngOf(width, height))).toThrow(
			`The image in field 'logo' of 'Image Field' has ${width} x ${height} pixels, but its area has only 200 x 100`,
		);
	});

	test.each([
		['one of exactly that size', 'width=200,height=100', pngOf(200, 100)],
		['one of any size, when no area is given', undefined, pngOf(5000, 5000)],
		['one of unknown size', 'width=1,height=1', pngOf(9, 9).subarray(0, 20)],
	])('%s is sent', (_, area, image) => {
		expect(within(area, image).imageValue).toBe(image.toString('base64'));
	});
});

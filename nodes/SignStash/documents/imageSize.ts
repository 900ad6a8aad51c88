/** Size of an image in pixels. */
export interface ImageSize {
	width: number;
	height: number;
}

/**
 * The size that a PNG or JPEG image has by its own header; undefined if it cannot be read there. A rotation that a
 * camera noted in a JPEG is ignored.
 */
export function imageSize(image: Buffer): ImageSize | undefined {
	const read = image[0] === 0xff ? jpegSize : pngSize;
	const size = read(image);
	return size && size.width > 0 && size.height > 0 ? size : undefined;
}

/** The first chunk, IHDR, begins with the size (PNG, section 11.2.1). */
function pngSize(image: Buffer): ImageSize | undefined {
	if (image.length < 24 || image.toString('latin1', 12, 16) !== 'IHDR') return undefined;
	return { width: image.readUInt32BE(16), height: image.readUInt32BE(20) };
}

/** JPEG markers that begin a frame, leaving out DHT, JPG and DAC among them (ITU-T T.81, table B.1). */
const isFrame = (marker: number): boolean =>
	marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** Walks the segments to the frame header, which has the size (ITU-T T.81, section B.2.2). */
function jpegSize(image: Buffer): ImageSize | undefined {
	for (let at = 2; at + 9 <= image.length && image[at] === 0xff; ) {
		const marker = image.readUInt8(at + 1);
		if (marker === 0xff) {
			at++;
			continue;
		}
		if (isFrame(marker))
			return { height: image.readUInt16BE(at + 5), width: image.readUInt16BE(at + 7) };
		at += 2 + image.readUInt16BE(at + 2);
	}
	return undefined;
}

interface Size {
	width: number;
	height: number;
}

const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

/** Markers of a JPEG's frames; some markers in that range mean something else. */
function isFrame(marker: number): boolean {
	return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function jpegSize(image: Buffer): Size | undefined {
	for (let at = 2; at + 9 <= image.length && image[at] === 0xff; ) {
		if (isFrame(image[at + 1] ?? 0))
			return { height: image.readUInt16BE(at + 5), width: image.readUInt16BE(at + 7) };
		at += 2 + image.readUInt16BE(at + 2);
	}
	return undefined;
}

/** Size in pixels of a PNG or JPEG image, read from its header; undefined for anything else. */
export function imageSize(image: Buffer): Size | undefined {
	if (image.subarray(0, 8).equals(PNG) && image.length >= 24)
		return { width: image.readUInt32BE(16), height: image.readUInt32BE(20) };
	return image[0] === 0xff && image[1] === 0xd8 ? jpegSize(image) : undefined;
}

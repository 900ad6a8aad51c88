/** The byte order marks of UTF-16, and how a text without one may begin: `<` or white space. */
const utf16Starts = {
	'utf-16le': [[0xff, 0xfe], ...[0x3c, 0x20, 0x09, 0x0d, 0x0a].map((sign) => [sign, 0])],
	'utf-16be': [[0xfe, 0xff], ...[0x3c, 0x20, 0x09, 0x0d, 0x0a].map((sign) => [0, sign])],
};

/** Which UTF-16 a text is in, with or without a byte order mark; undefined when it is in another encoding. */
export function utf16Of([first, second]: Buffer): string | undefined {
	return Object.entries(utf16Starts).find(([, starts]) =>
		starts.some(([one, other]) => one === first && other === second),
	)?.[0];
}

/**
 * A text whose markup can be read: UTF-16 is decoded, everything else is read as latin1, so that offsets are those
 * of the bytes in every ASCII-compatible encoding (UTF-8, ISO-8859-x).
 */
export function markupText(content: Buffer): string {
	const utf16 = utf16Of(content);
	return utf16 === undefined ? content.toString('latin1') : new TextDecoder(utf16).decode(content);
}

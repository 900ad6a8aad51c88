const start = ':_A-Za-z\\u0080-\\uffff';

/** White space (XML 1.0, section 2.3), and a name, in which every non-ASCII character is accepted, as patterns. */
export const space = '[ \\t\\r\\n]';
export const nameRest = `[-.0-9${start}]`;
export const name = `[${start}]${nameRest}*`;

const controls = '\\0-\\x08\\x0b\\x0c\\x0e-\\x1f';

/** A character that XML does not have, within a text (section 2.2). */
export const forbidden = new RegExp(`[${controls}\\ufffe\\uffff]`);

/** Whether XML has a character of this number. */
export const isCharacter = (code: number): boolean =>
	code <= 0x10ffff &&
	!(code >= 0xd800 && code <= 0xdfff) &&
	!forbidden.test(String.fromCodePoint(code));

/** Where a global pattern of one character is found next in a text; the text's length if it is not. */
export function placeOf(pattern: RegExp, text: string, from: number): number {
	pattern.lastIndex = from;
	return pattern.test(text) ? pattern.lastIndex - 1 : text.length;
}

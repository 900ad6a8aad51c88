/** Whether an ASCII character is one of these; `others` is the answer for all other characters. */
class CharacterTable {
	readonly #ascii: boolean[];

	constructor(
		signs: string,
		private readonly others = false,
	) {
		this.#ascii = Array.from({ length: 128 }, (_, code) =>
			signs.includes(String.fromCharCode(code)),
		);
	}

	has(code: number): boolean {
		return this.#ascii[code] ?? this.others;
	}

	/** The position of the first character that is none of these; the text's length if all are. */
	past(text: string, from: number): number {
		let at = from;
		while (at < text.length && this.has(text.charCodeAt(at))) at++;
		return at;
	}
}

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** White space (XML 1.0, section 2.3). */
export const space = new CharacterTable(' \t\r\n');

/**
 * What a name begins with, and continues with: every non-ASCII character is accepted, in any encoding (section
 * 2.3).
 */
export const nameStart = new CharacterTable(`:_${letters}`, true);
export const nameRest = new CharacterTable(`-.0123456789:_${letters}`, true);

/** Characters that XML does not have, within a text (section 2.2). */
export const forbidden = '\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff';

/** A character that XML does not have, as a message names it. */
export const codeName = (code: number): string =>
	`U+${code.toString(16).toUpperCase().padStart(4, '0')}`;

/** Whether XML has a character of this number. */
export const isCharacter = (code: number): boolean =>
	code === 0x09 ||
	code === 0x0a ||
	code === 0x0d ||
	(code >= 0x20 && code < 0xd800) ||
	(code > 0xdfff && code < 0xfffe) ||
	(code > 0xffff && code <= 0x10ffff);

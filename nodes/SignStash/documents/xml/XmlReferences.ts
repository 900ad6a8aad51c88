import { isCharacter, nameRest, nameStart } from './characters';
import { shown } from './XmlFault';

const predefined = new Map([
	['lt', '<'],
	['gt', '>'],
	['amp', '&'],
	['quot', '"'],
	['apos', "'"],
]);

/** A longer name is not one, in characters: text may go on for a long time after an ampersand. */
const longestName = 1000;

/** What represents a character or an entity: `&amp;`, `&#231;` (XML 1.0, section 4.1). */
export class XmlReferences {
	/** The entities that the document declares; undefined if they may be declared elsewhere. */
	declared: Set<string> | undefined = new Set();

	/** What a reference represents, or why it represents nothing, from the text between `&` and `;`. */
	resolve(name: string): { text: string } | { fault: string } {
		const known = predefined.get(name);
		if (known !== undefined) return { text: known };
		if (name.startsWith('#')) return character(name);
		if (!isName(name))
			return {
				fault: "an '&' does not begin an entity: as a character of the text it must be '&amp;'",
			};
		if (this.declared === undefined || this.declared.has(name)) return { text: `&${name};` };
		return { fault: `the entity ${shown(`&${name};`)} is not declared` };
	}
}

/** Whether what follows an ampersand can continue with this character. */
export function goesOn(name: string, code: number): boolean {
	if (name === '') return nameStart.has(code) || code === numberSign;
	return name.length < longestName && nameRest.has(code);
}

const numberSign = 0x23;

/** Whether all of it is a name. */
export const isName = (name: string): boolean =>
	name !== '' && nameStart.has(name.charCodeAt(0)) && nameRest.past(name, 1) === name.length;

function character(name: string): { text: string } | { fault: string } {
	const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]+)|(\d+))$/.exec(name) ?? [];
	const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
	return isCharacter(code)
		? { text: String.fromCodePoint(code) }
		: { fault: `${shown(`&${name};`)} is not a character that XML has` };
}

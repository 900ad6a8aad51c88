import { isCharacter, name } from './characters';
import { shown, XmlFault } from './XmlFault';

const predefined = new Map([
	['lt', '<'],
	['gt', '>'],
	['amp', '&'],
	['quot', '"'],
	['apos', "'"],
]);

const isName = new RegExp(`^${name}$`);
const inValue = /&([^;&]*)(;?)/g;

/** What represents a character or an entity: `&amp;`, `&#231;` (XML 1.0, section 4.1). */
export class XmlReferences {
	/** The entities that the document declares; undefined if they may be declared elsewhere. */
	declared: Set<string> | undefined = new Set();

	/**
	 * The text that a reference represents; one to a declared entity is left as it is.
	 * @param reference what follows the `&`, up to the `;`, which is left out; empty if there is none
	 * @param at offset of the `&`
	 * @throws XmlFault for a reference that represents nothing
	 */
	resolve(reference: string, at: number): string {
		const known = predefined.get(reference) ?? character(reference);
		if (known !== undefined) return known;
		if (reference.startsWith('#'))
			throw new XmlFault(`${shown(`&${reference};`)} is not a character that XML has`, at);
		if (!isName.test(reference))
			throw new XmlFault(
				"an '&' does not begin an entity: as a character of the text it must be '&amp;'",
				at,
			);
		if (this.declared?.has(reference) === false)
			throw new XmlFault(`the entity ${shown(`&${reference};`)} is not declared`, at);
		return `&${reference};`;
	}

	/** A value with all its references resolved; `at` is its offset. */
	resolveAll(value: string, at: number): string {
		return value.replace(inValue, (_, reference: string, end: string, place: number) =>
			this.resolve(end === '' ? '' : reference, at + place),
		);
	}
}

function character(reference: string): string | undefined {
	const [, hex, decimal] = /^#(?:x([0-9A-Fa-f]+)|(\d+))$/.exec(reference) ?? [];
	const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
	return isCharacter(code) ? String.fromCodePoint(code) : undefined;
}

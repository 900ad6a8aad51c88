/** Where a text is not well-formed XML, and why, in words that continue "not well-formed XML:". */
export class XmlFault extends Error {
	/**
	 * @param at offset in the document
	 * @param line where it is known already, from 1 on
	 */
	constructor(
		what: string,
		readonly at: number,
		readonly line?: number,
	) {
		super(what);
	}
}

/** As much of a name as a message shows, in characters. */
const shownName = 60;

/** A name as a message shows it. */
export const shown = (name: string): string =>
	`'${name.length > shownName ? `${name.slice(0, shownName)}…` : name}'`;

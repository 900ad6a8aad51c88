/** Where a text is not well-formed XML, and why, in words that continue "not well-formed XML:". */
export class XmlFault extends Error {
	/**
	 * @param at offset in the document
	 * @param line if it is already known, from 1 on
	 */
	constructor(
		what: string,
		readonly at: number,
		readonly line?: number,
	) {
		super(what);
	}
}

/** Something that XML allows and this reader does not read, in the words of a fault. */
export class XmlLimit extends XmlFault {}

/** Maximum length of a name in a message, in characters. */
const shownName = 60;

/** A name as a message shows it. */
export const shown = (name: string): string =>
	`'${name.length > shownName ? `${name.slice(0, shownName)}…` : name}'`;

/** The fault that ends a reading; undefined if it ends well. Any other error is passed on. */
export async function faultOfReading(reading: () => Promise<void>): Promise<XmlFault | undefined> {
	return await reading().then(
		() => undefined,
		async (error: unknown) =>
			error instanceof XmlFault
				? error
				: await Promise.reject(error instanceof Error ? error : new Error(String(error))),
	);
}

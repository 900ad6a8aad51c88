/** Tags, and the comments, CDATA sections and instructions that may contain what looks like one. */
const MARKUP =
	/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s/>]+)((?:"[^"]*"|'[^']*'|[^"'>])*?)(\/?)>/g;

/** Where an element can take a last child: its end tag, or the tag that is both start and end. */
export interface Place {
	start: number;
	end: number;
	/** Qualified name, when the element is written as an empty-element tag. */
	emptyName?: string;
}

/**
 * Finds an element in a well-formed XML text.
 * @param xml decoded so that each character is one octet
 * @param localName of the element; the first in document order counts. Without it: the root
 */
export function findPlace(xml: string, localName?: string): Place | undefined {
	let depth = 0;
	let found: number | undefined;
	for (const match of xml.matchAll(MARKUP)) {
		const [markup, closing, name, , empty] = match;
		if (name === undefined) continue;
		const { index } = match;
		if (closing === '/') {
			depth -= 1;
			if (depth === found) return { start: index, end: index };
			continue;
		}
		const wanted = localName === undefined || name.split(':').at(-1) === localName;
		if (found === undefined && wanted) {
			if (empty === '/') return { start: index, end: index + markup.length, emptyName: name };
			found = depth;
		}
		if (empty !== '/') depth += 1;
	}
	return undefined;
}

/** Inserts `child` at the place. All other octets stay as they are. */
export function insert(content: Buffer, { start, end, emptyName }: Place, child: string): Buffer {
	const tag = content.toString('latin1', start, end);
	const around =
		emptyName === undefined ? ['', ''] : [tag.replace(/\s*\/>$/, '>'), `</${emptyName}>`];
	return Buffer.concat([
		content.subarray(0, start),
		Buffer.from(`${around[0]}${child}${around[1]}`, 'latin1'),
		content.subarray(end),
	]);
}

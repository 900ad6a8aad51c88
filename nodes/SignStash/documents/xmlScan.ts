/** A tag of an XML document; `start` and `end` are offsets of its `<` and of the byte after its `>`. */
export interface Tag {
	kind: 'open' | 'close' | 'empty';
	/** Name with its prefix, as written. */
	name: string;
	/** Name without its prefix. */
	localName: string;
	/** What stands in the tag after the name. */
	attributes: string;
	start: number;
	end: number;
}

/** What a scan met instead of going on: a document type, whose entities could hide tags, or a tag without an end. */
export class ScanRefusal extends Error {
	override readonly name = 'ScanRefusal';
}

const skipped: Array<[opening: string, closing: string]> = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
];

/** The end of a tag: the first `>` outside of quotes. */
function endOfTag(text: string, start: number): number {
	let quote = '';
	for (let at = start; at < text.length; at++) {
		const sign = text.charAt(at);
		if (quote) quote = sign === quote ? '' : quote;
		else if (sign === '"' || sign === "'") quote = sign;
		else if (sign === '>') return at + 1;
	}
	throw new ScanRefusal('a tag has no end');
}

function after(text: string, closing: string, from: number): number {
	const at = text.indexOf(closing, from);
	if (at < 0) throw new ScanRefusal(`'${closing}' is missing`);
	return at + closing.length;
}

/**
 * All tags in document order. `text` is the document decoded as latin1, so that offsets are those of
 * its bytes in every encoding that keeps ASCII (UTF-8, ISO-8859-x).
 */
export function* scanTags(text: string): Generator<Tag> {
	for (let at = text.indexOf('<'); at >= 0; ) {
		const passed = skipped.find(([opening]) => text.startsWith(opening, at));
		if (passed) {
			at = text.indexOf('<', after(text, passed[1], at + passed[0].length));
			continue;
		}
		if (text.startsWith('<!', at)) throw new ScanRefusal('it has a document type (DOCTYPE)');
		const end = endOfTag(text, at + 1);
		yield readTag(text.slice(at, end), at, end);
		at = text.indexOf('<', end);
	}
}

function readTag(tag: string, start: number, end: number): Tag {
	const kind = tag.startsWith('</') ? 'close' : tag.endsWith('/>') ? 'empty' : 'open';
	const inner = tag.slice(kind === 'close' ? 2 : 1, kind === 'empty' ? -2 : -1);
	const name = /^[^\s]*/.exec(inner)?.[0] ?? '';
	return {
		kind,
		name,
		localName: name.slice(name.indexOf(':') + 1),
		attributes: inner.slice(name.length),
		start,
		end,
	};
}

/** Whether an element of this local name, or of this prefixed name, stands in the document. */
export function hasElement(content: Buffer, name: string): boolean {
	for (const tag of scanTags(content.toString('latin1'))) {
		if (tag.kind !== 'close' && (tag.name === name || tag.localName === name)) return true;
	}
	return false;
}

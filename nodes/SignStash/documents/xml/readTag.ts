import { name as aName, space } from './characters';
import type { XmlAttribute } from './XmlElement';
import { shown, XmlFault, XmlLimit } from './XmlFault';
import type { XmlReferences } from './XmlReferences';

/** A tag: its name, and for a start tag what else is in it. */
export interface Tag {
	kind: 'start' | 'empty' | 'end';
	name: string;
	/** Namespace declarations among them. */
	attributes: XmlAttribute[];
}

/** Maximum attributes of one tag: as many as can be compared in no time. */
const mostAttributes = 10_000;

const end = `(?:${space}*(/?)>$)?`;
/** Both match the tag's end as well, if it follows. */
const beginning = new RegExp(`<(/?)(${aName}|)${end}`, 'y');
const attribute = new RegExp(
	`${space}+(${aName})${space}*=${space}*(?:"([^"<]*)"|'([^'<]*)')${end}`,
	'y',
);
/** What stands where an attribute or the tag's end is expected. */
const other = new RegExp(`(${space}*)(${aName}|)((?:${space}*=${space}*["'])?)`, 'y');

/** What programs read as a blank in a value (XML 1.0, sections 2.11 and 3.3.3). */
const whiteSpace = /\r\n|[\t\r\n]/g;

/** What a sticky pattern matches at a place, and where it ends. */
function take(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
	pattern.lastIndex = at;
	return pattern.exec(text);
}

/**
 * Reads a tag from its `<` to its `>`, or to the `<` before which it does not end.
 * @param start offset of the tag
 * @throws XmlFault if it is not well-formed
 */
export function readTag(tag: string, start: number, references: XmlReferences): Tag {
	const [, slash = '', name = '', ends] = take(beginning, tag, 0) ?? [];
	if (slash === '/' && ends !== '')
		throw new XmlFault(`the end tag ${shown(`</${name}`)} has no '>'`, start);
	if (slash === '/') return { kind: 'end', name, attributes: [] };
	const attributes: XmlAttribute[] = [];
	let isEmpty = ends;
	for (let at = beginning.lastIndex; isEmpty === undefined; at = attribute.lastIndex) {
		const found = take(attribute, tag, at);
		if (!found) throw faultIn(tag, name, at, start);
		if (attributes.length === mostAttributes)
			throw new XmlLimit(
				`the tag of ${shown(name)} has more than ${mostAttributes} attributes`,
				start,
			);
		const [, attributeName = '', double, single = '', endsHere] = found;
		const written = double ?? single;
		const place = start + at + found[0].search(/["']/) + 1;
		const plain = written.replace(whiteSpace, ' ');
		const value = plain.includes('&') ? references.resolveAll(plain, place) : plain;
		attributes.push({ name: attributeName, value });
		isEmpty = endsHere;
	}
	return { kind: isEmpty === '/' ? 'empty' : 'start', name, attributes };
}

/** Why there is neither an attribute nor the tag's end at this place. */
function faultIn(tag: string, tagName: string, place: number, start: number): XmlFault {
	const [, white = '', name = '', beginsValue = ''] = take(other, tag, place) ?? [];
	const at = start + place + white.length;
	const sign = tag.charAt(place + white.length);
	if (sign === '/') return new XmlFault(`the tag of ${shown(tagName)} has a '/' in it`, at);
	if (white === '' || name === '')
		return new XmlFault(
			`the tag of ${shown(tagName)} has ${shown(sign)} where an attribute or its end is expected`,
			at,
		);
	if (beginsValue === '')
		return new XmlFault(`the attribute ${shown(name)} has no value in quotes`, at);
	return new XmlFault(
		`the value of the attribute ${shown(name)} has a '<' in it: a quote may be missing`,
		at,
	);
}

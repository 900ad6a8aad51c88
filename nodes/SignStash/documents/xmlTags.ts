/** The text of a document, as far as a scan asks for it. */
export type Text = Pick<string, 'length' | 'charCodeAt' | 'indexOf' | 'slice' | 'startsWith'>;

/** A namespace that a tag declares; the default one has the empty prefix. */
export interface Declaration {
	prefix: string;
	namespace: string;
}

/** A tag of an XML document; `start` and `end` are offsets of its `<` and of the byte after its `>`. */
export interface Tag {
	kind: 'open' | 'close' | 'empty' | 'doctype';
	/** Name with its prefix, as written; a document type has none. */
	name: string;
	/** Name without its prefix. */
	localName: string;
	declared: Declaration[];
	start: number;
	end: number;
}

/** Why a document cannot be read, or not be changed: in words that continue "cannot be prepared". */
export class ScanRefusal extends Error {}

/** Namespaces that one tag may declare; they are kept until its end. */
const mostDeclared = 1000;

const skipped: Array<[opening: string, closing: string]> = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
];

const code = (sign: string): number => sign.charCodeAt(0);
const [slash, equals, greater] = [code('/'), code('='), code('>')];
const [exclamation, question] = [code('!'), code('?')];
const [opened, closed] = [code('['), code(']')];
const quotes = new Map([
	[code('"'), '"'],
	[code("'"), "'"],
]);

/** Whether a character is one of these, by its code: a scan asks for every character. */
const table = (signs: string): boolean[] =>
	Array.from({ length: 128 }, (_, at) => signs.includes(String.fromCharCode(at)));
const isSpace = table(' \t\r\n');
const isEndOfName = table(' \t\r\n"\'/=<>');

/**
 * All tags in document order. No character is looked at more than a few times, whatever the document is:
 * a file that someone else wrote must not hold all of n8n up.
 * @throws ScanRefusal at the first tag, comment or instruction that is not well-formed
 */
export function* scanTags(text: Text): Generator<Tag> {
	for (let at = text.indexOf('<'); at >= 0; ) {
		const end = pastSkipped(text, at);
		if (end !== undefined) {
			at = text.indexOf('<', end);
			continue;
		}
		const tag = text.charCodeAt(at + 1) === exclamation ? doctypeAt(text, at) : tagAt(text, at);
		yield tag;
		at = text.indexOf('<', tag.end);
	}
}

/** Whether the document declares a type, whose entities could hide elements from a scan. */
export function hasDoctype(text: Text): boolean {
	const first = scanTags(text).next();
	return !first.done && first.value.kind === 'doctype';
}

/** Where a comment, a CDATA section or an instruction that begins here ends; undefined when none does. */
function pastSkipped(text: Text, at: number): number | undefined {
	const mark = text.charCodeAt(at + 1);
	if (mark !== exclamation && mark !== question) return undefined;
	const passed = skipped.find(([opening]) => text.startsWith(opening, at));
	return passed && after(text, passed[1], at + passed[0].length);
}

function after(text: Text, closing: string, from: number): number {
	const at = text.indexOf(closing, from);
	if (at < 0) throw new ScanRefusal(`'${closing}' is missing`);
	return at + closing.length;
}

/** A document type, whose internal subset may hold quotes, comments and instructions. */
function doctypeAt(text: Text, start: number): Tag {
	let subsets = 0;
	for (let at = start + 2; at < text.length; ) {
		const sign = text.charCodeAt(at);
		const quote = quotes.get(sign);
		const end = quote ? after(text, quote, at + 1) : pastSkipped(text, at);
		at = end ?? at + 1;
		if (sign === opened) subsets++;
		if (sign === closed) subsets--;
		if (sign === greater && subsets === 0)
			return { kind: 'doctype', name: '', localName: '', declared: [], start, end: at };
	}
	throw new ScanRefusal('its document type (DOCTYPE) has no end');
}

function tagAt(text: Text, start: number): Tag {
	const closing = text.charCodeAt(start + 1) === slash;
	const from = start + (closing ? 2 : 1);
	const nameEnd = pastName(text, from);
	const name = text.slice(from, nameEnd);
	const declared: Declaration[] = [];
	let at = pastSpace(text, nameEnd);
	for (let sign = text.charCodeAt(at); sign !== greater; sign = text.charCodeAt(at)) {
		if (sign === slash && !closing && text.charCodeAt(at + 1) === greater) break;
		at = pastSpace(text, attributeAt(text, at, declared));
	}
	const empty = text.charCodeAt(at) === slash;
	return {
		kind: closing ? 'close' : empty ? 'empty' : 'open',
		name,
		localName: name.slice(name.indexOf(':') + 1),
		declared,
		start,
		end: at + (empty ? 2 : 1),
	};
}

/** Reads an attribute, and keeps it when it declares a namespace; returns where it ends. */
function attributeAt(text: Text, start: number, declared: Declaration[]): number {
	if (start >= text.length) throw new ScanRefusal('a tag has no end');
	const nameEnd = pastName(text, start);
	const equalsAt = pastSpace(text, nameEnd);
	const opening = pastSpace(text, equalsAt + 1);
	const quote = quotes.get(text.charCodeAt(opening));
	if (nameEnd === start || text.charCodeAt(equalsAt) !== equals || quote === undefined)
		throw new ScanRefusal('a tag has an attribute without a value in quotes, or no end');
	const end = after(text, quote, opening + 1);
	const value = text.slice(opening + 1, end - 1);
	if (value.includes('<'))
		throw new ScanRefusal("the value of an attribute has a '<' in it: a quote may be missing");
	const name = text.slice(start, nameEnd);
	if (name === 'xmlns' || name.startsWith('xmlns:')) {
		if (declared.length === mostDeclared)
			throw new ScanRefusal(`a tag declares more than ${mostDeclared} namespaces`);
		declared.push({ prefix: name.slice(6), namespace: value });
	}
	return end;
}

function pastName(text: Text, start: number): number {
	let at = start;
	while (at < text.length && !isEndOfName[text.charCodeAt(at)]) at++;
	return at;
}

function pastSpace(text: Text, start: number): number {
	let at = start;
	while (isSpace[text.charCodeAt(at)]) at++;
	return at;
}

import { forbidden, name, nameRest, placeOf, space } from './characters';
import { readTag } from './readTag';
import { XmlDoctype } from './XmlDoctype';
import type { XmlHandler } from './XmlElement';
import { XmlElements } from './XmlElements';
import { shown, XmlFault, XmlLimit } from './XmlFault';
import { XmlReferences } from './XmlReferences';

/** Maximum length of a tag, in characters: it is kept, and looked at in one go. libxml2 has the same limit. */
const longestTag = 10_000_000;

/** Maximum length of an entity's name: text may go on for a long time after an ampersand. */
const longestName = 1000;

/** An instruction begins with its name; no more of it is kept, in characters. */
const keptOfInstruction = 1000;

const openings = ['!--', '![CDATA[', '!DOCTYPE'];

const markup = /[<&]/g;
const notSpace = new RegExp(`(?!${space})[^]`);
const beginsTag = new RegExp(`^(?:/|${name})$`);
const notInReference = new RegExp(`(?!#|${nameRest})[^]`, 'g');
const instruction = new RegExp(`^(${name})(?:${space}|$)`);
const is = `${space}*=${space}*`;
const declaration = new RegExp(
	`^xml${space}+version${is}(["'])1\\.\\d+\\1` +
		`(?:${space}+encoding${is}(["'])[A-Za-z][\\w.:-]*\\2)?` +
		`(?:${space}+standalone${is}(["'])(?:yes|no)\\3)?${space}*$`,
);
/** What ends a tag, or must not be in it, outside quotes and within them. */
const signsOfTag = { '': /["'<>]/g, '"': /["<]/g, "'": /['<]/g };

/** Reads on in a piece as far as it can, from one place in it to the one that it returns. */
type Reading = (piece: string, from: number) => number;

/**
 * Reads an XML document (XML 1.0 with namespaces) in pieces of any size, and reports to a handler what it says. It
 * looks at each character a few times, whatever the document is, and keeps only one tag and the names of the open
 * elements: a file that someone else wrote must not block all of n8n.
 */
export class XmlReader {
	readonly #references = new XmlReferences();
	readonly #elements: XmlElements;
	#doctype?: XmlDoctype;
	/** Where the document's first character is. */
	#first?: number;
	/** Where the current piece begins, and the current markup. */
	#offset = 0;
	#start = 0;
	/** What has been read of the current markup, as much of it as is needed. */
	#token = '';
	/** The quote that the current tag has open. */
	#quote: keyof typeof signsOfTag = '';
	/** The end of the last piece, as much of it as may be the beginning of a mark. */
	#held = '';

	constructor(private readonly handler: XmlHandler) {
		this.#elements = new XmlElements(handler);
	}

	/** Whether the document has a type, whose entities and attributes are not written where they apply. */
	get isTyped(): boolean {
		return this.#elements.isTyped;
	}

	/**
	 * Reads the next piece of the document.
	 * @param offset of the piece; faults and elements are located by it
	 * @throws XmlFault at the first place that is not well-formed
	 */
	read(piece: string, offset: number): void {
		this.#first ??= offset;
		this.#offset = offset;
		const end = piece.search(forbidden);
		const text = end < 0 ? piece : piece.slice(0, end);
		for (let at = 0; at < text.length; ) at = this.#reading(text, at);
		if (end >= 0) {
			const code = piece.charCodeAt(end).toString(16).toUpperCase().padStart(4, '0');
			this.#fail(`the character U+${code} occurs in it, which XML does not have`, end);
		}
		this.#offset = offset + piece.length;
	}

	/** @throws XmlFault for an unfinished document */
	end(): void {
		this.#doctype?.end(this.#offset);
		if (this.#elements.depth === 0 && this.#reading !== this.#content)
			this.#fail('it ends within a tag, a comment or an instruction', 0);
		this.#elements.end(this.#offset);
	}

	#fail(what: string, at: number): never {
		throw new XmlFault(what, this.#offset + at);
	}

	#to(reading: Reading): void {
		this.#reading = reading;
		this.#token = '';
		this.#held = '';
	}

	/** Within an element, and outside the root, where only white space is allowed. */
	readonly #content: Reading = (piece, from) => {
		const at = placeOf(markup, piece, from);
		if (at > from) this.#text(piece.slice(from, at), from);
		if (at === piece.length) return at;
		this.#start = this.#offset + at;
		const isReference = piece.charAt(at) === '&';
		if (isReference && this.#elements.depth === 0) this.#text('&', at);
		this.#to(isReference ? this.#reference : this.#opening);
		return at + 1;
	};

	#text(part: string, at: number): void {
		if (this.#elements.depth === 0) {
			const found = part.search(notSpace);
			const place = this.#elements.hasRoot ? 'after the end of' : 'before';
			if (found >= 0) this.#fail(`there is text ${place} its root element`, at + found);
			return;
		}
		const end = (this.#held + part).indexOf(']]>');
		if (end >= 0) this.#fail("there is ']]>' in a text", at + end + 2 - this.#held.length);
		this.#held = part.endsWith(']') ? `${this.#held}${part}`.slice(-2) : '';
		this.handler.text?.(part);
	}

	/** After an ampersand. */
	readonly #reference: Reading = (piece, from) => {
		const at = placeOf(notInReference, piece, from);
		this.#token += piece.slice(from, at);
		if (at === piece.length && this.#token.length <= longestName) return at;
		const text = this.#references.resolve(piece.charAt(at) === ';' ? this.#token : '', this.#start);
		this.handler.text?.(text);
		this.#to(this.#content);
		return at + 1;
	};

	/** After a `<`, until it is seen what begins. */
	readonly #opening: Reading = (piece, at) => {
		this.#token += piece.charAt(at);
		const begun = this.#token;
		if (begun === '?') this.#to(this.#instruction);
		else if (begun === '!--') this.#to(this.#comment);
		else if (begun === '![CDATA[' && this.#elements.depth > 0) this.#to(this.#section);
		else if (begun === '!DOCTYPE' && !this.#elements.hasRoot && !this.#doctype) {
			this.#doctype = new XmlDoctype();
			this.#elements.isTyped = true;
			this.#to(this.#type);
		} else if (beginsTag.test(begun)) {
			this.#to(this.#tag);
			this.#token = `<${begun}`;
		} else if (!begun.startsWith('!'))
			this.#fail("a '<' does not begin a tag: as a character of the text it must be '&lt;'", at);
		else if (!openings.some((mark) => mark !== begun && mark.startsWith(begun)))
			this.#fail(`${shown(`<${begun}`)} is not something that XML allows there`, at);
		return at + 1;
	};

	readonly #tag: Reading = (piece, from) => {
		const at = placeOf(signsOfTag[this.#quote], piece, from);
		this.#token += piece.slice(from, at + 1);
		if (this.#token.length > longestTag)
			throw new XmlLimit(`a tag in it is longer than ${longestTag} characters`, this.#offset + at);
		const sign = piece.charAt(at);
		if (sign === '>' || sign === '<') {
			const tag = readTag(this.#token, this.#start, this.#references);
			this.#to(this.#content);
			this.#elements.tag(tag, this.#start, this.#offset + at + 1);
		} else if (sign === '"' || sign === "'") this.#quote = this.#quote === '' ? sign : '';
		return at + 1;
	};

	readonly #type: Reading = (piece, from) => {
		const at = this.#doctype?.read(piece, from) ?? piece.length;
		if (this.#doctype?.isOpen === false) {
			this.#references.declared = this.#doctype.entities();
			this.#to(this.#content);
		}
		return at;
	};

	readonly #comment: Reading = (piece, from) => this.#upTo('--', piece, from, this.#commentEnd);

	readonly #commentEnd: Reading = (piece, at) => {
		if (piece.charAt(at) !== '>') this.#fail("there is '--' within a comment", at);
		this.#to(this.#content);
		return at + 1;
	};

	readonly #section: Reading = (piece, from) =>
		this.#upTo(']]>', piece, from, this.#content, (part) => this.handler.text?.(part));

	readonly #instruction: Reading = (piece, from) => {
		let begun = this.#token;
		const at = this.#upTo('?>', piece, from, this.#content, (part) => {
			begun += part.slice(0, keptOfInstruction - begun.length);
		});
		if (this.#reading === this.#content) this.#checkInstruction(begun);
		else this.#token = begun;
		return at;
	};

	#checkInstruction(begun: string): void {
		const [, target] = instruction.exec(begun) ?? [];
		if (target === undefined) throw new XmlFault("'<?' does not begin an instruction", this.#start);
		if (!/^xml$/i.test(target)) return;
		if (this.#start !== this.#first)
			throw new XmlFault('its XML declaration is not at its beginning', this.#start);
		if (!declaration.test(begun))
			throw new XmlFault(`its XML declaration ${shown(`<?${begun}?>`)} is not valid`, this.#start);
	}

	/** Reads up to a mark, which may be split between two pieces, and then goes on with something else. */
	#upTo(
		mark: string,
		piece: string,
		from: number,
		following: Reading,
		take?: (part: string) => void,
	): number {
		const held = this.#held.length;
		const text = this.#held + piece.slice(from);
		const found = text.indexOf(mark);
		const end = found < 0 ? Math.max(0, text.length - mark.length + 1) : found;
		take?.(text.slice(0, end));
		this.#held = text.slice(end);
		if (found < 0) return piece.length;
		this.#to(following);
		return from + found + mark.length - held;
	}

	#reading: Reading = this.#content;
}

import { nameStart, space } from './characters';
import { XmlDoctype } from './XmlDoctype';
import type { XmlHandler } from './XmlElement';
import { shown } from './XmlFault';
import { isName, XmlReferences } from './XmlReferences';
import { anyOf, XmlStates, type State } from './XmlStates';
import { XmlTagReader } from './XmlTagReader';
import { XmlTags } from './XmlTags';

const inText = anyOf('<&\\]');
const inComment = anyOf('\\-');
const inSection = anyOf('\\]');
const inInstruction = anyOf('?');

const declarations = ['--', '[CDATA[', 'DOCTYPE'];

/**
 * Reads an XML document (XML 1.0 with namespaces) in pieces of any size, and reports to a handler what it says. It
 * looks at each character a few times, whatever the document is, and keeps only the names of the open elements: a
 * file that someone else wrote must not block all of n8n.
 */
export class XmlReader extends XmlStates {
	readonly #tags: XmlTags;
	readonly #tagReader: XmlTagReader;
	#doctype?: XmlDoctype;
	/** Where the document's first character is. */
	#start?: number;

	constructor(private readonly handler: XmlHandler) {
		super(new XmlReferences());
		this.#tags = new XmlTags(handler);
		this.#tagReader = new XmlTagReader(this.references, this.#tags);
	}

	/** Whether the document has a type, whose entities and attributes are not written where they apply. */
	get isTyped(): boolean {
		return this.#tags.isTyped;
	}

	/**
	 * Reads the next piece of the document.
	 * @param offset of the piece; faults and elements are located by it
	 * @throws XmlFault at the first place that is not well-formed
	 */
	read(text: string, offset: number): void {
		this.offset = offset;
		this.#start ??= offset;
		for (let at = 0; at < text.length; ) at = this.state(text, at);
		this.offset = offset + text.length;
	}

	/** @throws XmlFault for an unfinished document */
	end(): void {
		this.#doctype?.end(this.offset);
		this.#tags.end(this.offset);
		if (this.state !== this.#outside)
			this.fail('it ends within a tag, a comment or an instruction', 0);
	}

	/** After a tag, a comment or an instruction. */
	#goOn(): void {
		this.to(this.#tags.depth > 0 ? this.#content : this.#outside);
	}

	/** Before the root and after it. */
	readonly #outside: State = (text, from) => {
		const at = space.past(text, from);
		if (at === text.length) return at;
		const place = this.#tags.hasRoot
			? 'after the end of its root element'
			: 'before its root element';
		if (text.charAt(at) !== '<') this.fail(`there is text ${place}`, at);
		this.#open(at);
		return at + 1;
	};

	#open(at: number): void {
		this.to(this.#markup);
		this.#tags.begin(this.offset + at);
	}

	/** In an element, where text is allowed. */
	readonly #content: State = (text, from) => {
		const at = this.upTo(inText, text, from);
		if (at > from) this.handler.text?.(text.slice(from, at));
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (sign === '<') this.#open(at);
		else if (sign === '&') this.to(this.#textReference);
		else this.to(this.#textBrackets);
		return sign === ']' ? at : at + 1;
	};

	readonly #textReference: State = (text, at) =>
		this.reference(text, at, (part) => this.handler.text?.(part), this.#content);

	readonly #textBrackets: State = (text, from) => {
		const at = this.#pastBrackets(text, from);
		if (at === text.length) return at;
		if (text.charAt(at) === '>' && this.row > 1) this.fail("there is ']]>' in a text", at);
		this.handler.text?.(']'.repeat(this.row));
		this.#goOn();
		return at;
	};

	#pastBrackets(text: string, from: number): number {
		let at = from;
		while (text.charAt(at) === ']') at++;
		this.row += at - from;
		return at;
	}

	/** After a `<`. */
	readonly #markup: State = (text, at) => {
		const sign = text.charAt(at);
		if (sign === '!') this.to(this.#declaration);
		else if (sign === '?') this.to(this.#target);
		else {
			if (sign !== '/' && !nameStart.has(text.charCodeAt(at)))
				this.fail("a '<' does not begin a tag: as a character of the text it must be '&lt;'", at);
			this.#tagReader.begin(sign === '/');
			this.to(this.#tag);
			return sign === '/' ? at + 1 : at;
		}
		return at + 1;
	};

	readonly #tag: State = (text, from) => {
		const at = this.#tagReader.read(text, from, this.offset);
		if (!this.#tagReader.isOpen) this.#goOn();
		return at;
	};

	/** After `<!`. */
	readonly #declaration: State = (text, at) => {
		this.token += text.charAt(at);
		if (this.token === '--') this.to(this.#comment);
		else if (this.token === '[CDATA[' && this.#tags.depth > 0) this.to(this.#section);
		else if (this.token === 'DOCTYPE' && !this.#tags.hasRoot && !this.#doctype) {
			this.#doctype = new XmlDoctype();
			this.#tags.isTyped = true;
			this.to(this.#type);
		} else if (!declarations.some((mark) => mark !== this.token && mark.startsWith(this.token)))
			this.fail(`${shown(`<!${this.token}`)} is not something that XML allows there`, at);
		return at + 1;
	};

	readonly #type: State = (text, from) => {
		const at = this.#doctype?.read(text, from) ?? text.length;
		if (this.#doctype?.isOpen === false) {
			this.references.declared = this.#doctype.entities();
			this.#goOn();
		}
		return at;
	};

	/** The row counts hyphens. */
	readonly #comment: State = (text, from) => {
		const at = this.row > 0 ? from : this.upTo(inComment, text, from);
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (this.row === 2 && sign !== '>') this.fail("there is '--' within a comment", at);
		if (this.row === 2) this.#goOn();
		else this.row = sign === '-' ? this.row + 1 : 0;
		return sign === '-' || sign === '>' ? at + 1 : at;
	};

	readonly #section: State = (text, from) => {
		const at = this.upTo(inSection, text, from);
		if (at > from) this.handler.text?.(text.slice(from, at));
		if (at < text.length) this.to(this.#sectionEnd);
		return at;
	};

	readonly #sectionEnd: State = (text, from) => {
		const at = this.#pastBrackets(text, from);
		if (at === text.length) return at;
		const ends = text.charAt(at) === '>' && this.row > 1;
		this.handler.text?.(']'.repeat(ends ? this.row - 2 : this.row));
		if (ends) this.#goOn();
		else this.to(this.#section);
		return ends ? at + 1 : at;
	};

	/** After `<?`. */
	readonly #target: State = (text, from) => {
		const at = this.name(text, from);
		if (at === text.length) return at;
		if (/^xml$/i.test(this.token) && this.#tags.start !== this.#start)
			this.fail('its XML declaration is not at its beginning', at);
		if (!isName(this.token) || !(space.has(text.charCodeAt(at)) || text.charAt(at) === '?'))
			this.fail("'<?' does not begin an instruction", at);
		this.to(this.#instruction);
		return at;
	};

	/** The row is set after a question mark. */
	readonly #instruction: State = (text, from) => {
		const at = this.row > 0 ? from : this.upTo(inInstruction, text, from);
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (this.row > 0 && sign === '>') this.#goOn();
		else this.row = sign === '?' ? 1 : 0;
		return sign === '?' || sign === '>' ? at + 1 : at;
	};

	protected state: State = this.#outside;
}

import { nameStart, space } from './characters';
import { shown } from './XmlFault';
import type { XmlReferences } from './XmlReferences';
import { anyOf, XmlStates, type State } from './XmlStates';
import type { XmlTags } from './XmlTags';

const inValue = new Map([
	['"', anyOf('"<&')],
	["'", anyOf("'<&")],
]);

/** Reads a tag from its name on. */
export class XmlTagReader extends XmlStates {
	#isOpen = false;
	#quote = '"';

	/** Whether a tag is being read. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	constructor(
		references: XmlReferences,
		private readonly tags: XmlTags,
	) {
		super(references);
	}

	/** A tag has begun, up to its name. */
	begin(isEnd: boolean): void {
		this.#isOpen = true;
		this.to(isEnd ? this.#endName : this.#startName);
	}

	/** Reads on; returns where the tag ends in this piece, or the piece's length. */
	read(text: string, from: number, offset: number): number {
		this.offset = offset;
		let at = from;
		while (at < text.length && this.#isOpen) at = this.state(text, at);
		return at;
	}

	readonly #startName: State = (text, from) => {
		const at = this.name(text, from);
		if (at === text.length) return at;
		this.tags.named(this.token);
		this.to(this.#within);
		return at;
	};

	/** Where an attribute may begin; the row is set if there was white space. */
	readonly #within: State = (text, from) => {
		const at = space.past(text, from);
		if (at > from) this.row = 1;
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (sign === '>') this.#ends(at, false);
		else if (sign === '/') this.to(this.#emptyEnd);
		else {
			if (this.row === 0 || !nameStart.has(text.charCodeAt(at)))
				this.fail(
					`the tag of ${shown(this.tags.name)} has ${shown(sign)} where an attribute or its end is expected`,
					at,
				);
			this.to(this.#attributeName);
			return at;
		}
		return at + 1;
	};

	#ends(at: number, isEmpty: boolean): void {
		this.#isOpen = false;
		this.tags.open(this.offset + at + 1, isEmpty);
	}

	readonly #emptyEnd: State = (text, at) => {
		if (text.charAt(at) !== '>')
			this.fail(`the tag of ${shown(this.tags.name)} has a '/' in it`, at);
		this.#ends(at, true);
		return at + 1;
	};

	readonly #attributeName: State = (text, from) => {
		const at = this.name(text, from);
		if (at === text.length) return at;
		this.tags.attribute(this.token);
		this.to(this.#equals);
		return at;
	};

	/** Between an attribute's name and its value; the row is set if there was an equals sign. */
	readonly #equals: State = (text, from) => {
		const at = space.past(text, from);
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (this.row === 0 && sign === '=') this.row = 1;
		else {
			if (this.row === 0 || !inValue.has(sign))
				this.fail(`the attribute ${shown(this.tags.lastAttribute)} has no value in quotes`, at);
			this.#quote = sign;
			this.to(this.#value);
		}
		return at + 1;
	};

	readonly #value: State = (text, from) => {
		const at = this.upTo(inValue.get(this.#quote) ?? anyOf(this.#quote), text, from);
		this.tags.value(text.slice(from, at));
		if (at === text.length) return at;
		const sign = text.charAt(at);
		if (sign === '<')
			this.fail(
				`the value of the attribute ${shown(this.tags.lastAttribute)} has a '<' in it: a quote may be missing`,
				at,
			);
		this.to(sign === '&' ? this.#valueReference : this.#within);
		return at + 1;
	};

	readonly #valueReference: State = (text, at) =>
		this.reference(text, at, (part) => this.tags.value(part), this.#value);

	/** The row is set when the name has ended. */
	readonly #endName: State = (text, from) => {
		const named = this.row > 0 ? from : this.name(text, from);
		const at = space.past(text, named);
		if (at > named) this.row = 1;
		if (at === text.length) return at;
		if (text.charAt(at) !== '>')
			this.fail(`the end tag ${shown(`</${this.token}`)} has no '>'`, at);
		this.#isOpen = false;
		this.tags.close(this.token);
		return at + 1;
	};

	protected state: State = this.#startName;
}

import type { XmlAttribute, XmlHandler } from './XmlElement';
import { shown, XmlFault } from './XmlFault';
import { localOf, prefixOf, XmlNamespaces, type Declaration } from './XmlNamespaces';

/** Maximum nesting of elements: deeper nesting is written to break its readers. */
const deepest = 10_000;

/** Maximum attributes of one tag: as many as can be compared in no time. */
const mostAttributes = 10_000;

/** A longer value is not kept, in characters: it would be looked at in one go. */
const longestValue = 1_000_000;

/** Up to this many attributes are compared one by one. */
const few = 8;

interface OpenElement {
	name: string;
	declared: Declaration[];
	start: number;
}

/** The tags of a document as they are read: which elements are open, and what the current tag contains. */
export class XmlTags {
	readonly #open: OpenElement[] = [];
	readonly #namespaces = new XmlNamespaces();
	#hasRoot = false;
	#start = 0;
	#name = '';
	#attributes: XmlAttribute[] = [];
	#declared: Declaration[] = [];
	#lastAttribute = '';
	#declares = false;

	/** Whether the document has a type, which may declare prefixes that no tag declares. */
	isTyped = false;

	constructor(private readonly handler: XmlHandler) {}

	/** The number of open elements. */
	get depth(): number {
		return this.#open.length;
	}

	/** Whether the first element has begun. */
	get hasRoot(): boolean {
		return this.#hasRoot;
	}

	/** Name of the current tag, and of its last attribute. */
	get name(): string {
		return this.#name;
	}
	get lastAttribute(): string {
		return this.#lastAttribute;
	}

	/** Where the current markup begins. */
	get start(): number {
		return this.#start;
	}

	/** There is a `<` here. */
	begin(at: number): void {
		this.#start = at;
	}

	/** A start tag has this name. */
	named(name: string): void {
		if (this.depth === 0 && this.#hasRoot)
			this.#fail(`a second root element, ${shown(name)}, follows the first`);
		if (this.depth === deepest) this.#fail(`its elements are nested more than ${deepest} deep`);
		this.#hasRoot = true;
		this.#name = name;
		this.#attributes = [];
		this.#declared = [];
	}

	/** The tag has an attribute of this name. */
	attribute(name: string): void {
		this.#lastAttribute = name;
		if (this.#attributes.length + this.#declared.length === mostAttributes)
			this.#fail(`the tag of ${shown(this.#name)} has more than ${mostAttributes} attributes`);
		this.#declares = name === 'xmlns' || name.startsWith('xmlns:');
		if (this.#declares) this.#declared.push({ prefix: name.slice(6), namespace: '' });
		else this.#attributes.push({ name, value: '' });
	}

	/** A part of the value of the last attribute. */
	value(part: string): void {
		const declaration = this.#declares ? this.#declared.at(-1) : undefined;
		if (declaration) declaration.namespace += part;
		const attribute = this.#declares || !this.handler.text ? undefined : this.#attributes.at(-1);
		if (!attribute) return;
		attribute.value += part;
		if (attribute.value.length > longestValue)
			this.#fail(`the value of the attribute ${shown(attribute.name)} is too long to be kept`);
	}

	/** The start tag, or only tag, of an element ends before `end`. */
	open(end: number, isEmpty: boolean): void {
		const [name, start, attributes, depth] = [
			this.#name,
			this.#start,
			this.#attributes,
			this.depth,
		];
		const declared = this.#declared;
		if (attributes.length > 1) this.#refuseTwice(attributes.map((one) => one.name));
		if (declared.length > 1) this.#refuseTwice(declared.map(({ prefix }) => prefix));
		this.#namespaces.open(declared);
		const namespace = this.#namespaceOf(prefixOf(name));
		for (const attribute of attributes) this.#namespaceOf(prefixOf(attribute.name));
		const localName = localOf(name);
		this.handler.open({ name, localName, namespace, attributes, depth, start, end, isEmpty });
		if (isEmpty) {
			this.#namespaces.close(declared);
			this.handler.close();
		} else this.#open.push({ name, declared, start });
	}

	#refuseTwice(names: string[]): void {
		const isTwice =
			names.length > few
				? new Set(names).size < names.length
				: names.some((name, index) => names.indexOf(name) < index);
		if (isTwice) this.#fail(`the tag of ${shown(this.#name)} has an attribute twice`);
	}

	#namespaceOf(prefix: string): string {
		const namespace = this.#namespaces.of(prefix);
		if (namespace === undefined && !this.isTyped)
			this.#fail(`the prefix ${shown(prefix)} is not declared`);
		return namespace ?? '';
	}

	/** An end tag has this name. */
	close(name: string): void {
		const element = this.#open.pop();
		if (!element) this.#fail(`the end tag ${shown(`</${name}>`)} does not end any element`);
		else if (element.name !== name)
			this.#fail(
				`the end tag ${shown(`</${name}>`)} appears where ${shown(`</${element.name}>`)} is expected`,
			);
		else this.#namespaces.close(element.declared);
		this.handler.close();
	}

	/** The document ends here. */
	end(at: number): void {
		const element = this.#open.at(-1);
		if (element)
			throw new XmlFault(
				`its end is missing: the element ${shown(element.name)} is not closed`,
				at,
			);
		if (!this.#hasRoot) throw new XmlFault('it has no element', at);
	}

	#fail(what: string): never {
		throw new XmlFault(what, this.#start);
	}
}

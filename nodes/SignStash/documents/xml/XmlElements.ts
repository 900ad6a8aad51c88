import type { Tag } from './readTag';
import { localOf, prefixOf, type XmlAttribute, type XmlHandler } from './XmlElement';
import { shown, XmlFault, XmlLimit } from './XmlFault';

/** Maximum nesting of elements: deeper nesting is written to break its readers. */
const deepest = 10_000;

interface OpenElement {
	name: string;
	/** Prefixes that its tag declares. */
	declared: string[];
}

/** The elements of a document as their tags arrive: which are open, and what prefixes mean in them. */
export class XmlElements {
	readonly #open: OpenElement[] = [];
	/** Namespaces of each prefix, from the outermost element to the current one (Namespaces in XML, section 6). */
	readonly #namespaces = new Map<string, string[]>([
		['', ['']],
		['xml', ['http://www.w3.org/XML/1998/namespace']],
		['xmlns', ['http://www.w3.org/2000/xmlns/']],
	]);
	#hasRoot = false;

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

	/** There is a tag between these offsets. */
	tag(tag: Tag, start: number, end: number): void {
		if (tag.kind === 'end') this.#close(tag.name, start);
		else this.#begin(tag, start, end);
	}

	#begin({ kind, name, attributes: all }: Tag, start: number, end: number): void {
		const fail = (what: string): never => {
			throw new XmlFault(what, start);
		};
		const { depth } = this;
		if (depth === 0 && this.#hasRoot)
			fail(`a second root element, ${shown(name)}, follows the first`);
		if (depth === deepest)
			throw new XmlLimit(`its elements are nested more than ${deepest} deep`, start);
		if (all.length > 1 && new Set(all.map((one) => one.name)).size < all.length)
			fail(`the tag of ${shown(name)} has an attribute twice`);
		this.#hasRoot = true;
		const declared: string[] = [];
		const attributes: XmlAttribute[] = [];
		for (const attribute of all) {
			const prefix = declaredBy(attribute.name);
			if (prefix === undefined) attributes.push(attribute);
			else declared.push(this.#declare(prefix, attribute.value));
		}
		const namespace = this.#namespaceOf(name, start);
		for (const attribute of attributes) this.#namespaceOf(attribute.name, start);
		const isEmpty = kind === 'empty';
		const localName = localOf(name);
		this.handler.open({ name, localName, namespace, attributes, depth, start, end, isEmpty });
		this.#open.push({ name, declared });
		if (isEmpty) this.#close(name, start);
	}

	#declare(prefix: string, namespace: string): string {
		const around = this.#namespaces.get(prefix);
		if (around) around.push(namespace);
		else this.#namespaces.set(prefix, [namespace]);
		return prefix;
	}

	/** The namespace of a name. @throws XmlFault if nothing declares its prefix */
	#namespaceOf(name: string, at: number): string {
		const prefix = prefixOf(name);
		const namespace = this.#namespaces.get(prefix)?.at(-1);
		if (namespace === undefined && !this.isTyped)
			throw new XmlFault(`the prefix ${shown(prefix)} is not declared`, at);
		return namespace ?? '';
	}

	#close(name: string, at: number): void {
		const element = this.#open.pop();
		if (!element)
			throw new XmlFault(`the end tag ${shown(`</${name}>`)} does not end any element`, at);
		if (element.name !== name)
			throw new XmlFault(
				`the end tag ${shown(`</${name}>`)} appears where ${shown(`</${element.name}>`)} is expected`,
				at,
			);
		for (const prefix of element.declared) this.#namespaces.get(prefix)?.pop();
		this.handler.close();
	}

	/** The document ends here. @throws XmlFault if elements are missing or not closed */
	end(at: number): void {
		const element = this.#open.at(-1);
		if (element)
			throw new XmlFault(
				`its end is missing: the element ${shown(element.name)} is not closed`,
				at,
			);
		if (!this.#hasRoot) throw new XmlFault('it has no element', at);
	}
}

/** The prefix that an attribute of this name declares; the default namespace has the empty one. */
const declaredBy = (name: string): string | undefined =>
	name === 'xmlns' || name.startsWith('xmlns:') ? name.slice(6) : undefined;

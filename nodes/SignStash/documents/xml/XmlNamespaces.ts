/** A namespace that a tag declares; the default one has the empty prefix. */
export interface Declaration {
	prefix: string;
	namespace: string;
}

/** What prefixes are bound to, from the outermost element to the current one (Namespaces in XML, section 6). */
export class XmlNamespaces {
	readonly #bound = new Map<string, string[]>([
		['', ['']],
		['xml', ['http://www.w3.org/XML/1998/namespace']],
		['xmlns', ['http://www.w3.org/2000/xmlns/']],
	]);

	open(declared: Declaration[]): void {
		for (const { prefix, namespace } of declared) {
			const around = this.#bound.get(prefix);
			if (around) around.push(namespace);
			else this.#bound.set(prefix, [namespace]);
		}
	}

	close(declared: Declaration[]): void {
		for (const { prefix } of declared) this.#bound.get(prefix)?.pop();
	}

	/** The namespace of a prefix; undefined when nothing declares it. */
	of(prefix: string): string | undefined {
		return this.#bound.get(prefix)?.at(-1);
	}
}

/** The prefix of a name; empty without one. */
export const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));

/** A name without its prefix. */
export const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

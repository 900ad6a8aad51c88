import { textOf } from './encoding';
import { ScanRefusal, scanTags, type Declaration, type Tag, type Text } from './xmlTags';

/** An opening or empty tag with what stands around it. */
export interface Element extends Tag {
	/** Namespace that its prefix is bound to; empty without one (Namespaces in XML, section 6). */
	namespace: string;
	/** Number of its ancestors: the root has 0. */
	depth: number;
}

/** Elements within each other, as many as libxml2 allows; UBL has fewer than 20. */
const deepest = 256;

/** As much of a name as a message shows, in characters. */
const shownName = 60;

/** What prefixes are bound to, from the outermost element to the one that is read. */
class Namespaces {
	private readonly bound = new Map<string, string[]>();

	open(declared: Declaration[]): void {
		for (const { prefix, namespace } of declared) {
			const around = this.bound.get(prefix);
			if (around) around.push(namespace);
			else this.bound.set(prefix, [namespace]);
		}
	}

	close(declared: Declaration[]): void {
		for (const { prefix } of declared) this.bound.get(prefix)?.pop();
	}

	of(name: string): string {
		const prefix = name.slice(0, Math.max(0, name.indexOf(':')));
		return this.bound.get(prefix)?.at(-1) ?? '';
	}
}

/**
 * All elements in document order. Time and memory grow with the length of the text and no faster.
 * @throws ScanRefusal when end tags are missing or too many, when elements are nested too deep, and as
 *   {@link scanTags} does
 */
export function* scanElements(text: Text): Generator<Element> {
	const open: Tag[] = [];
	const namespaces = new Namespaces();
	for (const tag of scanTags(text)) {
		if (tag.kind === 'doctype') continue;
		if (tag.kind === 'close') {
			const start = open.pop();
			if (start?.name !== tag.name)
				throw new ScanRefusal(`the end tag '${tag.name.slice(0, shownName)}' has no start`);
			namespaces.close(start.declared);
			continue;
		}
		namespaces.open(tag.declared);
		yield { ...tag, namespace: namespaces.of(tag.name), depth: open.length };
		if (tag.kind === 'empty') namespaces.close(tag.declared);
		else if (open.push(tag) > deepest)
			throw new ScanRefusal(`its elements are nested more than ${deepest} deep`);
	}
	const last = open.at(-1);
	if (last) throw new ScanRefusal(`the element '${last.name.slice(0, shownName)}' has no end`);
}

/** Whether an element of this local name, or of this prefixed name, stands in the document. */
export function hasElement(content: Buffer, name: string): boolean {
	const wanted = [name, Buffer.from(name).toString('latin1')];
	for (const { name: whole, localName } of scanTags(textOf(content)))
		if (wanted.includes(whole) || wanted.includes(localName)) return true;
	return false;
}

/** Namespace of XML Signature's elements (XML Signature, section 1.3). */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** Whether an element is a signature. */
export const isSignature = ({ localName, namespace }: Element): boolean =>
	localName === 'Signature' && namespace === signatureNamespace;

/** Whether a signature stands in the document, wherever. */
export function hasSignature(content: Buffer): boolean {
	for (const element of scanElements(textOf(content))) if (isSignature(element)) return true;
	return false;
}

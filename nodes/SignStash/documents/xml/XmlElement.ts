/** An attribute of an element, in which references are resolved. */
export interface XmlAttribute {
	name: string;
	value: string;
}

/** The start tag of an element, or its only tag; offsets are those in the text that was read. */
export interface XmlElement {
	/** Name with its prefix, as written. */
	name: string;
	localName: string;
	/** Empty without one. */
	namespace: string;
	/** All but namespace declarations. */
	attributes: XmlAttribute[];
	/** Number of its ancestors: the root has 0. */
	depth: number;
	/** Where its `<` stands, and what follows its `>`. */
	start: number;
	end: number;
	/** Whether it is written as one tag. */
	isEmpty: boolean;
}

/** Receives what a document says, in its order. */
export interface XmlHandler {
	open(element: XmlElement): void;
	/** At the end of an element, after the ends of all elements within it. */
	close(): void;
	/**
	 * A part of a text, which may be split anywhere: character references are resolved, and an entity that the
	 * document declares is left as it is.
	 */
	text?(part: string): void;
}

/** The prefix of a name; empty without one. */
export const prefixOf = (name: string): string => name.slice(0, Math.max(0, name.indexOf(':')));

/** A name without its prefix. */
export const localOf = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Namespace of XML Signature's elements (XML Signature, section 1.3). */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** Whether an element is a signature. */
export const isSignature = ({ localName, namespace }: XmlElement): boolean =>
	localName === 'Signature' && namespace === signatureNamespace;

/** An attribute of an element, no declaration of a namespace; its value only for readers that ask for values. */
export interface XmlAttribute {
	name: string;
	value: string;
}

/** The start tag of an element, or its only one; offsets are those of the text that was read. */
export interface XmlElement {
	/** Name with its prefix, as written. */
	name: string;
	localName: string;
	/** Empty without one. */
	namespace: string;
	attributes: XmlAttribute[];
	/** Number of its ancestors: the root has 0. */
	depth: number;
	/** Where its `<` stands, and what follows its `>`. */
	start: number;
	end: number;
	/** Whether it is written as one tag. */
	isEmpty: boolean;
}

/** Who is told what a document says, in its order. */
export interface XmlHandler {
	open(element: XmlElement): void;
	/** At the end of an element, after that of all within. */
	close(): void;
	/**
	 * A part of a text, whose parts may be any: what stands for a character is resolved, and an entity of
	 * the document's own is left as it is. Values of attributes are kept only when there is such a handler.
	 */
	text?(part: string): void;
}

/** Namespace of XML Signature's elements (XML Signature, section 1.3). */
export const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** Whether an element is a signature. */
export const isSignature = ({ localName, namespace }: XmlElement): boolean =>
	localName === 'Signature' && namespace === signatureNamespace;

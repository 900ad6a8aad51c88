import type { Attr, Document, Element, Node } from '@xmldom/xmldom';

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const TYPE = { element: 1, text: 3, cdata: 4, instruction: 7 } as const;

const TEXT: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'\r': '&#xD;',
};
const VALUE: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'"': '&quot;',
	'\t': '&#x9;',
	'\n': '&#xA;',
	'\r': '&#xD;',
};

const text = (value: string): string => value.replace(/[&<>\r]/g, (found) => TEXT[found] ?? found);
const quoted = (value: string): string =>
	`"${value.replace(/[&<"\t\n\r]/g, (found) => VALUE[found] ?? found)}"`;

/** Namespace declarations that are already written above, by prefix; empty for the default one. */
type Scope = ReadonlyMap<string, string>;

// Canonical XML sorts by code points; UTF-16 order only differs for names outside the basic plane.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function declarations(element: Element, attributes: readonly Attr[], scope: Scope): Scope {
	const used = new Map([[element.prefix ?? '', element.namespaceURI ?? '']]);
	for (const { prefix, namespaceURI } of attributes) {
		if (prefix && prefix !== 'xml') used.set(prefix, namespaceURI ?? '');
	}
	return new Map([...used].filter(([prefix, uri]) => (scope.get(prefix) ?? '') !== uri));
}

function canonicalElement(element: Element, scope: Scope, leftOut: ReadonlySet<Node>): string {
	const attributes = [...element.attributes].filter(({ namespaceURI }) => namespaceURI !== XMLNS);
	const declared = declarations(element, attributes, scope);
	const inner: Scope = new Map([...scope, ...declared]);
	const names = [...declared]
		.sort(([a], [b]) => compare(a, b))
		.map(([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}=${quoted(uri)}`);
	const values = attributes
		.sort(
			(a, b) =>
				compare(a.namespaceURI ?? '', b.namespaceURI ?? '') ||
				compare(a.localName ?? a.name, b.localName ?? b.name),
		)
		.map(({ name, value }) => ` ${name}=${quoted(value)}`);
	const children = [...element.childNodes].map((child) => canonicalNode(child, inner, leftOut));
	const tag = element.tagName;
	return `<${tag}${names.join('')}${values.join('')}>${children.join('')}</${tag}>`;
}

function canonicalNode(node: Node, scope: Scope, leftOut: ReadonlySet<Node>): string {
	if (leftOut.has(node)) return '';
	const value = node.nodeValue ?? '';
	switch (node.nodeType) {
		case TYPE.element:
			return canonicalElement(node as Element, scope, leftOut);
		case TYPE.text:
		case TYPE.cdata:
			return text(value);
		case TYPE.instruction:
			return `<?${node.nodeName}${value === '' ? '' : ` ${value.replace(/\r/g, '&#xD;')}`}?>`;
		default:
			return '';
	}
}

/**
 * Exclusive canonical XML (W3C xml-exc-c14n) of an element, without comments. References within the
 * same document never include comments, whichever canonicalisation is used (XML Signature, 4.4.3.3).
 */
export function canonical(element: Element): string {
	return canonicalElement(element, new Map(), new Set());
}

/** The same of a whole document, without the elements `leftOut`. */
export function canonicalDocument(document: Document, leftOut: ReadonlySet<Node>): string {
	return [...document.childNodes]
		.filter(({ nodeType }) => nodeType === TYPE.element || nodeType === TYPE.instruction)
		.filter((node) => node.nodeName !== 'xml')
		.map((node) => canonicalNode(node, new Map(), leftOut))
		.join('\n');
}

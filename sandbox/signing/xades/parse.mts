import { DOMParser } from '@xmldom/xmldom';
import type { Document, Element } from '@xmldom/xmldom';
import { misconfigured } from '../SignFault.mts';

const DECLARED = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** Encodings in which the markup consists of the same octets as in ASCII, so that it can be found. */
const DECODERS: Readonly<Record<string, (content: Buffer) => string>> = {
	'utf-8': (content) => new TextDecoder('utf-8', { fatal: true }).decode(content),
	'us-ascii': (content) => content.toString('latin1'),
	// Not TextDecoder: the web takes this name for windows-1252.
	'iso-8859-1': (content) => content.toString('latin1'),
	'iso-8859-15': (content) => new TextDecoder('iso-8859-15').decode(content),
	'windows-1252': (content) => new TextDecoder('windows-1252').decode(content),
};

/** Parses well-formed XML text; the parser's messages are errors, all of them. */
export function parse(xml: string): Document {
	const parser = new DOMParser({
		// XML 1.0, section 2.11; the parser's own does what XML 1.1 wants.
		normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'),
		onError: (_level, message) => {
			throw new Error(message);
		},
	});
	return parser.parseFromString(xml, 'text/xml');
}

/**
 * Parses the octets of an XML document.
 * @throws {SignFault} when they are no well-formed XML, in an unknown encoding, or have a DOCTYPE
 */
export function parseDocument(content: Buffer): Document {
	const encoding = DECLARED.exec(content.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
	const decode = DECODERS[encoding.toLowerCase()];
	if (decode === undefined) throw misconfigured(`The encoding ${encoding} is not supported`);
	try {
		const document = parse(decode(content));
		if (document.doctype === null && document.documentElement !== null) return document;
	} catch (error) {
		throw misconfigured('The document is no well-formed XML', error);
	}
	throw misconfigured('XML documents with a DOCTYPE are not signed');
}

/** The elements of that name below a document or an element. */
export function elements(parent: Document | Element, namespace: string, name: string): Element[] {
	return [...parent.getElementsByTagNameNS(namespace, name)];
}

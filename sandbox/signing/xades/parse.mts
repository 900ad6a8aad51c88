import { DOMParser } from '@xmldom/xmldom';
import type { Document, Element } from '@xmldom/xmldom';
import { misconfigured } from '../SignFault.mts';
import { findFlaw } from './findFlaw.mts';

const DECLARED = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** Encodings that the web's decoder interprets differently: it decodes both as windows-1252. */
const LATIN_1: ReadonlySet<string> = new Set(['us-ascii', 'iso-8859-1']);

/** Encodings in which ASCII octets may mean something else, so that markup cannot be found. */
const NOT_LIKE_ASCII = /^(?:utf-16|utf-32|ucs-|iso-10646|iso-2022|hz-|utf-7)/;

/** @throws for octets that are invalid in the encoding, and for unknown encodings */
function decode(content: Buffer, encoding: string): string {
	if (LATIN_1.has(encoding)) return content.toString('latin1');
	if (NOT_LIKE_ASCII.test(encoding)) throw new Error('the encoding is not compatible with ASCII');
	return new TextDecoder(encoding, { fatal: true }).decode(content);
}

/** The parser takes this character, which is legal in any document, as a sign of a wrong encoding. */
const REPLACEMENT_CHARACTER = /replacement character/i;

/** Parses well-formed XML text; all but one of the parser's messages are errors. */
export function parse(xml: string): Document {
	const parser = new DOMParser({
		// XML 1.0, section 2.11; the parser's own function follows XML 1.1.
		normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'),
		onError: (_level, message) => {
			if (!REPLACEMENT_CHARACTER.test(message)) throw new Error(message);
		},
	});
	return parser.parseFromString(xml, 'text/xml');
}

function checked(xml: string): Document {
	const flaw = findFlaw(xml);
	if (flaw !== undefined) throw new Error(flaw);
	return parse(xml);
}

const XMLNS = 'http://www.w3.org/2000/xmlns/';
const ABSOLUTE = /^[a-z][a-z0-9+.-]*:/i;

/** Canonical XML must fail on relative namespace names (W3C xml-c14n, section 1.3). */
function isRelative({ attributes }: Element): boolean {
	return [...attributes].some(
		({ namespaceURI, value }) => namespaceURI === XMLNS && value !== '' && !ABSOLUTE.test(value),
	);
}

/**
 * Parses the octets of an XML document.
 * @throws {SignFault} when they are not well-formed XML, are in an unknown encoding, or have a DOCTYPE
 * or a relative namespace name
 */
export function parseDocument(content: Buffer): Document {
	const encoding = DECLARED.exec(content.toString('latin1', 0, 200))?.[1] ?? 'utf-8';
	let document: Document;
	try {
		document = checked(decode(content, encoding.toLowerCase()));
	} catch (error) {
		throw misconfigured(`The document is not well-formed XML in ${encoding}`, error);
	}
	if (document.doctype !== null || document.documentElement === null)
		throw misconfigured('XML documents with a DOCTYPE are not signed');
	if (elements(document, '*', '*').some(isRelative))
		throw misconfigured('The document has a relative namespace name');
	return document;
}

/** The elements of that name below a document or an element. */
export function elements(parent: Document | Element, namespace: string, name: string): Element[] {
	return [...parent.getElementsByTagNameNS(namespace, name)];
}

import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { DOMParser, type Document, type Element } from '@xmldom/xmldom';
import {
	ExclusiveCanonicalization,
	ExclusiveCanonicalizationWithComments,
	SignedXml,
} from 'xml-crypto';
import { byTool, told, type Verdict } from './Verdict.mts';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const signedProperties = 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties';
const sac = 'urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2';

/**
 * Verifies an XML document's signatures, and that each covers the document: with xmlsec1 where it is
 * installed, otherwise with xml-crypto. Neither of them made the signatures.
 *
 * @param caFile the certificate (PEM) of the authority that must have issued the signer's certificate
 */
export function verifyXml(file: string, caFile: string): Verdict {
	const [xml, caPem] = [readFileSync(file), readFileSync(caFile, 'utf8')];
	return xmlByTool(xml, caPem) ?? xmlByLibrary(xml, caPem);
}

export function xmlByTool(xml: Buffer, caPem: string): Verdict | undefined {
	const files = { 'ca.pem': caPem, 'signed.xml': xml };
	const options = ['--verify', '--trusted-pem', 'ca.pem', '--id-attr:Id', signedProperties];
	return everySignature(textOf(xml), 'xmlsec1', (_, index) => {
		const which = `(//*[local-name()='Signature'])[${index + 1}]`;
		return byTool('xmlsec1', [...options, '--node-xpath', which, 'signed.xml'], files);
	});
}

export function xmlByLibrary(xml: Buffer, caPem: string): Verdict {
	const text = textOf(xml);
	return everySignature(text, 'xml-crypto', (signature) =>
		told('xml-crypto', holds(signature, text, caPem)),
	);
}

/** The first negative verdict on any signature, otherwise the positive one; undefined without the tool. */
function everySignature<Asked extends Verdict | undefined>(
	xml: string,
	by: string,
	verify: (signature: Element, index: number) => Asked,
): Asked | Verdict {
	try {
		const signatures = signaturesOf(parse(xml));
		if (!signatures.every(coversDocument))
			throw new Error('the signature does not cover the document');
		const [first, ...others] = signatures;
		if (first === undefined) throw new Error('there is no signature');
		const verdict = verify(first, 0);
		const verdicts = others.map((other, index) => verify(other, index + 1));
		return verdicts.find((one) => one?.ok === false) ?? verdict;
	} catch (error) {
		return told(by, error);
	}
}

/** Does what the sandbox's XPath transforms do: leaves all signatures out. */
class WithoutSignatures {
	process(node: Node): Node {
		for (let child = node.firstChild; child !== null; ) {
			const next = child.nextSibling;
			if (child.nodeName === 'ds:Signature') node.removeChild(child);
			else this.process(child);
			child = next;
		}
		return node;
	}

	getAlgorithmName(): string {
		return 'without signatures';
	}
}

function holds(signature: Element, xml: string, caPem: string): boolean {
	const [certificate] = signature.getElementsByTagNameNS(dsig, 'X509Certificate');
	const signer = new X509Certificate(Buffer.from(certificate?.textContent ?? '', 'base64'));
	if (!signer.verify(new X509Certificate(caPem).publicKey))
		throw new Error('the certificate was not issued by the authority');
	const signed = new SignedXml({ publicCert: signer.toString() });
	const document = parse(xml);
	const canonical = withOutside(document, ExclusiveCanonicalization);
	const canonicalWithComments = withOutside(document, ExclusiveCanonicalizationWithComments);
	Object.assign(signed.CanonicalizationAlgorithms, {
		'http://www.w3.org/2001/10/xml-exc-c14n#': canonical,
		'http://www.w3.org/2001/10/xml-exc-c14n#WithComments': canonicalWithComments,
		'http://www.w3.org/TR/1999/REC-xpath-19991116': WithoutSignatures,
		'http://www.w3.org/2002/06/xmldsig-filter2': WithoutSignatures,
	});
	signed.loadSignature(signature.toString());
	return signed.checkSignature(xml);
}

/**
 * A canonicalization of whole documents: instructions around the root belong to the signed text (Canonical
 * XML, 2.3), but xml-crypto begins at the root.
 */
function withOutside(
	document: Document,
	Canonicalization: typeof ExclusiveCanonicalization,
): typeof ExclusiveCanonicalization {
	const nodes = [...document.childNodes];
	const at = nodes.findIndex((node) => node === document.documentElement);
	const written = (node: (typeof nodes)[number]): string[] =>
		node.nodeType === node.PROCESSING_INSTRUCTION_NODE && node.nodeName !== 'xml'
			? [`<?${node.nodeName}${node.nodeValue ? ` ${node.nodeValue}` : ''}?>`]
			: [];
	const before = nodes
		.slice(0, at)
		.flatMap(written)
		.map((text) => `${text}\n`);
	const after = nodes
		.slice(at)
		.flatMap(written)
		.map((text) => `\n${text}`);
	return class extends Canonicalization {
		override process(...given: Parameters<ExclusiveCanonicalization['process']>): string {
			const [element] = given;
			const inner = super.process(...given);
			const isRoot = element.nodeName === document.documentElement?.nodeName;
			return isRoot ? [...before, inner, ...after].join('') : inner;
		}
	};
}

/** Whether the document has one signature, directly under UBL's `sac:SignatureInformation`. */
export function standsUnderSignatureInformation(file: string): boolean {
	const signatures = signaturesOf(parse(textOf(readFileSync(file))));
	const parent = signatures[0]?.parentNode;
	return (
		signatures.length === 1 &&
		parent?.localName === 'SignatureInformation' &&
		parent.namespaceURI === sac
	);
}

/** Whether one of the signature's references is the whole document (URI="", XML Signature 4.4.3). */
function coversDocument(signature: Element): boolean {
	const references = signature.getElementsByTagNameNS(dsig, 'Reference');
	return [...references].some((reference) => reference.getAttribute('URI') === '');
}

const signaturesOf = (document: Document): Element[] => [
	...document.getElementsByTagNameNS(dsig, 'Signature'),
];

const parse = (text: string): Document => new DOMParser().parseFromString(text, 'text/xml');

/** A document, decoded in the encoding that it declares, without its byte order mark. */
function textOf(xml: Buffer): string {
	const declared = /^[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(xml.toString('latin1', 0, 200))?.[1];
	// The web's decoder treats ISO-8859-1 as windows-1252, which has other characters instead of controls.
	if (declared?.toLowerCase() === 'iso-8859-1') return xml.toString('latin1');
	return new TextDecoder(declared ?? 'utf-8').decode(xml).replace(/^\ufeff/, '');
}

/** Writes a copy of a file in which one byte differs, at the first occurrence of `text`. */
export function tamper(file: string, text: string, copy: string): void {
	const bytes = readFileSync(file);
	const at = bytes.indexOf(text);
	if (at < 0) throw new Error(`'${text}' is not in the file`);
	writeFileSync(copy, tampered(bytes, at));
}

/** A copy with the lowest bit of one octet changed. */
export function tampered(content: Buffer, at: number): Buffer {
	const copy = Buffer.from(content);
	copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
	return copy;
}

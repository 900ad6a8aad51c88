import { badInput, type Fault } from '../Fault';
import type { Document } from './Document';
import { isInExtension, unpreparable, withSignatureExtension } from './ublExtension';
import { signatureInformation, ublNamespaceOf } from './ublNames';
import type { XmlFacts } from './xml/readXml';

/** Whether an XML file is a UBL document, by the name and namespace of its root. */
export const isUbl = ({ root }: XmlFacts): boolean =>
	root?.namespace === ublNamespaceOf(root?.localName ?? '');

/**
 * Makes sure that the element for the UBL signature is there: it is added if that is wanted and the document lacks
 * it, and the document is refused if the element is still missing.
 * @param facts of the document, read with the element of this location
 * @param location element of the document that the signature goes to, by its name with or without its prefix
 */
export function prepareForUbl(
	document: Document,
	facts: XmlFacts,
	location: string,
	prepare: boolean,
): Document {
	const mayStay = location !== signatureInformation || !prepare || facts.extension.isPrepared;
	if (facts.hasElement && mayStay) return document;
	if (!prepare) throw notThere(document, location);
	const why = unpreparable(facts);
	if (why !== undefined) throw notPrepared(document, why);
	if (!facts.hasElement && (facts.extension.isPrepared || !isInExtension(location)))
		throw notAdded(document, location);
	const content = withSignatureExtension(document.content, facts);
	return content === document.content ? document : { ...document, content };
}

const notThere = ({ name }: Document, location: string): Fault =>
	badInput(
		'Signature Location',
		`The element '${location}' of 'Signature Location' is not in '${name}'`,
		"Switch on 'Prepare Document' to add UBL's signature extension, or name an element of the document.",
	);

const notAdded = ({ name }: Document, location: string): Fault =>
	badInput(
		'Signature Location',
		`The element '${location}' of 'Signature Location' is not in '${name}', and 'Prepare Document' does not add it`,
		"Name an element of the document, or 'SignatureInformation', which 'Prepare Document' adds.",
	);

const notPrepared = ({ name }: Document, why: string): Fault =>
	badInput(
		'Prepare Document',
		`'${name}' cannot be prepared for a UBL signature: ${why}`,
		"'UBL Signature' is for UBL documents without a DOCTYPE, in an ASCII-compatible encoding such as UTF-8, ISO-8859 or Windows-1252. Switch it off for others.",
	);

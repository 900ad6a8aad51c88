import { badInput } from '../Fault';
import type { SignatureType } from './contentType';
import type { Document } from './Document';
import { readPdf, type PdfFacts } from './readPdf';
import { readXml, type XmlFacts } from './xml/readXml';

/** The facts about a document that gets a signature embedded in it; see {@link inspect}. */
export type DocumentFacts = PdfFacts | XmlFacts;

/**
 * Reads a document once for everything that its signature requires, and refuses one that cannot take it. Undefined
 * for CAdES, which accepts any bytes.
 * @param element of an XML file to look for, by its name with or without its prefix
 */
export async function inspect(
	document: Document,
	type: SignatureType,
	element?: string,
): Promise<DocumentFacts | undefined> {
	if (type === 'PAdES') return refuseFinal(document, await readPdf(document.content));
	if (type === 'XAdES')
		return refuseSigned(document, refuseBroken(document, await readXml(document.content, element)));
	return undefined;
}

function refuseFinal({ name }: Document, facts: PdfFacts): PdfFacts {
	if (!facts.isFinal) return facts;
	throw badInput(
		'Signature Type',
		`'${name}' was certified by its author against any change, and the PAdES signature of 'Signature Type' would invalidate that certification`,
		"Ask its author for a copy that may be signed, or set 'Signature Type' to 'Any File (CAdES, P7M)', which leaves the PDF as it is.",
	);
}

function refuseBroken({ name }: Document, facts: XmlFacts): XmlFacts {
	if (!facts.fault) return facts;
	const { line, what, isLimit } = facts.fault;
	if (isLimit)
		throw badInput(
			'Input Data Field Name',
			`'${name}' in 'Input Data Field Name' cannot be read as XML, as seen in line ${line}: ${what}`,
			"Have it written in another way, or set 'Signature Type' to 'Any File (CAdES, P7M)', which takes any file.",
		);
	throw badInput(
		'Input Data Field Name',
		`'${name}' in 'Input Data Field Name' is not well-formed XML, as seen in line ${line}: ${what}`,
		'Correct it in the program or step that writes the file: programs that read XML refuse it as a whole.',
	);
}

/** A signature that covers a document is no longer valid once another one is put into it. */
function refuseSigned({ name }: Document, facts: XmlFacts): XmlFacts {
	if (!facts.isSigned) return facts;
	throw badInput(
		'Input Data Field Name',
		`'${name}' is already signed, and another XAdES signature would invalidate that signature`,
		"Choose files without a signature in 'Input Data Field Name': a pattern or a folder may include signed ones as well.",
	);
}

/** Encodings that every program reads (XML 1.0, section 4.3.3), and the one that many write. */
const common = new Set(['utf-8', 'utf-16le', 'utf-16be', 'us-ascii', 'iso-8859-1']);

/**
 * What can be seen in a document that may prevent a service from signing it, because the service's own refusal
 * does not say it; in words that continue the file's name, such as "is encrypted". Undefined if nothing is seen.
 */
export function likelyCause(facts: DocumentFacts | undefined): string | undefined {
	if (facts?.kind === 'pdf') {
		if (facts.isEncrypted) return 'is encrypted, and a request cannot carry a password';
		return facts.isWhole ? undefined : 'is damaged: its end marker (%%EOF) is missing';
	}
	if (facts?.isTyped) return 'has a document type (DOCTYPE)';
	if (!facts || common.has(facts.encoding)) return undefined;
	return `is in the encoding ${facts.encoding.toUpperCase()}`;
}

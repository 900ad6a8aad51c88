import { readFileSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { runTool, type Verdict } from './Verdict.mts';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const sac = 'urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2';

/**
 * Verifies an XML signature, and that it covers the document: by xmlsec1 where it is installed, else
 * by xml-crypto, which did not sign either.
 *
 * @param caFile the certificate (PEM) of the authority that has to have certified the signer
 */
export function verifyXml(file: string, caFile: string): Verdict {
	const verdict = verifyXmlByTool(file, caFile) ?? verifyXmlByLibrary(file, caFile);
	if (!verdict.ok || coversDocument(file)) return verdict;
	return { ...verdict, ok: false, detail: 'the signature does not cover the document' };
}

export function verifyXmlByTool(file: string, caFile: string): Verdict | undefined {
	const run = runTool('xmlsec1', [
		'--verify',
		'--trusted-pem',
		caFile,
		'--id-attr:Id',
		'SignedProperties',
		file,
	]);
	if (run === undefined) return undefined;
	const ok = run.status === 0;
	return { ok, by: 'xmlsec1', detail: ok ? 'OK' : run.output.trim() };
}

export function verifyXmlByLibrary(file: string, caFile: string): Verdict {
	const by = 'xml-crypto';
	try {
		const document = parse(file);
		const signature = document.getElementsByTagNameNS(dsig, 'Signature').item(0);
		const certificate = document.getElementsByTagNameNS(dsig, 'X509Certificate').item(0);
		if (signature === null || certificate === null) throw new Error('there is no signature');
		const der = Buffer.from(certificate.textContent ?? '', 'base64');
		const signer = new X509Certificate(der);
		if (!signer.verify(new X509Certificate(readFileSync(caFile)).publicKey))
			throw new Error('the certificate is not of the sandbox');
		const signed = new SignedXml({ publicCert: signer.toString() });
		signed.loadSignature(signature.toString());
		const ok = signed.checkSignature(readText(file));
		return {
			ok,
			by,
			detail: ok ? 'digests and signature hold' : 'digests or signature do not hold',
		};
	} catch (error) {
		return { ok: false, by, detail: error instanceof Error ? error.message : String(error) };
	}
}

/** Whether the document has one signature, directly under UBL's `sac:SignatureInformation`. */
export function standsUnderSignatureInformation(file: string): boolean {
	const signatures = parse(file).getElementsByTagNameNS(dsig, 'Signature');
	const parent = signatures.item(0)?.parentNode;
	return (
		signatures.length === 1 &&
		parent?.localName === 'SignatureInformation' &&
		parent.namespaceURI === sac
	);
}

/** Whether one of the signature's references is the whole document (URI="", XML Signature 4.4.3). */
function coversDocument(file: string): boolean {
	const references = parse(file).getElementsByTagNameNS(dsig, 'Reference');
	return [...references].some((reference) => reference.getAttribute('URI') === '');
}

function parse(file: string): ReturnType<DOMParser['parseFromString']> {
	return new DOMParser().parseFromString(readText(file), 'text/xml');
}

function readText(file: string): string {
	return readFileSync(file, 'utf8').replace(/^\ufeff/, '');
}

/** Writes a copy of a file in which one byte differs, at the first place of `text`. */
export function tamper(file: string, text: string, copy: string): void {
	const bytes = readFileSync(file);
	const at = bytes.indexOf(text);
	if (at < 0) throw new Error(`'${text}' is not in the file`);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
	writeFileSync(copy, bytes);
}

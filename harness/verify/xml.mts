import { readFileSync, writeFileSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { runTool, type Verdict } from './Verdict.mts';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';

/** Verifies an XML signature: by xmlsec1 where it is installed, else by xml-crypto, which did not sign. */
export function verifyXml(file: string, caFile: string): Verdict {
	return verifyXmlByTool(file, caFile) ?? verifyXmlByLibrary(file, caFile);
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
		const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
		const document = new DOMParser().parseFromString(text, 'text/xml');
		const signature = document.getElementsByTagNameNS(dsig, 'Signature').item(0);
		const certificate = document.getElementsByTagNameNS(dsig, 'X509Certificate').item(0);
		if (signature === null || certificate === null) throw new Error('there is no signature');
		const der = Buffer.from(certificate.textContent ?? '', 'base64');
		const signer = new X509Certificate(der);
		if (!signer.verify(new X509Certificate(readFileSync(caFile)).publicKey))
			throw new Error('the certificate is not of the sandbox');
		const signed = new SignedXml({ publicCert: signer.toString() });
		signed.loadSignature(signature.toString());
		const ok = signed.checkSignature(text);
		return {
			ok,
			by,
			detail: ok ? 'digests and signature hold' : 'digests or signature do not hold',
		};
	} catch (error) {
		return { ok: false, by, detail: error instanceof Error ? error.message : String(error) };
	}
}

/** Whether the signature stands directly under the element of that local name. */
export function signatureStandsUnder(file: string, localName: string): boolean {
	const document = new DOMParser().parseFromString(readFileSync(file, 'utf8'), 'text/xml');
	const parent = document.getElementsByTagNameNS(dsig, 'Signature').item(0)?.parentNode;
	return parent?.localName === localName;
}

/** Writes a copy of a file in which one byte differs, at the first place of `text`. */
export function tamper(file: string, text: string, copy: string): void {
	const bytes = readFileSync(file);
	const at = bytes.indexOf(text);
	if (at < 0) throw new Error(`'${text}' is not in the file`);
	bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
	writeFileSync(copy, bytes);
}

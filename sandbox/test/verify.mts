import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DOMParser } from '@xmldom/xmldom';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { SignedXml } from 'xml-crypto';

/**
 * Verification by what did not sign: pkijs and xml-crypto always; openssl, pdfsig and xmlsec1 too
 * where the machine has them. All that are asked have to agree.
 */
export interface Verdict {
	ok: boolean;
	/** Who was asked. */
	by: string[];
}

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903/v1.3.2#:SignedProperties';

type Files = (name: string, content: Buffer | string) => string;

/** Gives a function files in a folder of its own, which is gone afterwards. */
function withFiles<T>(use: (file: Files) => T): T {
	const folder = mkdtempSync(join(tmpdir(), 'signing-'));
	try {
		return use((name, content) => {
			const path = join(folder, name);
			writeFileSync(path, content);
			return path;
		});
	} finally {
		rmSync(folder, { recursive: true });
	}
}

/** Runs a tool. @returns undefined when the machine does not have it */
export function run(
	tool: string,
	...args: string[]
): { status: number | null; output: Buffer } | undefined {
	const { error, status, stdout } = spawnSync(tool, args, { maxBuffer: 2 ** 28 });
	return error === undefined ? { status, output: stdout } : undefined;
}

function verdict(asked: Readonly<Record<string, boolean | undefined>>): Verdict {
	const answers = Object.entries(asked).filter(([, answer]) => answer !== undefined);
	const said = new Set(answers.map(([, answer]) => answer));
	if (said.size > 1) throw new Error(`They disagree: ${JSON.stringify(asked)}`);
	return { ok: said.has(true), by: answers.map(([name]) => name) };
}

function parseCms(message: Buffer): SignedData {
	const info = new ContentInfo({ schema: fromBER(new Uint8Array(message)).result });
	return new SignedData({ schema: info.content });
}

/** Whether pkijs takes a CMS message, and takes its signer for one of the authority's. */
async function pkijsVerifies(message: Buffer, caPem: string, content?: Buffer): Promise<boolean> {
	try {
		const ca = new X509Certificate(caPem).raw;
		return await parseCms(message).verify({
			signer: 0,
			checkChain: true,
			trustedCerts: [Certificate.fromBER(new Uint8Array(ca))],
			...(content === undefined ? {} : { data: new Uint8Array(content).buffer }),
		});
	} catch {
		return false;
	}
}

/** Verifies a CMS message, over a detached content when one is given. */
export async function verifyCms(
	message: Buffer,
	caPem: string,
	detached?: Buffer,
): Promise<Verdict> {
	const openssl = withFiles((file) =>
		run(
			...(['openssl', 'cms', '-verify', '-binary', '-inform', 'DER', '-purpose', 'any'] as const),
			...['-in', file('message', message), '-CAfile', file('ca', caPem)],
			...(detached === undefined ? [] : ['-content', file('content', detached)]),
		),
	);
	return verdict({
		openssl: openssl && openssl.status === 0,
		pkijs: await pkijsVerifies(message, caPem, detached),
	});
}

/** The content that a CMS message carries. */
export function contentOf(message: Buffer): Buffer {
	const { eContent } = parseCms(message).encapContentInfo;
	return Buffer.from(eContent?.getValue() ?? new ArrayBuffer(0));
}

const BYTE_RANGE = /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]/g;

/** The signatures of a PDF in the order of the file: CMS message, what it signs, where that ends. */
export function pdfSignatures(pdf: Buffer): { message: Buffer; content: Buffer; end: number }[] {
	return [...pdf.toString('latin1').matchAll(BYTE_RANGE)].map((match) => {
		const [length, second, rest] = match.slice(1).map(Number);
		const end = second + rest;
		return {
			message: Buffer.from(pdf.toString('latin1', length + 1, second - 1), 'hex'),
			content: Buffer.concat([pdf.subarray(0, length), pdf.subarray(second, end)]),
			end,
		};
	});
}

/** Verifies every signature of a PDF, and that the last one covers the whole file. */
export async function verifyPdf(pdf: Buffer, caPem: string): Promise<Verdict & { count: number }> {
	const signatures = pdfSignatures(pdf);
	const asked: Record<string, boolean | undefined> = {};
	for (const { message, content } of signatures) {
		const { ok, by } = await verifyCms(message, caPem, content);
		const name = by.join(' and ');
		asked[name] = ok && asked[name] !== false;
	}
	const tool = withFiles((file) => run('pdfsig', '-nocert', file('signed.pdf', pdf)));
	const valid = tool?.output.toString().match(/Signature is Valid/g)?.length ?? 0;
	const { ok, by } = verdict({ ...asked, pdfsig: tool && valid === signatures.length });
	const count = signatures.length;
	return { ok: ok && count > 0 && signatures[count - 1].end === pdf.length, by, count };
}

/** What the XPath transforms that the engine writes do: they leave all signatures out. */
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

function xmlCryptoVerifies(text: string, caPem: string): boolean {
	// References to the same document leave comments out, which xml-crypto does not.
	const xml = text.replace(/^\ufeff/, '').replace(/<!--[^]*?-->/g, '');
	const signatures = [
		...new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS(DS, 'Signature'),
	];
	return (
		signatures.length > 0 &&
		signatures.every((signature) => {
			const [certificate] = signature.getElementsByTagNameNS(DS, 'X509Certificate');
			const signer = new X509Certificate(Buffer.from(certificate.textContent ?? '', 'base64'));
			const signed = new SignedXml({ publicCert: signer.toString() });
			for (const uri of [
				'http://www.w3.org/TR/1999/REC-xpath-19991116',
				'http://www.w3.org/2002/06/xmldsig-filter2',
			]) {
				signed.CanonicalizationAlgorithms[uri] = WithoutSignatures;
			}
			signed.loadSignature(signature.toString());
			return signer.verify(new X509Certificate(caPem).publicKey) && holds(signed, xml);
		})
	);
}

function holds(signed: SignedXml, xml: string): boolean {
	try {
		return signed.checkSignature(xml);
	} catch {
		return false;
	}
}

/**
 * Verifies every signature of an XML document.
 * @param text the document, decoded
 */
export function verifyXml(bytes: Buffer, text: string, caPem: string): Verdict {
	const count = text.split('<ds:Signature ').length - 1;
	const numbers = Array.from({ length: count }, (_, index) => index + 1);
	const xmlsec1 = withFiles((file) =>
		numbers.map((number) =>
			run(
				...(['xmlsec1', '--verify', '--id-attr:Id', SIGNED_PROPERTIES] as const),
				...['--trusted-pem', file('ca.pem', caPem)],
				...['--node-xpath', `(//*[local-name()='Signature'])[${number}]`],
				file('signed.xml', bytes),
			),
		),
	);
	return verdict({
		'xml-crypto': xmlCryptoVerifies(text, caPem),
		xmlsec1: xmlsec1.includes(undefined)
			? undefined
			: xmlsec1.every((answer) => answer?.status === 0),
	});
}

/** Verifies a time-stamp token (RFC 3161) over some data. */
export async function verifyTimestamp(
	token: Buffer,
	data: Buffer | string,
	caPem: string,
): Promise<Verdict> {
	const openssl = withFiles((file) =>
		run(
			...(['openssl', 'ts', '-verify', '-token_in', '-in'] as const),
			...[file('token', token), '-data', file('data', data), '-CAfile', file('ca', caPem)],
		),
	);
	return verdict({
		openssl: openssl && openssl.status === 0,
		// Given the content type, pkijs compares the token's imprint with the data.
		pkijs: await pkijsVerifies(token, caPem, Buffer.from(data)),
	});
}

/** A copy with the lowest bit of one octet changed. */
export function tampered(content: Buffer, at: number): Buffer {
	const copy = Buffer.from(content);
	copy[at] ^= 1;
	return copy;
}

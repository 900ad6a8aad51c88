import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import {
	Certificate,
	ContentInfo,
	EncapsulatedContentInfo,
	IssuerAndSerialNumber,
	setEngine,
	SignedData,
	SignerInfo,
	CryptoEngine,
} from 'pkijs';
import { signerCertificateOf } from '../../nodes/SignStash/documents/signerCertificate';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notAfter = new Date('2031-05-06T07:08:09Z');

interface Holder {
	der: Buffer;
	keys: CryptoKeyPair;
	name: string;
}

/** Somebody with a certificate, issued by another or by nobody else. */
async function holder(name: string, issuer?: Holder): Promise<Holder> {
	x509.cryptoProvider.set(webcrypto);
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const shared = { notAfter, signingAlgorithm: algorithm, serialNumber: '0a' };
	const certificate = issuer
		? await x509.X509CertificateGenerator.create({
				...shared,
				subject: name,
				issuer: issuer.name,
				publicKey: keys.publicKey,
				signingKey: issuer.keys.privateKey,
			})
		: await x509.X509CertificateGenerator.createSelfSigned({ ...shared, name, keys });
	return { der: Buffer.from(certificate.rawData), keys, name };
}

const parsed = ({ der }: Holder): Certificate => Certificate.fromBER(new Uint8Array(der));

/** Signed data of these signers in their order, with further certificates beside theirs. */
function cms(signers: Holder[], others: Holder[] = [], contentType = '1.2.840.113549.1.7.1'): Buffer {
	const identifiers = signers.map((signer) => {
		const { issuer, serialNumber } = parsed(signer);
		return new SignerInfo({ version: 1, sid: new IssuerAndSerialNumber({ issuer, serialNumber }) });
	});
	const data = new SignedData({
		version: 1,
		encapContentInfo: new EncapsulatedContentInfo({ eContentType: contentType }),
		signerInfos: identifiers,
		certificates: [...others, ...signers].map(parsed),
	});
	const info = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: data.toSchema(true) });
	return Buffer.from(info.toSchema().toBER(false));
}

/** A PDF with a signature that covers all but itself, behind what is there. */
function pdfSignedBy(message: Buffer, before = Buffer.from('%PDF-1.7\n')): Buffer {
	const hex = `<${message.toString('hex')}0000>`;
	const head = (from: number): string =>
		`9 0 obj\n<</Type /Sig /ByteRange [0 ${String(from).padStart(8)} ${String(from + hex.length).padStart(8)} 8] /Contents `;
	const start = before.length + head(0).length;
	return Buffer.concat([before, Buffer.from(`${head(start)}${hex}>>\n%%EOF\n`)]);
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const keyInfo = (...holders: Holder[]): string =>
	`<ds:Signature xmlns:ds="${dsig}"><ds:KeyInfo Id="KeyInfo"><ds:X509Data>${holders
		.map(({ der }) => `<ds:X509Certificate>\n${der.toString('base64').replace(/.{64}/g, '$&\n')}</ds:X509Certificate>`)
		.join('')}</ds:X509Data></ds:KeyInfo></ds:Signature>`;

let authority: Holder;
let ours: Holder;
let theirs: Holder;
beforeAll(async () => {
	setEngine('node', new CryptoEngine({ name: 'node', crypto: webcrypto as Crypto }));
	authority = await holder('CN=The Authority, C=PT');
	ours = await holder('CN="São João, Lda", O=x, C=PT', authority);
	theirs = await holder('CN=Somebody Else', authority);
});

const signerIn = (file: Buffer, type: 'PAdES' | 'XAdES' | 'CAdES'): string | undefined =>
	signerCertificateOf(file, type)?.signer;
const name = 'São João, Lda';

describe('the last signer is meant', () => {
	test('of a container, among certificates in any order', () => {
		expect(signerIn(cms([theirs, ours], [authority]), 'CAdES')).toBe(name);
		expect(signerIn(cms([ours, theirs], [authority]), 'CAdES')).toBe('Somebody Else');
	});

	test('of a container as PEM', () => {
		const pem = `-----BEGIN PKCS7-----\n${cms([ours], [authority]).toString('base64')}\n-----END PKCS7-----\n`;
		expect(signerIn(Buffer.from(pem), 'CAdES')).toBe(name);
	});

	test('of a PDF that others had signed before, and that was stamped with the time since', () => {
		const first = pdfSignedBy(cms([theirs], [authority]));
		const both = pdfSignedBy(cms([ours], [authority]), first);
		const stamp = cms([theirs], [authority], '1.2.840.113549.1.9.16.1.4');
		expect(signerIn(first, 'PAdES')).toBe('Somebody Else');
		expect(signerIn(both, 'PAdES')).toBe(name);
		expect(signerIn(pdfSignedBy(stamp, both), 'PAdES')).toBe(name);
	});

	test('of XML, among those who vouch for him, in any encoding', () => {
		const xml = `<a>${keyInfo(theirs)}${keyInfo(authority, ours)}</a>`;
		expect(signerIn(Buffer.from(xml), 'XAdES')).toBe(name);
		expect(signerIn(Buffer.from(`\ufeff${xml}`, 'utf16le'), 'XAdES')).toBe(name);
	});
});

test('all of a certificate that is asked for is told', async () => {
	const unnamed = await holder('O=Nobody, C=PT');
	const told = { validUntil: notAfter.toISOString(), validUntilMs: notAfter.getTime() };
	expect(signerCertificateOf(cms([ours]), 'CAdES')).toEqual({ signer: name, ...told, selfSigned: false });
	expect(signerCertificateOf(cms([authority]), 'CAdES')).toEqual({
		signer: 'The Authority',
		...told,
		selfSigned: true,
	});
	expect(signerIn(cms([unnamed]), 'CAdES')).toBe('O=Nobody, C=PT');
});

describe('nothing is told of what cannot be read', () => {
	test.each([
		['nothing', 'CAdES', () => Buffer.alloc(0)],
		['a text', 'CAdES', () => Buffer.from('text')],
		['a container that is cut off', 'CAdES', () => cms([ours]).subarray(0, -20)],
		['a container without certificates', 'CAdES', () => cms([])],
		['a broken certificate', 'CAdES', () => Buffer.from(cms([ours]).toString('hex').replace('2a8648ce3d0301', 'ffffffffffffff'), 'hex')],
		['a PDF without a signature', 'PAdES', () => Buffer.from('%PDF-1.7\n/Type /ByteRange')],
		['a PDF whose signature is elsewhere', 'PAdES', () => Buffer.from('%PDF-1.7 /ByteRange [0 1 9999999 2]')],
		['XML without a certificate', 'XAdES', () => Buffer.from(`<a xmlns="${dsig}"><KeyInfo></KeyInfo></a>`)],
		['XML with another text in its place', 'XAdES', () => Buffer.from('<KeyInfo><X509Certificate>AAAA</X509Certificate></KeyInfo>')],
		['XML without a signature', 'XAdES', () => Buffer.from('<a/>')],
	] as const)('%s', (what, type, of) => {
		expect(signerCertificateOf(of(), type)).toBeUndefined();
	});
});

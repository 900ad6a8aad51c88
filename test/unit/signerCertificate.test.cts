import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { signerCertificateOf } from '../../nodes/SignStash/documents/signerCertificate';
import { ber } from '../support/signedFiles.cts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notAfter = new Date('2031-05-06T07:08:09Z');

interface Holder {
	der: Buffer;
	/** Issuer and serial number, which identify the certificate. */
	identifier: Buffer;
	keys: webcrypto.CryptoKeyPair;
	name: string;
}

let holders = 0;

/** A holder with a certificate, issued by another holder or self-signed. */
async function holder(name: string, issuer?: Holder): Promise<Holder> {
	x509.cryptoProvider.set(webcrypto);
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const serialNumber = `0${++holders}`;
	const shared = { notAfter, signingAlgorithm: algorithm, serialNumber };
	const certificate = issuer
		? await x509.X509CertificateGenerator.create({
				...shared,
				subject: name,
				issuer: issuer.name,
				publicKey: keys.publicKey,
				signingKey: issuer.keys.privateKey,
			})
		: await x509.X509CertificateGenerator.createSelfSigned({ ...shared, name, keys });
	const issuerName = Buffer.from(new x509.Name(issuer?.name ?? name).toArrayBuffer());
	const identifier = ber(0x30, [issuerName, `0201${serialNumber}`]);
	return { der: Buffer.from(certificate.rawData), identifier, keys, name };
}

const data = '06092a864886f70d010701';

/** Signed data of these signers in their order, with further certificates in addition to theirs. */
function cms(signers: Holder[], others: Holder[] = [], contentType = data): Buffer {
	const certificates = [...others, ...signers].map(({ der }) => der);
	const infos = signers.map(({ identifier }) => ber(0x30, ['020101', identifier]));
	const signed = ber(0x30, [
		'020101',
		ber(0x31, []),
		ber(0x30, [contentType]),
		ber(0xa0, certificates),
		ber(0x31, infos),
	]);
	return ber(0x30, ['06092a864886f70d010702', ber(0xa0, [signed])]);
}

/** A PDF with a signature after the existing content, covering all of it. */
function pdfSignedBy(message: Buffer, before: Buffer = Buffer.from('%PDF-1.7\n')): Buffer {
	const hex = `<${message.toString('hex')}0000>`;
	const head = (from: number): string =>
		`9 0 obj\n<</Type /Sig /ByteRange [0 ${String(from).padStart(8)} ${String(from + hex.length).padStart(8)} 8] /Contents `;
	const start = before.length + head(0).length;
	return Buffer.concat([before, Buffer.from(`${head(start)}${hex}>>\n%%EOF\n`)]);
}

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const keyInfo = (...holders: Holder[]): string =>
	`<ds:Signature xmlns:ds="${dsig}"><ds:KeyInfo Id="KeyInfo"><ds:X509Data>${holders
		.map(
			({ der }) =>
				`<ds:X509Certificate>\n${der.toString('base64').replace(/.{64}/g, '$&\n')}</ds:X509Certificate>`,
		)
		.join('')}</ds:X509Data></ds:KeyInfo></ds:Signature>`;

let authority: Holder;
let ours: Holder;
let theirs: Holder;
beforeAll(async () => {
	authority = await holder('CN=The Authority, C=PT');
	ours = await holder('CN="São João, Lda", O=x, C=PT', authority);
	theirs = await holder('CN=Somebody Else', authority);
});

const signerIn = (file: Buffer, type: 'PAdES' | 'XAdES' | 'CAdES'): string | undefined =>
	signerCertificateOf(file, type)?.signer;
const name = 'São João, Lda';

describe('the last signer is found', () => {
	test('in a container, among certificates in any order', () => {
		expect(signerIn(cms([theirs, ours], [authority]), 'CAdES')).toBe(name);
		expect(signerIn(cms([ours, theirs], [authority]), 'CAdES')).toBe('Somebody Else');
	});

	test('in a container as PEM', () => {
		const pem = `-----BEGIN PKCS7-----\n${cms([ours], [authority]).toString('base64')}\n-----END PKCS7-----\n`;
		expect(signerIn(Buffer.from(pem), 'CAdES')).toBe(name);
	});

	test('in a PDF that others had signed earlier and that was timestamped later', () => {
		const first = pdfSignedBy(cms([theirs], [authority]));
		const both = pdfSignedBy(cms([ours], [authority]), first);
		const stamp = cms([theirs], [authority], '060b2a864886f70d0109100104');
		expect(signerIn(first, 'PAdES')).toBe('Somebody Else');
		expect(signerIn(both, 'PAdES')).toBe(name);
		expect(signerIn(pdfSignedBy(stamp, both), 'PAdES')).toBe(name);
	});

	test('in XML, among the issuing authorities, in any encoding', () => {
		const xml = `<a>${keyInfo(theirs)}${keyInfo(authority, ours)}</a>`;
		expect(signerIn(Buffer.from(xml), 'XAdES')).toBe(name);
		expect(signerIn(Buffer.from(`\ufeff${xml}`, 'utf16le'), 'XAdES')).toBe(name);
	});
});

test('all requested facts of a certificate are read', async () => {
	const unnamed = await holder('O=Nobody, C=PT');
	const told = { validUntil: notAfter.toISOString(), validUntilMs: notAfter.getTime() };
	expect(signerCertificateOf(cms([ours]), 'CAdES')).toEqual({
		signer: name,
		...told,
		selfSigned: false,
	});
	expect(signerCertificateOf(cms([authority]), 'CAdES')).toEqual({
		signer: 'The Authority',
		...told,
		selfSigned: true,
	});
	expect(signerIn(cms([unnamed]), 'CAdES')).toBe('O=Nobody, C=PT');
});

describe('no signer is found in', () => {
	test.each([
		['nothing', 'CAdES', () => Buffer.alloc(0)],
		['a text', 'CAdES', () => Buffer.from('text')],
		['a container that is cut off', 'CAdES', () => cms([ours]).subarray(0, -20)],
		['a container without certificates', 'CAdES', () => cms([])],
		[
			'a broken certificate',
			'CAdES',
			() => Buffer.from(cms([ours]).toString('hex').replace('a003020102', 'a103020102'), 'hex'),
		],
		['a PDF without a signature', 'PAdES', () => Buffer.from('%PDF-1.7\n/Type /ByteRange')],
		[
			'a PDF whose signature lies outside the file',
			'PAdES',
			() => Buffer.from('%PDF-1.7 /ByteRange [0 1 9999999 2]'),
		],
		[
			'XML without a certificate',
			'XAdES',
			() => Buffer.from(`<a xmlns="${dsig}"><KeyInfo></KeyInfo></a>`),
		],
		[
			'XML with other text instead of the certificate',
			'XAdES',
			() => Buffer.from('<KeyInfo><X509Certificate>AAAA</X509Certificate></KeyInfo>'),
		],
		['XML without a signature', 'XAdES', () => Buffer.from('<a/>')],
	] as const)('%s', (_, type, of) => {
		expect(signerCertificateOf(of(), type)).toBeUndefined();
	});
});

import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { childrenOf, elementAt } from '../../nodes/SignStash/documents/ber';
import { signerCertificateOf } from '../../nodes/SignStash/documents/signerCertificate';
import { ber } from '../support/signedFiles.cts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const notAfter = new Date('2031-05-06T07:08:09Z');

interface Holder {
	der: Buffer;
	/** Issuer and serial number, which identify the certificate. */
	identifier: Buffer;
	/** The key's identifier, which may be used instead. */
	keyIdentifier: Buffer;
	keys: webcrypto.CryptoKeyPair;
	name: string;
}

/** A name as certificates contain it. */
const derOf = (name: string): Buffer => Buffer.from(new x509.Name(name).toArrayBuffer());

let holders = 0;

const { keyCertSign, nonRepudiation } = x509.KeyUsageFlags;

/** A holder with a certificate, issued by another holder or self-signed; by default, the latter may issue others. */
async function holder(
	name: string,
	issuer?: Holder,
	usage: x509.KeyUsageFlags = issuer ? nonRepudiation : keyCertSign,
): Promise<Holder> {
	x509.cryptoProvider.set(webcrypto);
	const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	const serialNumber = `0${++holders}`;
	const keyId = `00c0ffee0${holders}`.slice(-10);
	const extensions = [
		new x509.SubjectKeyIdentifierExtension(keyId),
		new x509.KeyUsagesExtension(usage),
	];
	const shared = { notAfter, signingAlgorithm: algorithm, serialNumber, extensions };
	const certificate = issuer
		? await x509.X509CertificateGenerator.create({
				...shared,
				subject: name,
				issuer: issuer.name,
				publicKey: keys.publicKey,
				signingKey: issuer.keys.privateKey,
			})
		: await x509.X509CertificateGenerator.createSelfSigned({ ...shared, name, keys });
	const identifier = ber(0x30, [derOf(issuer?.name ?? name), `0201${serialNumber}`]);
	const keyIdentifier = ber(0x80, [keyId]);
	return { der: Buffer.from(certificate.rawData), identifier, keyIdentifier, keys, name };
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

/** The certificate in the form of the first ones, which have no version. */
function withoutVersion({ der, ...holder }: Holder): Holder {
	const parts = ({ start, end }: { start: number; end: number }): Buffer[] =>
		childrenOf(der, { start, end }).map(({ at, next }) => der.subarray(at, next));
	const [signed] = childrenOf(der, elementAt(der, 0));
	const [, ...fields] = signed ? parts(signed) : [];
	const [, ...rest] = parts({ start: signed?.at ?? 0, end: der.length });
	return { ...holder, der: ber(0x30, [ber(0x30, fields.slice(0, -1)), ...rest]) };
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

const serialOf = ({ identifier }: Holder): string => identifier.subarray(-3).toString('hex');

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

	test("by its key's identifier", () => {
		const byKey = { ...ours, identifier: ours.keyIdentifier };
		expect(signerIn(cms([byKey], [authority, theirs]), 'CAdES')).toBe(name);
		expect(signerIn(cms([theirs, byKey], [authority]), 'CAdES')).toBe(name);
	});

	test('by a certificate without a version', () => {
		expect(signerIn(cms([withoutVersion(ours)], [authority, theirs]), 'CAdES')).toBe(name);
	});

	test('by the only certificate, even if it is named otherwise, but not by one of several', () => {
		const renamed = { ...ours, identifier: theirs.identifier };
		expect(signerIn(cms([renamed]), 'CAdES')).toBe(name);
		expect(signerIn(cms([renamed], [authority]), 'CAdES')).toBeUndefined();
		const otherSerial = { ...ours, identifier: ber(0x30, [derOf(authority.name), '0201ff']) };
		expect(signerIn(cms([otherSerial], [theirs]), 'CAdES')).toBeUndefined();
		const otherIssuer = { ...ours, identifier: ber(0x30, [derOf(ours.name), serialOf(ours)]) };
		expect(signerIn(cms([otherIssuer], [theirs]), 'CAdES')).toBeUndefined();
	});

	test('in a PDF that others had signed earlier and that was timestamped later', () => {
		const first = pdfSignedBy(cms([theirs], [authority]));
		const both = pdfSignedBy(cms([ours], [authority]), first);
		const stamp = cms([theirs], [authority], '060b2a864886f70d0109100104');
		expect(signerIn(first, 'PAdES')).toBe('Somebody Else');
		expect(signerIn(both, 'PAdES')).toBe(name);
		expect(signerIn(pdfSignedBy(stamp, both), 'PAdES')).toBe(name);
	});

	test('in a PDF with white space anywhere in its signature', () => {
		const hex = cms([ours]).toString('hex').replace(/.{64}/g, '$&\r\n ');
		const pdf = (range: (...at: number[]) => string): string => {
			const head = `%PDF-1.7 ${range(111111, 111111)}/Contents`;
			const end = `${head} <${hex}>\n`.length;
			return `${head} <${hex}>\n>>`.replace(range(111111, 111111), () =>
				range(head.length, end).padEnd(range(111111, 111111).length),
			);
		};
		for (const range of [
			(from?: number, to?: number) => `/ByteRange[0 ${from} ${to} 9]`,
			(from?: number, to?: number) => `/ByteRange\r\n[ 0  ${from}\n${to}  10 ] `,
		])
			expect(signerIn(Buffer.from(pdf(range)), 'PAdES')).toBe(name);
	});

	test('in a PDF that was timestamped often, within limits', () => {
		const stamp = cms([theirs], [authority], '060b2a864886f70d0109100104');
		const stamped = (times: number): Buffer => {
			let file = pdfSignedBy(cms([ours]));
			for (let time = 0; time < times; time++) file = pdfSignedBy(stamp, file);
			return file;
		};
		expect(signerIn(stamped(19), 'PAdES')).toBe(name);
		expect(signerIn(stamped(20), 'PAdES')).toBeUndefined();
	});

	test('in XML with any prefix and with attributes', () => {
		const base64 = ours.der.toString('base64');
		for (const written of [
			`<KeyInfo><X509Certificate>${base64}</X509Certificate></KeyInfo>`,
			`<x-y.z:KeyInfo><x-y.z:X509Certificate Id="a">${base64}</x-y.z:X509Certificate></x-y.z:KeyInfo>`,
			`<KeyInfo><X509Certificate\n>${base64}\t</X509Certificate></KeyInfo>`,
		])
			expect(signerIn(Buffer.from(written), 'XAdES')).toBe(name);
	});

	test('in XML with the same certificate twice, and not outside of the key information', () => {
		const xml = `${keyInfo(theirs)}<KeyInfo/>`;
		expect(signerIn(Buffer.from(`<a>${keyInfo(authority, authority)}</a>`), 'XAdES')).toBe(
			'The Authority',
		);
		expect(signerIn(Buffer.from(`<a>${xml}<KeyInfo></KeyInfo></a>`), 'XAdES')).toBeUndefined();
	});

	test('in XML only at the end of a key information that is very long', () => {
		const long = (before: string, after: string): Buffer =>
			Buffer.from(keyInfo(ours).replace('<ds:X509Data>', before).replace('</ds:X509Data>', after));
		const filler = ' '.repeat(256 * 1024);
		expect(signerIn(long(filler, ''), 'XAdES')).toBe(name);
		expect(signerIn(long('', filler), 'XAdES')).toBeUndefined();
	});

	test('in XML, among the issuing authorities, in any encoding', () => {
		const xml = `<a>${keyInfo(theirs)}${keyInfo(authority, ours)}</a>`;
		expect(signerIn(Buffer.from(xml), 'XAdES')).toBe(name);
		expect(signerIn(Buffer.from(`\ufeff${xml}`, 'utf16le'), 'XAdES')).toBe(name);
	});

	test('in XML, behind an authority that another one issued', async () => {
		const middle = await holder('CN=The Authority for Seals', authority, keyCertSign);
		const seal = await holder('CN=The Seal', middle);
		for (const chain of [
			[seal, middle, authority],
			[authority, middle, seal],
			[middle, seal],
		])
			expect(signerIn(Buffer.from(keyInfo(...chain)), 'XAdES')).toBe('The Seal');
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
	const alone = await holder('CN=Alone', undefined, nonRepudiation);
	expect(signerCertificateOf(cms([alone]), 'CAdES')).toMatchObject({ selfSigned: true });
	const namesake = await holder(authority.name, authority);
	expect(signerCertificateOf(cms([namesake]), 'CAdES')).toMatchObject({ selfSigned: false });
	const late = await holder('C=PT, O="CN=Not This", CN="Inv + Co"');
	expect(signerIn(cms([late]), 'CAdES')).toBe('Inv + Co');
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

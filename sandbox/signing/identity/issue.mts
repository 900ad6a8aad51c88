// The certificate library's dependency injection needs this import to come first.
import 'reflect-metadata';
import { createPublicKey, createPrivateKey, randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import type { SavedIdentity } from './Identity.mts';

const ALGORITHM = {
	name: 'RSASSA-PKCS1-v1_5',
	hash: 'SHA-256',
	modulusLength: 2048,
	publicExponent: new Uint8Array([1, 0, 1]),
};
const YEAR = 365 * 24 * 3600 * 1000;
const TIME_STAMPING = '1.3.6.1.5.5.7.3.8';

x509.cryptoProvider.set(crypto);

/** The three parties of the authority. */
export type Party = 'ca' | 'signer' | 'tsa';

const NAMES: Readonly<Record<Party, string>> = {
	ca: "CN=Sign'Stash Sandbox CA, O=Sandbox, C=PT",
	// 2.5.4.97 is the organisation's identifier, which electronic seals carry (ETSI EN 319 412-3).
	signer:
		'CN=Sandbox Seal of Example Invoicing, O=Example Invoicing, 2.5.4.97=VATPT-999999990, C=PT',
	tsa: "CN=Sign'Stash Sandbox TSA, O=Sandbox, C=PT",
};

const USES: Readonly<Record<Party, () => x509.Extension[]>> = {
	ca: () => [
		new x509.BasicConstraintsExtension(true, undefined, true),
		new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
	],
	signer: () => [
		new x509.BasicConstraintsExtension(false, undefined, true),
		new x509.KeyUsagesExtension(
			x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation,
			true,
		),
	],
	tsa: () => [
		new x509.BasicConstraintsExtension(false, undefined, true),
		new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
		// RFC 3161, section 2.3: the only purpose of the key, and critical.
		new x509.ExtendedKeyUsageExtension([TIME_STAMPING], true),
	],
};

/** A new serial number: 16 random octets, positive. */
function newSerial(): string {
	const serial = randomBytes(16);
	serial.writeUInt8((serial.readUInt8() & 0x7f) | 0x40);
	return serial.toString('hex');
}

async function importKey(pem: string): Promise<CryptoKey> {
	const der = createPrivateKey(pem).export({ format: 'der', type: 'pkcs8' });
	return await crypto.subtle.importKey('pkcs8', der, ALGORITHM, true, ['sign']);
}

async function importPublic(pem: string): Promise<CryptoKey> {
	const der = createPublicKey(pem).export({ format: 'der', type: 'spki' });
	return await crypto.subtle.importKey('spki', der, ALGORITHM, true, ['verify']);
}

/**
 * Creates an RSA key of 2048 bits and a certificate for ten years for a party.
 * @param issuer signs the certificate; without it the certificate is self-signed
 */
export async function issue(party: Party, issuer?: SavedIdentity): Promise<SavedIdentity> {
	const pair = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
	const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
	const keyPem = x509.PemConverter.encode(pkcs8, 'PRIVATE KEY');
	const issuerPublic =
		issuer === undefined ? pair.publicKey : await importPublic(issuer.certificatePem);
	const now = Date.now();
	const certificate = await x509.X509CertificateGenerator.create({
		serialNumber: newSerial(),
		subject: NAMES[party],
		issuer: NAMES.ca,
		notBefore: new Date(now - 24 * 3600 * 1000),
		notAfter: new Date(now + 10 * YEAR),
		signingAlgorithm: ALGORITHM,
		publicKey: pair.publicKey,
		signingKey: issuer === undefined ? pair.privateKey : await importKey(issuer.keyPem),
		extensions: [
			...USES[party](),
			await x509.SubjectKeyIdentifierExtension.create(pair.publicKey),
			await x509.AuthorityKeyIdentifierExtension.create(issuerPublic),
		],
	});
	return { keyPem, certificatePem: certificate.toString('pem') };
}

// The certificate library's dependency injection needs this import to come first.
import 'reflect-metadata';
import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { X509Certificate } from '@peculiar/x509';

/** An RSA key with its certificate, both as PEM, so that they can be stored as JSON. */
export interface SavedIdentity {
	keyPem: string;
	certificatePem: string;
}

/** A signer: the key, its certificate and the certificates up to the root. */
export interface Identity {
	readonly key: KeyObject;
	/** DER of the certificate. */
	readonly certificate: Buffer;
	/** DER of the name of the certificate's issuer. */
	readonly issuer: Buffer;
	/** The certificate's serial number, big-endian, without a sign octet. */
	readonly serial: Buffer;
	readonly commonName: string;
	/** DER of the certificate and those above it, the root last. */
	readonly chain: readonly Buffer[];
}

/** @param caPem the certificate of the authority that issued this identity's certificate */
export function openIdentity({ keyPem, certificatePem }: SavedIdentity, caPem: string): Identity {
	const parsed = new X509Certificate(certificatePem);
	const certificate = Buffer.from(parsed.rawData);
	const serial = parsed.serialNumber;
	return {
		key: createPrivateKey(keyPem),
		certificate,
		issuer: Buffer.from(parsed.issuerName.toArrayBuffer()),
		serial: Buffer.from(serial.length % 2 === 0 ? serial : `0${serial}`, 'hex'),
		commonName: parsed.subjectName.getField('CN')[0] ?? '',
		chain: [certificate, Buffer.from(new X509Certificate(caPem).rawData)],
	};
}

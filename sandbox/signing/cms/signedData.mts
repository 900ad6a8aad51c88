import { createHash, sign } from 'node:crypto';
import type { Identity } from '../identity/Identity.mts';
import {
	context,
	integer,
	nothing,
	octets,
	oid,
	sequence,
	setOf,
	sorted,
	utcTime,
} from './der.mts';

/** Object identifiers from RFC 5652, 5035, 3161 and 8017. */
export const OID = {
	data: '1.2.840.113549.1.7.1',
	signedData: '1.2.840.113549.1.7.2',
	tstInfo: '1.2.840.113549.1.9.16.1.4',
	contentType: '1.2.840.113549.1.9.3',
	messageDigest: '1.2.840.113549.1.9.4',
	signingTime: '1.2.840.113549.1.9.5',
	signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
	signatureTimeStampToken: '1.2.840.113549.1.9.16.2.14',
	sha256: '2.16.840.1.101.3.4.2.1',
	sha256WithRsa: '1.2.840.113549.1.1.11',
} as const;

export interface SignedDataOptions {
	/** OID of what is signed. */
	contentType: string;
	/** Whether the message includes the content. */
	attached: boolean;
	/** Left out if the time is stored elsewhere: PAdES has it in the signature dictionary. */
	signingTime?: Date;
	/** Creates the timestamp token over the signature value, for the signature-timestamp attribute. */
	stamp?: (signatureValue: Buffer) => Buffer;
}

export const sha256 = (value: Buffer | string): Buffer =>
	createHash('sha256').update(value).digest();

const attribute = (type: string, value: Buffer): Buffer => sequence(oid(type), setOf(value));

/** DER of the IssuerSerial (RFC 5035) that names an identity's certificate. */
export function issuerSerial({ issuer, serial }: Identity): Buffer {
	return sequence(sequence(context(4, issuer)), integer(serial));
}

function signedAttributes(content: Buffer, by: Identity, options: SignedDataOptions): Buffer[] {
	const { contentType, signingTime } = options;
	const certificateId = sequence(octets(sha256(by.certificate)), issuerSerial(by));
	return [
		attribute(OID.contentType, oid(contentType)),
		attribute(OID.messageDigest, octets(sha256(content))),
		attribute(OID.signingCertificateV2, sequence(sequence(certificateId))),
		...(signingTime === undefined ? [] : [attribute(OID.signingTime, utcTime(signingTime))]),
	];
}

/** Signs `content` as a CMS SignedData message (RFC 5652) with the whole chain; DER. */
export function signedData(content: Buffer, by: Identity, options: SignedDataOptions): Buffer {
	const { contentType, attached, stamp } = options;
	const attributes = signedAttributes(content, by, options);
	const signature = sign('sha256', setOf(...attributes), by.key);
	const token = stamp?.(signature);
	const unsigned =
		token === undefined ? [] : [context(1, attribute(OID.signatureTimeStampToken, token))];
	const signerInfo = sequence(
		integer(1),
		sequence(by.issuer, integer(by.serial)),
		sequence(oid(OID.sha256)),
		context(0, ...sorted(attributes)),
		sequence(oid(OID.sha256WithRsa), nothing()),
		octets(signature),
		...unsigned,
	);
	const encapsulated = sequence(
		oid(contentType),
		...(attached ? [context(0, octets(content))] : []),
	);
	const message = sequence(
		// RFC 5652, section 5.1: version 3 if anything other than plain data is signed.
		integer(contentType === OID.data ? 1 : 3),
		setOf(sequence(oid(OID.sha256))),
		encapsulated,
		context(0, ...sorted(by.chain)),
		setOf(signerInfo),
	);
	return sequence(oid(OID.signedData), context(0, message));
}

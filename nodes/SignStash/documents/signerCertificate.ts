import { X509Certificate } from 'crypto';
import { childrenOf, type BerElement } from './ber';
import { binaryOf, signedDataParts } from './cades';
import type { SignatureType } from './contentType';
import { markupText, utf16Of } from './encoding';

/** The certificate that a file was signed with. */
export interface SignerCertificate {
	/** Common name of its subject, or the whole subject when it has none. */
	signer: string;
	/** When it expires, in ISO 8601. */
	validUntil: string;
	/** The same in milliseconds since 1970. */
	validUntilMs: number;
	/** Whether only its holder vouches for it, as for a test. */
	selfSigned: boolean;
}

/** Finds the certificate of a file's last signature: others may have signed it before. */
const finders: Record<SignatureType, (signed: Buffer) => X509Certificate | undefined> = {
	CAdES: (signed) => signerOf(binaryOf(signed)),
	PAdES: signerOfPdf,
	XAdES: signerOfXml,
};

/**
 * The certificate that a signed file was signed with, by its last signature; undefined if it cannot be read.
 * Whether it is trusted, or the signature is valid, is not checked.
 */
export function signerCertificateOf(
	signed: Buffer,
	type: SignatureType,
): SignerCertificate | undefined {
	try {
		const certificate = finders[type](signed);
		return certificate && described(certificate);
	} catch {
		return undefined;
	}
}

function described(certificate: X509Certificate): SignerCertificate | undefined {
	const validUntilMs = Date.parse(certificate.validTo);
	if (Number.isNaN(validUntilMs)) return undefined;
	return {
		signer: signerName(certificate),
		validUntil: new Date(validUntilMs).toISOString(),
		validUntilMs,
		selfSigned: isSelfSigned(certificate),
	};
}

/** A subject has a line for each of its names; special characters in it are escaped with a backslash. */
function signerName({ subject }: X509Certificate): string {
	const plain = (text: string): string => text.replace(/\\([^0-9A-F])/g, '$1');
	const common = /^CN=(.+)$/m.exec(subject)?.[1];
	return plain(common ?? subject.replaceAll('\n', ', '));
}

const isSelfSigned = (certificate: X509Certificate): boolean =>
	certificate.issuer === certificate.subject && certificate.verify(certificate.publicKey);

/** Tags of the parts of signed data and of its signers (RFC 5652, sections 5.1 and 5.3). */
const tags = { certificates: 0xa0, set: 0x31, sequence: 0x30, keyIdentifier: 0x80 } as const;

/** Object identifier of a time stamp's content, which a timestamping authority signs (RFC 3161, section 2.4.2). */
const timestampContent = Buffer.from('060b2a864886f70d0109100104', 'hex');

/** The certificate of the last signer of signed data, or of its only certificate. */
function signerOf(bytes: Buffer): X509Certificate | undefined {
	const parts = signedDataParts(bytes);
	const [, , encapsulated] = parts;
	const [type] = childrenOf(bytes, encapsulated);
	if (!type || whole(bytes, type).equals(timestampContent)) return undefined;
	const carried = parts.find(({ tag }) => tag === tags.certificates);
	const certificates = childrenOf(bytes, carried).filter(({ tag }) => tag === tags.sequence);
	const signers = childrenOf(bytes, parts.filter(({ tag }) => tag === tags.set).at(-1));
	const [, identifier] = childrenOf(bytes, signers.at(-1));
	const found =
		identifier && certificates.find((certificate) => isNamed(bytes, certificate, identifier));
	const only = certificates.length === 1 ? certificates[0] : undefined;
	const certificate = found ?? only;
	return certificate && new X509Certificate(whole(bytes, certificate));
}

/** Whether a signer's identifier names a certificate, by issuer and serial number or by its key's identifier. */
function isNamed(bytes: Buffer, certificate: BerElement, identifier: BerElement): boolean {
	if (identifier.tag === tags.keyIdentifier)
		return whole(bytes, certificate).includes(bytes.subarray(identifier.start, identifier.end));
	const [issuer, serial] = childrenOf(bytes, identifier);
	const [signed] = childrenOf(bytes, certificate);
	const fields = childrenOf(bytes, signed);
	// The version comes first, unless it is that of the first certificates (RFC 5280, section 4.1).
	const [ownSerial, , ownIssuer] = fields[0]?.tag === tags.certificates ? fields.slice(1) : fields;
	return [
		[issuer, ownIssuer],
		[serial, ownSerial],
	].every(([one, other]) => one && other && whole(bytes, one).equals(whole(bytes, other)));
}

const whole = (bytes: Buffer, { at, next }: BerElement): Buffer => bytes.subarray(at, next);

/** The number of signatures of a PDF that are looked at, from its end. */
const mostSignatures = 20;

/** The signature's bytes are between the two ranges that it covers (ISO 32000-1, section 12.8.1). */
const byteRange = /^\/ByteRange\s*\[\s*\d+\s+(\d+)\s+(\d+)\s+\d+\s*\]/;

function signerOfPdf(signed: Buffer): X509Certificate | undefined {
	let at = signed.length;
	for (let count = 0; count < mostSignatures && at > 0; count++) {
		at = signed.lastIndexOf('/ByteRange', at - 1);
		if (at < 0) return undefined;
		const [, from, to] = byteRange.exec(signed.toString('latin1', at, at + 200)) ?? [];
		const hex = signed.toString('latin1', Number(from), Number(to));
		const digits = /^<([0-9A-Fa-f\s]+)>$/.exec(hex.trim())?.[1];
		const certificate = digits && signerOf(Buffer.from(digits.replace(/\s+/g, ''), 'hex'));
		if (certificate) return certificate;
	}
	return undefined;
}

/** A longer key information is not looked at, in bytes. */
const longestKeyInfo = 256 * 1024;

const xmlCertificate = /<(?:[\w.-]+:)?X509Certificate(?:\s[^>]*)?>([A-Za-z0-9+/=\s]+)</g;

/** The key information of the last signature contains its certificate, possibly among those that vouch for it. */
function signerOfXml(signed: Buffer): X509Certificate | undefined {
	const text = utf16Of(signed) === undefined ? signed : Buffer.from(markupText(signed), 'latin1');
	const end = text.lastIndexOf('KeyInfo>');
	if (end < 1) return undefined;
	const start = text.lastIndexOf('KeyInfo', end - 1);
	const information = text.toString('latin1', Math.max(start, end - longestKeyInfo), end);
	const certificates = [...information.matchAll(xmlCertificate)].map(
		([, base64 = '']) => new X509Certificate(Buffer.from(base64, 'base64')),
	);
	const vouchesFor = (one: X509Certificate): boolean =>
		certificates.some((other) => other !== one && other.checkIssued(one));
	return certificates.find((one) => !vouchesFor(one)) ?? certificates[0];
}

import { sha256, issuerSerial } from '../cms/signedData.mts';
import type { Identity } from '../identity/Identity.mts';
import type { SignatureInfo } from '../../types.mts';

export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const XPATH2 = 'http://www.w3.org/2002/06/xmldsig-filter2';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';

type Advanced = NonNullable<SignatureInfo['advancedSignatureInfo']>;
export type SignatureTransform = NonNullable<Advanced['signatureTransform']>;
export type CanonicalTransform = NonNullable<Advanced['canonicalTransform']>;

const CANONICAL: Readonly<Record<CanonicalTransform, string>> = {
	EXCLUSIVE,
	EXCLUSIVE_WITH_COMMENTS: `${EXCLUSIVE}WithComments`,
};

const TRANSFORM: Readonly<Record<SignatureTransform, string>> = {
	ENVELOPED: `<ds:Transform Algorithm="${DS}enveloped-signature"/>`,
	XPATH:
		'<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116">' +
		'<ds:XPath>not(ancestor-or-self::ds:Signature)</ds:XPath></ds:Transform>',
	XPATH2_FILTER:
		`<ds:Transform Algorithm="${XPATH2}"><dsf:XPath xmlns:dsf="${XPATH2}" Filter="subtract">` +
		'/descendant::ds:Signature</dsf:XPath></ds:Transform>',
};

export interface Parts {
	/** Unique within the document. */
	id: string;
	signatureTransform: SignatureTransform;
	canonicalTransform: CanonicalTransform;
	signer: Identity;
	signingTime: Date;
	contentType: string;
}

const digest = (value: Buffer): string =>
	`<ds:DigestMethod Algorithm="${SHA256}"/><ds:DigestValue>${value.toString('base64')}</ds:DigestValue>`;

const canonicalMethod = (name: string, transform: CanonicalTransform): string =>
	`<ds:${name} Algorithm="${CANONICAL[transform]}"/>`;

/** The xades:SignedProperties (ETSI EN 319 132-1), with prefixes that the signature declares. */
export function signedProperties({ id, signer, signingTime, contentType }: Parts): string {
	return (
		`<xades:SignedProperties Id="${id}-properties"><xades:SignedSignatureProperties>` +
		`<xades:SigningTime>${signingTime.toISOString().replace(/\.\d+/, '')}</xades:SigningTime>` +
		`<xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${digest(sha256(signer.certificate))}` +
		`</xades:CertDigest><xades:IssuerSerialV2>${issuerSerial(signer).toString('base64')}` +
		'</xades:IssuerSerialV2></xades:Cert></xades:SigningCertificateV2>' +
		'</xades:SignedSignatureProperties><xades:SignedDataObjectProperties>' +
		`<xades:DataObjectFormat ObjectReference="#${id}-document"><xades:MimeType>${contentType}` +
		'</xades:MimeType></xades:DataObjectFormat></xades:SignedDataObjectProperties>' +
		'</xades:SignedProperties>'
	);
}

/** The ds:SignedInfo with the digests of the document and of the signed properties. */
export function signedInfo(parts: Parts, document: Buffer, properties: Buffer): string {
	const { id, signatureTransform, canonicalTransform } = parts;
	return (
		`<ds:SignedInfo>${canonicalMethod('CanonicalizationMethod', canonicalTransform)}` +
		`<ds:SignatureMethod Algorithm="${RSA_SHA256}"/>` +
		`<ds:Reference Id="${id}-document" URI=""><ds:Transforms>${TRANSFORM[signatureTransform]}` +
		`${canonicalMethod('Transform', canonicalTransform)}</ds:Transforms>${digest(document)}` +
		`</ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" ` +
		`URI="#${id}-properties"><ds:Transforms>${canonicalMethod('Transform', canonicalTransform)}` +
		`</ds:Transforms>${digest(properties)}</ds:Reference></ds:SignedInfo>`
	);
}

export const signatureValue = ({ id }: Parts, value: Buffer): string =>
	`<ds:SignatureValue Id="${id}-value">${value.toString('base64')}</ds:SignatureValue>`;

/** The unsigned properties with a timestamp token over the signature value. */
export function unsignedProperties({ id, canonicalTransform }: Parts, token: Buffer): string {
	return (
		'<xades:UnsignedProperties><xades:UnsignedSignatureProperties>' +
		`<xades:SignatureTimeStamp Id="${id}-timestamp">` +
		canonicalMethod('CanonicalizationMethod', canonicalTransform) +
		`<xades:EncapsulatedTimeStamp>${token.toString('base64')}</xades:EncapsulatedTimeStamp>` +
		'</xades:SignatureTimeStamp></xades:UnsignedSignatureProperties></xades:UnsignedProperties>'
	);
}

export const keyInfo = ({ signer }: Parts): string =>
	`<ds:KeyInfo><ds:X509Data>${signer.chain
		.map((der) => `<ds:X509Certificate>${der.toString('base64')}</ds:X509Certificate>`)
		.join('')}</ds:X509Data></ds:KeyInfo>`;

/** A ds:Signature around its parts; it declares all its prefixes itself. */
export const signature = ({ id }: Parts, inner: string, properties: string): string =>
	`<ds:Signature xmlns:ds="${DS}" Id="${id}">${inner}<ds:Object>` +
	`<xades:QualifyingProperties xmlns:xades="${XADES}" Target="#${id}">${properties}` +
	'</xades:QualifyingProperties></ds:Object></ds:Signature>';

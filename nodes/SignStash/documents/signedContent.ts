import { containerState } from './cades';
import { automaticType, type SignatureType } from './contentType';
import { fileKind, isMarkup } from './fileKind';
import { signatureNamespace } from './xml/XmlElement';

/** The namespace of signatures, as encodings write it. */
const signatureNamespaces = [
	Buffer.from(signatureNamespace),
	Buffer.from(signatureNamespace, 'utf16le'),
	Buffer.from(signatureNamespace, 'utf16le').swap16(),
];

/** XHTML may have lost its XML declaration, and then looks like HTML; but HTML has no signature. */
const isSignedXml = (signed: Buffer): boolean =>
	isMarkup(signed) && signatureNamespaces.some((bytes) => signed.includes(bytes));

/** What is wrong with a file that must be signed with this type; undefined if nothing is seen. */
const checks: Record<SignatureType, (signed: Buffer) => string | undefined> = {
	PAdES: (signed) => {
		if (fileKind(signed) !== 'pdf') return 'is not a PDF';
		// A signature is written at the end.
		return signed.lastIndexOf('/ByteRange') < 0 ? 'is a PDF without a signature' : undefined;
	},
	XAdES: (signed) => {
		if (isSignedXml(signed)) return undefined;
		return fileKind(signed) === 'xml' ? 'is an XML file without a signature' : 'is not an XML file';
	},
	CAdES: (signed) => {
		const state = containerState(signed);
		if (state === 'none') return 'is not a CAdES container';
		return state === 'cut' ? 'is only a part of a CAdES container' : undefined;
	},
};

/**
 * Why a content that came back as signed cannot be the signed file, in words that continue "what came back";
 * undefined if it can be. Whether the signature is valid is not checked.
 */
export function checkSigned(signed: Buffer, type: SignatureType): string | undefined {
	return signed.length === 0 ? 'is empty' : checks[type](signed);
}

/**
 * How a file was signed, by its bytes: an operation does not say it (contract: SignOperation). Undefined for a
 * file that is none of the three; a CAdES container around a PDF is CAdES.
 */
export function signatureTypeOf(signed: Buffer): SignatureType | undefined {
	if (containerState(signed) !== 'none') return 'CAdES';
	return isSignedXml(signed) ? 'XAdES' : automaticType[fileKind(signed)];
}

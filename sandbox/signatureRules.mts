import type { SignatureInfo, SignatureType } from './types.mts';

const PDF = 'application/pdf';
const XML: ReadonlySet<string> = new Set(['text/xml', 'application/xml']);

/** Which content types a signature type can sign. */
const SIGNABLE: Readonly<Record<SignatureType, (contentType: string) => boolean>> = {
	PAdES: (contentType) => contentType === PDF,
	XAdES: (contentType) => XML.has(contentType),
	CAdES: () => true,
};

/** The settings that belong to one signature type only. */
const RESERVED: readonly (readonly [keyof SignatureInfo, SignatureType])[] = [
	['reason', 'PAdES'],
	['location', 'PAdES'],
	['visibleSignatureInfo', 'PAdES'],
	['advancedSignatureInfo', 'XAdES'],
];

/** Whether signature settings and content type fit together, according to the contract. */
export function settingsFit(contentType: string, info: SignatureInfo): boolean {
	return (
		SIGNABLE[info.signatureType](contentType) &&
		RESERVED.every(([key, type]) => info[key] === undefined || info.signatureType === type)
	);
}

import type { SignatureType } from './contentType';

/** A CAdES signature is a container of its own, not the signed file's type. */
const cadesMimeType = 'application/pkcs7-mime';

/** Name of a signed file: `<name>_signed.<ext>`; a CAdES container has `.p7m` behind it. */
export function signedFileName(name: string, type: SignatureType): string {
	const dot = name.lastIndexOf('.');
	const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
	return `${stem}_signed${ending}${type === 'CAdES' ? '.p7m' : ''}`;
}

/** MIME type of a signed file. */
export function signedMimeType(contentType: string, type: SignatureType): string {
	return type === 'CAdES' ? cadesMimeType : contentType;
}

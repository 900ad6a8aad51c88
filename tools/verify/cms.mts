import { X509Certificate } from 'node:crypto';
import { fromBER } from 'asn1js';
import { Certificate, ContentInfo, SignedData } from 'pkijs';
import { byTool, told, type Verdict } from './Verdict.mts';

/** A CMS message as pkijs reads it. */
export function parseCms(message: Buffer): SignedData {
	const info = new ContentInfo({ schema: fromBER(new Uint8Array(message)).result });
	return new SignedData({ schema: info.content });
}

/** Whether a CMS message is valid (over the detached content, if given) and its signer is trusted. */
export async function holds(message: Buffer, caPem: string, content?: Buffer): Promise<boolean> {
	return await parseCms(message).verify({
		signer: 0,
		checkChain: true,
		trustedCerts: [Certificate.fromBER(new Uint8Array(new X509Certificate(caPem).raw))],
		...(content === undefined ? {} : { data: new Uint8Array(content).buffer }),
	});
}

/** Verifies a CMS message with openssl, where it is installed, and with pkijs. */
export async function verifyCms(
	message: Buffer,
	caPem: string,
): Promise<Array<Verdict | undefined>> {
	const arguments_ = 'cms -verify -binary -inform DER -purpose any -in message -CAfile ca.pem';
	return [
		byTool('openssl', arguments_.split(' '), { message, 'ca.pem': caPem }),
		told('pkijs', await holds(message, caPem).catch((error: unknown) => error)),
	];
}

/** Verifies a timestamp token (RFC 3161) over some data with the same tools. */
export async function verifyTimestamp(
	token: Buffer,
	data: Buffer | string,
	caPem: string,
): Promise<Array<Verdict | undefined>> {
	const arguments_ = 'ts -verify -token_in -in token -data data -CAfile ca.pem';
	return [
		byTool('openssl', arguments_.split(' '), { token, data, 'ca.pem': caPem }),
		// Because of the content type, pkijs compares the token's imprint with the data.
		told('pkijs', await holds(token, caPem, Buffer.from(data)).catch((error: unknown) => error)),
	];
}

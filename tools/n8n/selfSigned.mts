import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

/** A key and a self-signed certificate (PEM) for 127.0.0.1. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
	const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
	x509.cryptoProvider.set(crypto);
	const certificate = await x509.X509CertificateGenerator.createSelfSigned({
		name: 'CN=127.0.0.1',
		keys,
		signingAlgorithm: algorithm,
		extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }])],
	});
	const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
	return { key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'), cert: certificate.toString('pem') };
}

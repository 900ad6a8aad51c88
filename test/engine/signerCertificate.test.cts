import { X509Certificate } from 'node:crypto';
import { signerCertificateOf } from '../../nodes/SignStash/documents/signerCertificate';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { runTool } from '../../tools/verify/Verdict.mts';
import { bytesOf, itemsOf, runNode, type InputFile } from '../support/engine.cts';
import { pdf, ubl } from '../support/files.cts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));

async function signed(file: InputFile, signatureType: string): Promise<Buffer> {
	const parameters = { operation: 'sign', signatureType, options: { applyTimestamp: true } };
	const input = [{ files: { data: file } }];
	const [item] = await itemsOf(await runNode(resolvedCredential(sandbox), parameters, input));
	return await bytesOf(item, 'data');
}

/** The signer's name and the certificate's expiry date as openssl reports them, or Node where openssl is missing. */
function wordsOf(pem: string): { signer: string; validUntil: string } {
	const asked = 'x509 -noout -subject -enddate -nameopt multiline,utf8 -in signer.pem'.split(' ');
	const { output } = runTool('openssl', asked, { 'signer.pem': pem }) ?? {};
	const { subject, validTo } = new X509Certificate(pem);
	const [, name = ''] =
		/commonName\s*=\s(.*)$/m.exec(output ?? '') ?? /^CN=(.*)$/m.exec(subject) ?? [];
	const [, end = validTo] = /^notAfter=(.*)$/m.exec(output ?? '') ?? [];
	return { signer: name, validUntil: new Date(end).toISOString() };
}

describe("the signer's certificate is found in a signed file, among others", () => {
	test.each<[type: 'PAdES' | 'XAdES' | 'CAdES', of: () => Promise<InputFile>]>([
		['PAdES', async () => await pdf('whose')],
		['XAdES', async () => ubl('whose')],
		['CAdES', async () => await pdf('whose')],
	])('%s', async (type, of) => {
		const { signer, validUntil } = wordsOf(sandbox.info.certificates.signerPem);
		const file = await signed(await of(), type);
		expect(signerCertificateOf(file, type)).toEqual({
			signer,
			validUntil,
			validUntilMs: Date.parse(validUntil),
			selfSigned: false,
		});
		const told = type === 'PAdES' && runTool('pdfsig', ['a.pdf'], { 'a.pdf': file })?.output;
		if (told) expect(told).toContain(`Signer Certificate Common Name: ${signer}`);
	});
});

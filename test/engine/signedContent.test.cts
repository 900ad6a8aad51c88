import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { whatContentShows } from '../../nodes/SignStash/documents/whatContentShows';
import { checkSigned, signatureTypeOf } from '../../nodes/SignStash/documents/signedContent';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode, type InputFile } from '../support/engine.cts';
import { pdf, png } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));

const note = (text: string): InputFile => ({
	content: Buffer.from(
		`<?xml version="1.0"?>\r\n<!-- a --><n b='1'><![CDATA[${text}]]>\r\n<c/></n>`,
	),
	fileName: 'note.xml',
	mimeType: 'text/xml',
});

describe('a real signed file is recognised by its bytes, and shows its original where possible', () => {
	test.each<[type: 'PAdES' | 'XAdES' | 'CAdES', of: () => Promise<InputFile>, shown: 'mine']>([
		['PAdES', async () => await pdf('shown'), 'mine'],
		['XAdES', async () => note('Faturação & "é"'), 'mine'],
		['CAdES', async () => await pdf('carried'), 'mine'],
		['CAdES', async () => png(), 'mine'],
	])('%s', async (signatureType, of, shown) => {
		const file = await of();
		const parameters = { operation: 'sign', signatureType };
		const credentials = resolvedCredential(sandbox);
		const [item] = await itemsOf(
			await runNode(credentials, parameters, [{ files: { data: file } }]),
		);
		const signed = await bytesOf(item, 'data');
		expect(signatureTypeOf(signed)).toBe(signatureType);
		expect(checkSigned(signed, signatureType)).toBeUndefined();
		expect(await whatContentShows(signed, contentOf(file.content))).toBe(shown);
	});
});

import { createHash } from 'node:crypto';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode, toldToEditor, type InputItem } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox('--mode', 'echo');
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** Bytes that begin like a PDF and look signed: the echoing sandbox returns them unchanged. */
function largePdf(bytes: number, text: string): Buffer {
	const content = Buffer.alloc(bytes, `${text} `);
	content.write(`%PDF-1.7 ${text} /ByteRange`);
	return content;
}

const items = (count: number, bytes: number): InputItem[] =>
	Array.from({ length: count }, (_, n) => ({
		files: { data: { content: largePdf(bytes, `n${n}`), fileName: `${n}.pdf` } },
	}));

const sign = async (input: InputItem[], options = {}) =>
	await itemsOf(await runNode(resolvedCredential(sandbox), { operation: 'sign', options }, input));

test('a PDF of 100 MB comes back complete', async () => {
	const [input] = items(1, 100_000_000);
	const sent = input?.files?.data?.content;
	const [item] = await sign(input ? [input] : []);
	expect(item?.json).toMatchObject({ signStatus: 'SIGNED', fileSize: 100_000_000 });
	expect(sha256(await bytesOf(item, 'data'))).toBe(sent && sha256(sent));
}, 120_000);

test('500 documents in one run keep their order, paired items and bytes, and the editor shows the progress', async () => {
	const input = items(500, 3_000);
	const signed = await sign(input, { documentsPerRequest: 100 });
	expect(await sandbox.calls('sign')).toBe(5);
	expect(toldToEditor).toHaveLength(10);
	expect(toldToEditor.at(-1)).toContain('500 documents done (500 input items)');
	expect(signed.map(({ pairedItem }) => pairedItem)).toEqual(input.map((_, item) => ({ item })));
	for (const n of [0, 99, 100, 257, 499]) {
		const sent = input[n]?.files?.data?.content;
		expect(sha256(await bytesOf(signed[n], 'data'))).toBe(sent && sha256(sent));
	}
}, 120_000);

test('a request contains no more than 20 MB', async () => {
	await sign(items(9, 4_900_000), { documentsPerRequest: 100 });
	expect(await sandbox.calls('sign')).toBe(3);
}, 120_000);

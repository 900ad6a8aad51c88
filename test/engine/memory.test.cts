import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { BadServer } from '../support/BadServer.cts';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox('--mode', 'echo');
});
afterAll(async () => await giveBackSandbox(sandbox));

function documents(count: number, word = 'document') {
	return Array.from({ length: count }, (_, n) => {
		const content = Buffer.alloc(900_000 + n * 1000, `${word} ${n} `);
		content.write('%PDF-1.7 /ByteRange');
		return { files: { data: { content, fileName: `${n}.pdf` } } };
	});
}

async function sign(input: ReturnType<typeof documents>) {
	const data = resolvedCredential(sandbox);
	const parameters = { operation: 'sign', options: { parallelRequests: 4 } };
	return await itemsOf(await runNode(data, parameters, input));
}

test('what was read of files and answers is given back in the run, and not left to pile up', async () => {
	let bytes = 0;
	const transfer = jest.spyOn(ArrayBuffer.prototype, 'transfer');
	transfer.mockImplementation(function (this: ArrayBuffer, length?: number) {
		bytes += this.byteLength;
		return toTransfer.call(this, length);
	});
	const input = documents(10, 'other');
	await sign(input);
	transfer.mockRestore();
	const files = input.reduce((sum, { files: { data } }) => sum + data.content.length, 0);
	const answers = (files * 4) / 3;
	expect(bytes).toBeGreaterThan(files + answers * 0.8);
});

const toTransfer = ArrayBuffer.prototype.transfer;

test('an answer that was compressed on its way is read whole, though its pieces are taken away', async () => {
	const signedContent = Buffer.concat([Buffer.from('%PDF-1.7 /ByteRange'), randomBytes(900_000)]);
	const document = { externalReference: 'FT_1', name: '0.pdf', signStatus: 'SIGNED' };
	const operation = {
		id: 1,
		status: 'EXECUTED',
		documentList: [{ ...document, signedContent: signedContent.toString('base64') }],
	};
	const server = await BadServer.start({
		sign: (response) => {
			response.writeHead(200, { 'content-encoding': 'gzip' });
			response.end(gzipSync(JSON.stringify(operation)));
		},
	});
	const info = { baseUrl: server.origin, tokenUrl: `${server.origin}/oauth/token` };
	const data = resolvedCredential({
		info,
		client: { clientId: 'PRT.1-PRT.2-gzip', clientSecret: 'secret' },
	});
	const parameters = { operation: 'sign', externalReference: 'FT_1' };
	try {
		const [item] = await itemsOf(await runNode(data, parameters, documents(1)));
		expect((await bytesOf(item, 'data')).equals(signedContent)).toBe(true);
	} finally {
		await server.stop();
	}
});

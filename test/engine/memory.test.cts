import { randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { BinaryDataService } from 'n8n-core';
import { BadServer } from '../support/BadServer.cts';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { pdf } from '../support/files.cts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox('--mode', 'echo');
});
afterAll(async () => await giveBackSandbox(sandbox));

function documents(count: number, word = 'document', bytes = 900_000) {
	return Array.from({ length: count }, (_, n) => {
		const content = Buffer.alloc(bytes + n * 1000, `${word} ${n} `);
		content.write('%PDF-1.7 /ByteRange');
		return { files: { data: { content, fileName: `${n}.pdf` } } };
	});
}

async function sign(input: ReturnType<typeof documents>, options = {}) {
	const data = resolvedCredential(sandbox);
	const parameters = { operation: 'sign', options: { parallelRequests: 4, ...options } };
	return await itemsOf(await runNode(data, parameters, input));
}

test('memory of files and answers is released during the run, and does not pile up', async () => {
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

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

test('contents too small to be released can be garbage-collected once they are stored', async () => {
	const count = 30;
	const contents: Array<WeakRef<Buffer>> = [];
	let alive = NaN;
	const { prototype } = BinaryDataService;
	const { store } = prototype;
	// A Jest spy would keep references to its arguments.
	prototype.store = async function (this: BinaryDataService, location, content, binaryData) {
		const isOutput = location.type === 'execution' && location.executionId !== 'input';
		if (isOutput && Buffer.isBuffer(content)) contents.push(new WeakRef(content));
		if (contents.length === count) {
			await setImmediate();
			collect();
			alive = contents.filter((one) => one.deref()).length;
		}
		return await store.call(this, location, content, binaryData);
	};
	try {
		await sign(documents(count, 'small', 10_000));
	} finally {
		prototype.store = store;
	}
	expect(alive).toBeLessThanOrEqual(8);
});

test('documents that were signed together and are then signed one by one are read with a single call', async () => {
	const signing = await takeSandbox();
	const input = await Promise.all(
		Array.from({ length: 12 }, async (_, n) => ({ files: { data: await pdf(`together ${n}`) } })),
	);
	const run = async (documentsPerRequest: number) => {
		const parameters = { operation: 'sign', options: { documentsPerRequest } };
		const items = await itemsOf(await runNode(resolvedCredential(signing), parameters, input));
		return await Promise.all(items.map(async (item) => await bytesOf(item, 'data')));
	};
	const together = await run(12);
	expect(await run(1)).toEqual(together);
	expect([await signing.calls('lookup'), await signing.calls('detail')]).toEqual([12, 1]);
	expect(await signing.signatures()).toBe(12);
	await giveBackSandbox(signing);
});

test('a compressed answer is read completely, although its pieces are released', async () => {
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

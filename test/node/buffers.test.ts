import { Buffers } from '../../nodes/SignStash/service/Buffers';
import { bytesOf, credentialData, itemsOf, runNode } from '../support/engine';
import { Sandbox } from '../support/sandbox';

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await Sandbox.start('--mode', 'echo');
});
afterAll(async () => await sandbox.stop());

test('forty documents are signed with the buffers of four, and none gets the bytes of another', async () => {
	const taken: Array<{ size: number; of: Buffers }> = [];
	const take = jest.spyOn(Buffers.prototype, 'take');
	take.mockImplementation(function (this: Buffers, size: number) {
		taken.push({ size, of: this });
		return original.call(this, size);
	});
	const input = Array.from({ length: 40 }, (_, n) => {
		const content = Buffer.alloc(900_000 + n * 1000, `document ${n} `);
		content.write('%PDF-1.7');
		return { files: { data: { content, fileName: `${n}.pdf` } } };
	});
	const data = credentialData(sandbox.info, sandbox.client);
	const parameters = { operation: 'sign', options: { parallelRequests: 4 } };
	const items = await itemsOf(await runNode(data, parameters, input));
	take.mockRestore();

	for (const [n, { files }] of input.entries())
		expect((await bytesOf(items[n], 'data')).equals(files.data.content)).toBe(true);
	expect(taken).toHaveLength(80);
	expect(taken[0]?.of.made).toBeLessThanOrEqual(8);
});

const original = Buffers.prototype.take;

test('a buffer that is too small, or far too large, is not used', () => {
	const buffers = new Buffers();
	const first = buffers.take(100_000);
	buffers.give(first.subarray(0, 10));
	expect(buffers.take(200_000).buffer).not.toBe(first.buffer);
	expect(buffers.take(10).buffer).not.toBe(first.buffer);
	expect(buffers.take(90_000).buffer).toBe(first.buffer);
	expect(buffers.take(90_000).buffer).not.toBe(first.buffer);
});

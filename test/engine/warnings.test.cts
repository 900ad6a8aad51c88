import { X509Certificate } from 'node:crypto';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { hintsOf, itemsOf, runNode } from '../support/engine.cts';
import { pdf, ubl } from '../support/files.cts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => await sandbox.control('POST', '/reset'));

const sign = async (files: object) =>
	await runNode(resolvedCredential(sandbox), { operation: 'sign', binaryPropertyName: '*' }, [
		{ files: { ...files } },
	]);

test('the hint about the subscription appears at 90 %, once per run', async () => {
	const files = { a: await pdf('one'), b: await pdf('two') };
	await sandbox.control('PATCH', '/settings', { usage: { allowed: 1000, used: 899 } });
	expect(hintsOf(await sign(files))).toEqual([]);
	await sandbox.control('PATCH', '/settings', { usage: { allowed: 1000, used: 900 } });
	const [hint, ...others] = hintsOf(await sign({ c: await pdf('three'), d: await pdf('four') }));
	expect(hint).toContain('900 of the 1000 signatures');
	expect(others).toEqual([]);
});

test("each signed file comes with its signer's name, in Get Operation as well", async () => {
	const items = await itemsOf(await sign({ a: await pdf('one'), b: ubl('1') }));
	const get = { resource: 'operation', operation: 'getOperation' };
	const operationId = Number(items[0]?.json.operationId);
	const fetched = await itemsOf(
		await runNode(resolvedCredential(sandbox), { ...get, operationId }, [{ json: {} }]),
	);
	const { signerPem } = sandbox.info.certificates;
	const certificate = new X509Certificate(signerPem);
	const expected = {
		signer: /^CN=(.+)$/m.exec(certificate.subject)?.[1],
		validUntil: new Date(certificate.validTo).toISOString(),
	};
	for (const item of [...items, ...fetched]) expect(item.json.certificate).toEqual(expected);
});

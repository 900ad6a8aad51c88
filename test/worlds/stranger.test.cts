import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { itemsOf, runNode } from '../support/engine.cts';
import { pdf } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import type { World } from './rows.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

/** A service that is unlike what anyone would expect, in many ways at the same time. */
const stranger: World = {
	'unknown-reference': 'code-500',
	'look-up-lag': 'two-look-ups',
	'operation-ids': 'text',
	'content-length': 'capped',
	'document-name-shown': 'url-encoded',
	'request-reference-shown': 'folder-only',
	'absent-values': 'null',
	dates: 'no-zone',
	base64: 'lines',
	'busy-answer': 'date-429',
	'refused-token': 'code-0010-500',
	'reference-case': 'lower',
	execution: 'pending',
};

const documents = 100;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
	await sandbox.world(stranger);
});
afterAll(async () => await giveBackSandbox(sandbox));

test('100 documents are signed by a service that nobody would expect, with lost answers: none twice, none lost', async () => {
	const strike = async (moment: string, type: string, skip: number, times: number) =>
		await sandbox.control('POST', '/faults', { on: 'sign', moment, skip, times, action: { type } });
	await strike('answering', 'reset', 0, 40);
	await strike('received', 'reset', 20, 10);
	await strike('received', 'busy', 50, 10);
	const files = await Promise.all(
		Array.from({ length: documents }, async (_, index) => await pdf(`stranger ${index}`)),
	);
	const credential = resolvedCredential(sandbox);
	const faultsOfRun = async () => {
		const items = files.map((data) => ({ files: { data } }));
		const run = await runNode(credential, { operation: 'sign' }, items, {
			onError: 'continueRegularOutput',
		});
		const out = await itemsOf(run);
		expect(out).toHaveLength(documents);
		return out.filter(({ binary }) => binary === undefined).map(({ json }) => json);
	};
	for (const fault of await faultsOfRun()) expect(JSON.stringify(fault)).toContain('PRT.');
	expect(await faultsOfRun()).toEqual([]);
	const made = await sandbox.get<Array<{ contentSha256: string; count: number }>>('/signatures');
	expect(new Set(made.map(({ contentSha256 }) => contentSha256)).size).toBe(documents);
	expect(made.filter(({ count }) => count !== 1)).toEqual([]);
	expect(made).toHaveLength(documents);
});

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { itemsOf, runNode } from '../support/engine.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';
import { inOwnTime, skipPauses } from '../support/skipPauses.cts';

skipPauses();

const executions = 60;
const documents = 5;

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox('--mode', 'echo');
});
afterAll(async () => await giveBackSandbox(sandbox));
beforeEach(async () => {
	await sandbox.control('POST', '/reset');
	await sandbox.control('PATCH', '/settings', { delay: { perDocumentMs: 5 }, rateLimit: null });
});

/** One execution that signs its own documents. */
async function execute(credentials: ICredentialDataDecryptedObject, execution: number) {
	const files = Array.from({ length: documents }, (_, number) => ({
		files: {
			data: {
				content: Buffer.from(`%PDF-1.7 ${execution} ${number} /ByteRange`),
				fileName: `${number}.pdf`,
			},
		},
	}));
	return await itemsOf(await runNode(credentials, { operation: 'sign' }, files));
}

/** Executions of one process share one clock. @returns how many documents came back */
async function executeAll(): Promise<number> {
	const credentials = resolvedCredential(sandbox);
	return await inOwnTime(async () => {
		const runs = Array.from({ length: executions }, async (_, number) =>
			execute(credentials, number),
		);
		return (await Promise.all(runs)).flat().length;
	});
}

test('executions of one process that start at the same moment fetch one token', async () => {
	expect(await executeAll()).toBe(executions * documents);
	expect(await sandbox.calls('token')).toBe(1);
});

test('a failed token call is followed by one other, not by one per execution', async () => {
	await sandbox.control('POST', '/faults', {
		on: 'token',
		moment: 'received',
		action: { type: 'reset' },
	});
	expect(await executeAll()).toBe(executions * documents);
	expect(await sandbox.calls('token')).toBe(2);
});

test('a service that takes two requests at a time throttles a document three times at most, on average', async () => {
	await sandbox.control('PATCH', '/settings', { rateLimit: { maxParallel: 2 } });
	expect(await executeAll()).toBe(executions * documents);
	expect(await sandbox.signatures()).toBe(executions * documents);
	const calls = await sandbox.get<Array<{ status: number }>>('/calls');
	const refusals = calls.filter(({ status }) => status === 429).length;
	expect(refusals).toBeGreaterThan(0);
	expect(refusals).toBeLessThanOrEqual(3 * executions * documents);
});

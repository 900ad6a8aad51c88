import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { credentialData } from '../../tools/n8n/SandboxClient.mts';
import { Stage } from '../../tools/n8n/Stage.mts';
import {
	assertAllOnce,
	countSignatures,
	signaturesReach,
	signedItems,
	signingWorkflow,
	writeDocuments,
} from './Counted.mts';

const output = mkdtempSync(join(tmpdir(), 'signstash-never-'));
let stage: Stage;
let sandbox: Sandbox;
let credential: string;

before(async () => {
	stage = await Stage.set(output);
	sandbox = await Sandbox.start('--state', join(output, 'state.sqlite'));
	credential = await stage.n8n.createCredential('never twice', credentialData(sandbox));
});
after(async () => {
	await sandbox.stop();
	await stage.close();
	rmSync(output, { recursive: true, force: true });
});
beforeEach(async () => {
	await sandbox.control('POST', '/reset');
	await sandbox.control('PATCH', '/settings', { delay: {} });
});

/** Imports a workflow that signs the given number of new documents. */
async function importFor(name: string, documents: number, sign: object = {}): Promise<string> {
	const files = writeDocuments(join(output, name.replaceAll(' ', '-')), documents);
	return await stage.n8n.importWorkflow(signingWorkflow(name, files, sign), credential);
}

/** Makes each signature take long enough for something to happen in between. */
async function signSlowly(): Promise<void> {
	await sandbox.control('PATCH', '/settings', { delay: { perDocumentMs: 60 } });
}

/** The signing calls since the last reset, each with the status of its answer. */
async function signingCalls(): Promise<Array<{ on: string; status: number | null }>> {
	const calls = await sandbox.get<Array<{ on: string; status: number | null }>>('/calls');
	return calls.filter(({ on }) => on === 'sign');
}

const recovered = (execution: Parameters<typeof signedItems>[0]): number =>
	signedItems(execution).filter(({ json }) => json.recovered === true).length;

describe('every document is signed once, and none is lost', () => {
	it('with Retry On Fail, when the first try fails in the middle', async () => {
		const workflow = await importFor('retry on fail', 40, {
			retryOnFail: true,
			maxTries: 3,
			waitBetweenTries: 200,
		});
		// The service has signed, but answers with a code that ends the try.
		await sandbox.control('POST', '/faults', {
			on: 'sign',
			skip: 20,
			moment: 'signed',
			action: { type: 'answer', status: 500, body: { errorCode: '0.0.2' } },
		});

		const execution = await stage.n8n.run(workflow, 'Start');

		await assertAllOnce(execution, sandbox, 40);
		const [found, ...others] = signedItems(execution).filter(({ json }) => json.recovered === true);
		assert.ok(found, 'a document that the service said it refused counts as signed by another');
		assert.deepEqual(
			others,
			[],
			'a retry belongs to the same execution: what that has signed is its own',
		);
	});

	it('when the same workflow runs twice', async () => {
		const workflow = await importFor('twice', 40);
		await assertAllOnce(await stage.n8n.run(workflow, 'Start'), sandbox, 40);

		const again = await stage.n8n.run(workflow, 'Start');

		await assertAllOnce(again, sandbox, 40);
		assert.equal(recovered(again), 40);
	});

	it('when n8n is killed in the middle of 200 documents, and the workflow runs again', async () => {
		const workflow = await importFor('killed', 200);
		await signSlowly();
		await stage.n8n.begin(workflow, 'Start');
		await signaturesReach(sandbox, 60);
		await stage.n8n.kill();
		const { signatures } = await countSignatures(sandbox);
		assert.ok(signatures < 200, `killed in the middle, not after ${signatures}`);

		await stage.restart();
		const execution = await stage.n8n.run(workflow, 'Start');

		await assertAllOnce(execution, sandbox, 200);
		assert.ok(recovered(execution) >= 60);
	});

	it('when the user stops the execution, which then sends nothing more, and runs the workflow again', async () => {
		const workflow = await importFor('stopped', 120);
		await signSlowly();
		const execution = await stage.n8n.begin(workflow, 'Start');
		await signaturesReach(sandbox, 30);
		await stage.n8n.stopExecution(execution);
		const { status } = await stage.n8n.executionEnd(execution);
		assert.equal(status, 'canceled');
		const sent = (await signingCalls()).length;
		assert.ok(sent < 120, `stopped in the middle, not after ${sent}`);

		await assertAllOnce(await stage.n8n.run(workflow, 'Start'), sandbox, 120);
		assert.equal((await signingCalls()).length, sent + 120);
	});

	it('when the service crashes and comes back during a run', async () => {
		const workflow = await importFor('service crashed', 120, { onError: 'continueRegularOutput' });
		await signSlowly();
		const execution = await stage.n8n.begin(workflow, 'Start');
		await signaturesReach(sandbox, 30);
		await sandbox.crash();
		const { signatures } = await countSignatures(sandbox);
		assert.ok(signatures >= 30 && signatures < 120, `it kept ${signatures} from before the crash`);
		const { status } = await stage.n8n.executionEnd(execution);
		assert.equal(status, 'success');

		await assertAllOnce(await stage.n8n.run(workflow, 'Start'), sandbox, 120);
	});

	it('when every token is revoked during a run, with parallel requests', async () => {
		const workflow = await importFor('token revoked', 120, {
			parameters: { operation: 'sign', options: { parallelRequests: 8 } },
		});
		await signSlowly();
		const execution = await stage.n8n.begin(workflow, 'Start');
		await signaturesReach(sandbox, 30);
		await sandbox.control('POST', '/tokens/revoke');

		await assertAllOnce(await stage.n8n.executionEnd(execution), sandbox, 120);
		const refused = (await signingCalls()).filter(({ status }) => status === 401).length;
		assert.ok(refused > 0, 'tokens were refused during the run');
	});

	it('by each service, when the credential is changed to another environment and back', async () => {
		const workflow = await importFor('environments', 20);
		const edit = async (to: Sandbox): Promise<void> =>
			await stage.n8n.editCredential(credential, 'never twice', credentialData(to));
		await assertAllOnce(await stage.n8n.run(workflow, 'Start'), sandbox, 20);

		await edit(stage.sandbox);
		await assertAllOnce(await stage.n8n.run(workflow, 'Start'), stage.sandbox, 20);
		await edit(sandbox);
		const back = await stage.n8n.run(workflow, 'Start');

		await assertAllOnce(back, sandbox, 20);
		assert.equal(recovered(back), 20);
	});
});

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Execution, StoredItem } from '../../tools/n8n/N8n.mts';
import { countSignatures } from './Counted.mts';
import { useStage } from './useStage.mts';

const at = useStage('later');

/** The connection breaks at the given moment of signing, and from then on no look-up is answered. */
async function breakDown(moment: string): Promise<void> {
	const faults = [
		{ on: 'sign', moment, action: { type: 'reset' } },
		{
			on: 'lookup',
			moment: 'received',
			times: 1000,
			action: { type: 'answer', status: 502, body: {} },
		},
	];
	for (const fault of faults) await at.stage.sandbox.control('POST', '/faults', fault);
}

/** Runs the example; the service comes back once Sign has given up. */
async function runExample(): Promise<Execution> {
	const file = at.stage.example('recover-later');
	const saving = { ...file, settings: { ...file.settings, saveExecutionProgress: true } };
	const workflow = await at.stage.n8n.importWorkflow(saving, at.stage.credential.id);
	const id = await at.stage.n8n.begin(workflow, 'Start');
	for (let attempt = 0; attempt < 400; attempt++) {
		const { runData } = await at.stage.n8n.execution(id);
		if (runData.Sign) break;
		await wait(200);
	}
	await at.stage.sandbox.control('DELETE', '/faults');
	return await at.stage.n8n.executionEnd(id);
}

function outputOf({ runData }: Execution, node: string, branch: number): StoredItem {
	const item = runData[node]?.at(-1)?.data?.main[branch]?.[0];
	assert.ok(item, `'${node}' has no item at its output ${branch}`);
	return item;
}

describe('the example that recovers later', () => {
	it('fetches a document that was signed although its outcome was not known', async () => {
		await breakDown('signed');

		const execution = await runExample();

		assert.equal(execution.status, 'success', execution.error?.message);
		const fault: { message: string; details: Record<string, unknown> } = Object(
			outputOf(execution, 'Sign', 1).json.error,
		);
		assert.match(fault.message, /not known whether '.+' was signed/);
		const found = outputOf(execution, 'Recover by Reference', 0);
		assert.equal(found.json.result, 'signed');
		assert.equal(found.json.externalReference, fault.details.externalReference);
		assert.equal(found.binary?.data?.fileName, 'invoice_signed.pdf');
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);
	});

	it('says that the document was never registered when the request was lost', async () => {
		await breakDown('received');

		const execution = await runExample();

		assert.equal(execution.status, 'success', execution.error?.message);
		const found = outputOf(execution, 'Recover by Reference', 0);
		assert.equal(found.json.found, false);
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 0);
	});
});

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowFile } from '../../tools/n8n/N8n.mts';
import { Stage } from '../../tools/n8n/Stage.mts';
import { ScriptedModel } from './ScriptedModel.mts';

const output = mkdtempSync(join(tmpdir(), 'signstash-agent-'));
let stage: Stage;
let model: ScriptedModel;

before(async () => {
	stage = await Stage.set(output);
	model = await ScriptedModel.start({ External_Reference: 'FT 2025/77' });
});
after(async () => {
	await model.stop();
	await stage.close();
	rmSync(output, { recursive: true, force: true });
});

/** The agent example, with the credential of the scripted model. */
function agentWorkflow(modelCredential: string): WorkflowFile {
	const file = stage.example('agent');
	const nodes = file.nodes.map((node) =>
		node.name === 'Model'
			? { ...node, credentials: { openAiApi: { id: modelCredential, name: 'model' } } }
			: node,
	);
	return { ...file, nodes };
}

describe('the node as a tool of an agent', () => {
	it('offers what the agent fills in, and tells where the signed document is', async () => {
		const data = { apiKey: 'none', url: model.url };
		const credential = await stage.n8n.createCredential('model', data, 'openAiApi');
		const execution = await stage.run(agentWorkflow(credential));

		assert.equal(execution.status, 'success', execution.error?.message);
		const [tool] = model.asked[0]?.tools ?? [];
		assert.deepEqual(Object.keys(tool?.function.parameters?.properties ?? {}), [
			'External_Reference',
		]);
		const said = String(execution.runData.Agent?.[0]?.data?.main[0]?.[0]?.json.output);
		const [result]: [Record<string, unknown>] = JSON.parse(said);
		assert.equal(result.externalReference, 'FT_2025_77');
		assert.equal(result.signStatus, 'SIGNED');
		assert.ok(Number(result.operationId) > 0);
	});
});

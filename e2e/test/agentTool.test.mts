import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { WorkflowFile } from '../../harness/N8n.mts';
import { documents, Stage } from '../../harness/Stage.mts';
import { ScriptedModel } from '../ScriptedModel.mts';

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

/** An agent with a model, and the SignStash tool whose reference the agent fills in. */
function agentWorkflow(modelCredential: string): WorkflowFile {
	const node = (
		name: string,
		type: string,
		typeVersion: number,
		parameters: object,
		more = {},
	) => ({
		id: name,
		name,
		type,
		typeVersion,
		position: [0, 0],
		parameters,
		...more,
	});
	const to = (name: string, type = 'main') => ({ [type]: [[{ node: name, type, index: 0 }]] });
	return {
		name: 'agent',
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', 1, {}),
			node('Read File', 'n8n-nodes-base.readWriteFile', 1, {
				operation: 'read',
				fileSelector: join(documents, 'invoice.pdf'),
				options: {},
			}),
			node('Agent', '@n8n/n8n-nodes-langchain.agent', 2, {
				promptType: 'define',
				text: 'Sign the invoice.',
				options: {},
			}),
			node(
				'Model',
				'@n8n/n8n-nodes-langchain.lmChatOpenAi',
				1.2,
				{ model: { mode: 'id', value: 'scripted' }, options: {} },
				{ credentials: { openAiApi: { id: modelCredential, name: 'model' } } },
			),
			node('SignStash', 'n8n-nodes-signstash.signStashTool', 1, {
				operation: 'sign',
				binaryPropertyName: "={{ $('Read File').first().binary.data }}",
				externalReference:
					"={{ $fromAI('External_Reference', 'number of the invoice', 'string') }}",
				options: {},
			}),
		],
		connections: {
			Start: to('Read File'),
			'Read File': to('Agent'),
			Model: to('Agent', 'ai_languageModel'),
			SignStash: to('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
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
		const [result] = JSON.parse(said);
		assert.equal(result.externalReference, 'FT_2025_77');
		assert.equal(result.signStatus, 'SIGNED');
		assert.ok(Number(result.operationId) > 0);
	});
});

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { StoredItem } from '../../tools/n8n/N8n.mts';
import { countSignatures } from './Counted.mts';
import { useStage } from './useStage.mts';

const at = useStage('stumbles');

describe('the credential in a step of another type', () => {
	it("is refused by n8n in an HTTP Request step to any host but the API's own", async () => {
		const { id, data } = at.stage.credential;
		const used = { signStashOAuth2Api: { id, name: 'SignStash' } };
		const parameters = {
			url: data.apiBaseUrl?.replace('127.0.0.1', 'localhost'),
			authentication: 'predefinedCredentialType',
			nodeCredentialType: 'signStashOAuth2Api',
			options: {},
		};
		const request = { type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, position: [220, 0] };
		const start = { type: 'n8n-nodes-base.manualTrigger', typeVersion: 1, position: [0, 0] };
		const file = {
			name: 'elsewhere',
			nodes: [
				{ id: 'a', name: 'Start', parameters: {}, ...start },
				{ id: 'b', name: 'HTTP Request', parameters, credentials: used, ...request },
			],
			connections: { Start: { main: [[{ node: 'HTTP Request', type: 'main', index: 0 }]] } },
		};
		const { error } = await at.stage.run(file);
		assert.match(error?.message ?? '', /Domain not allowed/);
	});
});

describe('a folder without files', () => {
	it('makes Sign say that there is no file, instead of staying silent', async () => {
		const input = join(at.output, 'empty');
		mkdirSync(input);
		const { status, error } = await at.stage.run(at.stage.example('sign-pdf-invoice', { input }));
		assert.equal(status, 'error');
		assert.match(error?.message ?? '', /no file in the field 'data'/);
		assert.match(
			error?.description ?? '',
			/The input has no files\. Check the path or query of the step that reads/,
		);
	});
});

describe('an item on the error output', () => {
	it('has the fields and files of its input as well as the fault', async () => {
		const input = join(at.output, 'broken');
		mkdirSync(input);
		writeFileSync(join(input, 'invoice.pdf'), 'no PDF');
		const execution = await at.stage.run(at.stage.example('recover-later', { input }));
		assert.equal(execution.status, 'success', execution.error?.message);
		const [, failed] = execution.runData.Sign?.[0]?.data?.main ?? [];
		const [item]: StoredItem[] = failed ?? [];
		assert.equal(item?.json.fileName, 'invoice.pdf');
		assert.match(JSON.stringify(item.json.error), /invoice\.pdf/);
		assert.ok(item.binary?.data);
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 0);
	});
});

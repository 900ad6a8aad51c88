import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { WorkflowFile } from '../../tools/n8n/N8n.mts';
import { documents } from '../../tools/n8n/Stage.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { useStage } from './useStage.mts';

const at = useStage('database', { N8N_DEFAULT_BINARY_DATA_MODE: 'database' });
const { output } = at;

/** Runs a signing workflow and compares what it wrote with what it read. */
async function assertSigned(file: WorkflowFile): Promise<void> {
	const execution = await at.stage.run(file);
	assert.equal(execution.status, 'success', execution.error?.message);
	const signed = join(output, 'invoice_signed.pdf');
	const sent = readFileSync(join(documents, 'invoice.pdf'));
	assert.ok(
		readFileSync(signed).subarray(0, sent.length).equals(sent),
		'the file itself was signed',
	);
	const verdict = await verifyPdf(signed, at.stage.caFile);
	assert.ok(verdict.ok, verdict.detail);
	const stored = JSON.stringify(execution);
	assert.ok(!stored.includes(sent.toString('base64', 0, 60)), 'no content in the execution');
	rmSync(signed);
}

describe('a real n8n that keeps files in its database', () => {
	it('signs the file, not the reference to it', async () => {
		await assertSigned(at.stage.example('sign-pdf-invoice'));
	});

	it('does the same in a workflow whose files are in json', async () => {
		const file = at.stage.example('sign-pdf-invoice');
		const nodes = file.nodes.map((node) =>
			node.name === 'Write File'
				? {
						...node,
						parameters: {
							operation: 'write',
							fileName: `=${output}/{{ $json._files.data.fileName }}`,
							dataPropertyName: '={{ $json._files.data }}',
							options: {},
						},
					}
				: node,
		);
		const settings = { ...file.settings, binaryMode: 'combined' };
		await assertSigned({ ...file, name: 'combined', nodes, settings });
	});
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { N8n, type WorkflowFile } from '../harness/N8n.mts';
import { ensureN8n } from '../harness/n8nPackage.mts';
import { installNode } from '../harness/nodePackage.mts';
import { root } from '../harness/root.mts';
import { Sandbox } from '../harness/Sandbox.mts';

const documents = join(root, 'examples', 'documents');
export const output = join(root, 'demo', 'output');
export const caFile = join(output, 'ca.pem');
export const credentialName = 'SignStash';

/** All that the demo plays on: a sandbox, a real n8n with the packed node in it, and a credential. */
export interface Stage {
	sandbox: Sandbox;
	n8n: N8n;
	credential: { id: string; data: Record<string, string> };
	close(): Promise<void>;
}

/** Reads an example workflow by its file name without ending. */
export function example(name: string): WorkflowFile {
	const file: WorkflowFile = JSON.parse(
		readFileSync(join(root, 'examples', `${name}.json`), 'utf8'),
	);
	return file;
}

/** Sets the stage; everything but `demo/output/` is gone after `close`. */
export async function setStage(): Promise<Stage> {
	const program = ensureN8n();
	const home = mkdtempSync(join(tmpdir(), 'signstash-n8n-'));
	rmSync(output, { recursive: true, force: true });
	mkdirSync(output, { recursive: true });
	console.log('Packing the node and installing it in n8n …');
	installNode(home);
	console.log('Starting the sandbox and n8n …');
	const sandbox = await Sandbox.start();
	writeFileSync(caFile, sandbox.info.certificates.caPem);
	const n8n = await N8n.start(program, home, `${documents};${output}`, {
		SIGNSTASH_DOCUMENTS: documents,
		SIGNSTASH_OUTPUT: output,
	});
	const data = {
		environment: 'custom',
		apiBaseUrl: sandbox.info.baseUrl,
		tokenUrl: sandbox.info.tokenUrl,
		clientId: sandbox.client.clientId,
		clientSecret: sandbox.client.clientSecret,
	};
	const id = await n8n.createCredential(credentialName, data);
	return {
		sandbox,
		n8n,
		credential: { id, data },
		async close() {
			await n8n.stop();
			await sandbox.stop();
			rmSync(home, { recursive: true, force: true });
		},
	};
}

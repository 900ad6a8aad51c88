import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Execution, StoredItem, WorkflowFile } from '../../tools/n8n/N8n.mts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';

/** How often each content was really signed, by the sandbox's count. */
export interface Counted {
	contents: number;
	signatures: number;
	most: number;
}

export async function countSignatures(sandbox: Sandbox): Promise<Counted> {
	const made = await sandbox.get<Array<{ contentSha256: string; count: number }>>('/signatures');
	const byContent = new Map<string, number>();
	for (const { contentSha256, count } of made)
		byContent.set(contentSha256, (byContent.get(contentSha256) ?? 0) + count);
	const counts = [...byContent.values()];
	return {
		contents: counts.length,
		signatures: counts.reduce((sum, count) => sum + count, 0),
		most: Math.max(0, ...counts),
	};
}

/** Waits until at least the given number of signatures were made; half a minute at most. */
export async function signaturesReach(sandbox: Sandbox, least: number): Promise<void> {
	for (let attempt = 0; attempt < 1500; attempt++) {
		if ((await countSignatures(sandbox)).signatures >= least) return;
		await wait(20);
	}
	throw new Error(`no ${least} signatures were made`);
}

/** Writes the given number of different XML documents to a new folder. @returns the pattern that reads them all */
export function writeDocuments(folder: string, count: number): string {
	mkdirSync(folder, { recursive: true });
	for (let number = 1; number <= count; number++) {
		const name = `${String(number).padStart(4, '0')}.xml`;
		writeFileSync(
			join(folder, name),
			`<?xml version="1.0"?>\n<Invoice><ID>${name}</ID></Invoice>\n`,
		);
	}
	return join(folder, '*.xml');
}

/** A workflow that reads files and signs each; `sign` replaces properties of its Sign node. */
export function signingWorkflow(name: string, files: string, sign: object = {}): WorkflowFile {
	const node = (id: string, type: string, parameters: object, version = 1) => ({
		id,
		name: id,
		type,
		typeVersion: version,
		position: [0, 0],
		parameters,
	});
	const to = (target: string) => ({ main: [[{ node: target, type: 'main', index: 0 }]] });
	return {
		name,
		nodes: [
			node('Start', 'n8n-nodes-base.manualTrigger', {}),
			node('Read', 'n8n-nodes-base.readWriteFile', { operation: 'read', fileSelector: files }),
			{ ...node('Sign', 'n8n-nodes-signstash.signStash', { operation: 'sign' }), ...sign },
		],
		connections: { Start: to('Read'), Read: to('Sign') },
		settings: { executionOrder: 'v1' },
	};
}

/** The items in the output of the last try of 'Sign'. */
export function signedItems({ runData }: Execution): StoredItem[] {
	return runData.Sign?.at(-1)?.data?.main[0] ?? [];
}

/** Checks that none is missing and none is signed twice: a file for every document, and one signature of each at the service. */
export async function assertAllOnce(
	execution: Execution,
	sandbox: Sandbox,
	documents: number,
): Promise<void> {
	assert.equal(execution.status, 'success', execution.error?.message);
	const files = signedItems(execution).filter(({ binary }) => binary?.data !== undefined);
	assert.equal(files.length, documents, 'every document came back as a file');
	const references = new Set(files.map(({ json }) => json.externalReference));
	assert.equal(references.size, documents, 'every document has its own reference');
	assert.deepEqual(await countSignatures(sandbox), {
		contents: documents,
		signatures: documents,
		most: 1,
	});
}

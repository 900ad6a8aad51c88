import assert from 'node:assert/strict';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import type { Execution, StoredItem, WorkflowFile } from '../../tools/n8n/N8n.mts';
import { credentialName, documents } from '../../tools/n8n/Stage.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { standsUnderSignatureInformation, verifyXml } from '../../tools/verify/xml.mts';
import { useStage } from './useStage.mts';

const at = useStage('e2e');
const { output } = at;

/** An example with some parameters or settings of one of its nodes replaced. */
function example(
	name: string,
	node = '',
	change: object = {},
	parameters: object = {},
): WorkflowFile {
	const file = at.stage.example(name);
	const nodes = file.nodes.map((one) =>
		one.name === node
			? { ...one, ...change, parameters: { ...Object(one.parameters), ...parameters } }
			: one,
	);
	return { ...file, nodes };
}

function itemsOf({ runData }: Execution, node: string): StoredItem[] {
	return runData[node]?.at(-1)?.data?.main[0] ?? [];
}

function firstItem(execution: Execution, node: string): StoredItem {
	const [item] = itemsOf(execution, node);
	assert.ok(item, `'${node}' has no output: ${execution.error?.message}`);
	return item;
}

async function signaturesMade(): Promise<number> {
	const made = await at.stage.sandbox.get<Array<{ count: number }>>('/signatures');
	return made.reduce((sum, { count }) => sum + count, 0);
}

async function testCredential(change: Record<string, string> = {}): Promise<{
	status: string;
	message: string;
}> {
	const data = { ...at.stage.credential.data, ...change };
	const id = await at.stage.n8n.createCredential(credentialName, data);
	return await at.stage.n8n.testCredential(id, credentialName, data);
}

describe('the packed node in a real n8n', () => {
	it('is loaded, as a node and as a tool for agents, with its credential', async () => {
		const nodes = await at.stage.n8n.nodeTypes();
		assert.ok(nodes.includes('n8n-nodes-signstash.signStash'));
		assert.ok(nodes.includes('n8n-nodes-signstash.signStashTool'));
		assert.ok((await at.stage.n8n.credentialTypes()).includes('signStashOAuth2Api'));
	});

	it('shows the fields of its output before the first run', async () => {
		for (const operation of [
			'document/sign',
			'document/recoverByReference',
			'operation/getOperation',
			'operation/resendEmail',
		]) {
			const path = `/schemas/n8n-nodes-signstash.signStash/1.0.0/${operation}.json`;
			const answer = await fetch(`${at.stage.n8n.url}${path}`);
			const schema: { properties: Record<string, unknown> } = await answer.json();
			assert.ok(schema.properties.operationId, operation);
		}
	});
});

describe("the credential's test", () => {
	it('passes with the right secret and URLs', async () => {
		assert.deepEqual((await testCredential()).status, 'OK');
	});

	it('tells a wrong secret, a wrong API URL and a licence fault apart', async () => {
		const { typedClientId = '', apiBaseUrl = '' } = at.stage.credential.data;
		const secret = await testCredential({ typedClientSecret: 'wrong' });
		const url = await testCredential({ apiBaseUrl: `${apiBaseUrl}-not-here` });
		await at.stage.sandbox.control('PATCH', '/settings', {
			clients: { [typedClientId]: { issuerInactive: true } },
		});
		const issuer = await testCredential();

		for (const { status } of [secret, url, issuer]) assert.equal(status, 'Error');
		assert.match(secret.message, /Client authentication failed/);
		assert.match(url.message, /API base URL/i);
		assert.match(issuer.message, /inactive/);
	});
});

describe('signing', () => {
	it('turns a PDF into a signed PDF, as a file with name, type and paired item', async () => {
		const execution = await at.stage.run(at.stage.example('sign-pdf-invoice'));

		assert.equal(execution.status, 'success', execution.error?.message);
		const item = firstItem(execution, 'Sign');
		assert.equal(item.json.documentName, 'invoice.pdf');
		assert.equal(item.json.signStatus, 'SIGNED');
		assert.deepEqual(item.pairedItem, { item: 0 });
		const { fileName, mimeType } = item.binary?.data ?? {};
		assert.deepEqual(
			{ fileName, mimeType },
			{
				fileName: 'invoice_signed.pdf',
				mimeType: 'application/pdf',
			},
		);
		assert.ok(JSON.stringify(item.json).length < 2000, 'no content in json');
		const verdict = await verifyPdf(join(output, 'invoice_signed.pdf'), at.stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
	});

	it('puts the signature of a UBL invoice under SignatureInformation', async () => {
		const execution = await at.stage.run(at.stage.example('sign-ubl-invoice'));

		assert.equal(execution.status, 'success', execution.error?.message);
		const file = join(output, 'invoice_signed.xml');
		const verdict = verifyXml(file, at.stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
		assert.ok(standsUnderSignatureInformation(file));
	});

	it('signs a UBL credit note with the same settings', async () => {
		const execution = await at.stage.run(
			example(
				'sign-ubl-invoice',
				'Read File',
				{},
				{
					fileSelector: join(documents, 'credit-note.xml'),
				},
			),
		);

		assert.equal(execution.status, 'success', execution.error?.message);
		const file = join(output, 'credit-note_signed.xml');
		const verdict = verifyXml(file, at.stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
		assert.ok(standsUnderSignatureInformation(file));
	});

	it('reports an unknown operation in the words of the service, and continues when set to', async () => {
		const execution = await at.stage.run(
			example(
				'get-operation',
				'Get Operation',
				{ onError: 'continueRegularOutput' },
				{
					operationId: '987654',
				},
			),
		);

		assert.equal(execution.status, 'success');
		const item = firstItem(execution, 'Get Operation');
		const fault: Record<string, string> = Object(item.json.error);
		assert.match(fault.message ?? '', /'Operation ID' 987654 \[item 0\]/);
		assert.match(fault.description ?? '', /Sign'Stash says: .*operation/i);
		assert.equal(item.binary, undefined);
	});
});

describe('a document is signed once', () => {
	it('when the connection breaks after the service has signed', async () => {
		await at.stage.sandbox.control('POST', '/faults', {
			on: 'sign',
			moment: 'signed',
			action: { type: 'reset' },
		});

		const execution = await at.stage.run(at.stage.example('sign-pdf-invoice'));

		assert.equal(execution.status, 'success', execution.error?.message);
		assert.equal(firstItem(execution, 'Sign').binary?.data?.fileName, 'invoice_signed.pdf');
		assert.equal(await signaturesMade(), 1);
	});

	it('when n8n is killed while the service signs, and the workflow runs again', async () => {
		const workflow = await at.stage.n8n.importWorkflow(
			at.stage.example('sign-pdf-invoice'),
			at.stage.credential.id,
		);
		await at.stage.sandbox.control('POST', '/faults', {
			on: 'sign',
			moment: 'signed',
			action: { type: 'hang' },
		});
		const signed = join(output, 'invoice_signed.pdf');
		rmSync(signed, { force: true });
		await at.stage.n8n.begin(workflow, 'Start');
		for (let attempt = 0; attempt < 300 && (await signaturesMade()) === 0; attempt++) {
			await wait(100);
		}
		await at.stage.n8n.kill();
		assert.equal(await signaturesMade(), 1);
		assert.equal(existsSync(signed), false);

		await at.stage.restart();
		const execution = await at.stage.n8n.run(workflow, 'Start');

		assert.equal(execution.status, 'success', execution.error?.message);
		assert.equal(firstItem(execution, 'Sign').json.recovered, true);
		assert.equal(await signaturesMade(), 1);
		const verdict = await verifyPdf(signed, at.stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
	});
});

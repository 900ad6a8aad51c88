import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import type { WorkflowFile } from '../../tools/n8n/N8n.mts';
import { Stage } from '../../tools/n8n/Stage.mts';
import { Editor } from './browser/Editor.mts';
import { openBrowser } from './browser/openBrowser.mts';
import { openForm } from './browser/openForm.mts';

const output = mkdtempSync(join(tmpdir(), 'signstash-stumbles-in-editor-'));
let stage: Stage;
let browser: Browser;
let editor: Editor;

before(async () => {
	stage = await Stage.set(output);
	browser = await openBrowser();
	editor = await Editor.open(browser, stage.n8n.url);
});
after(async () => {
	await browser.close();
	await stage.close();
	rmSync(output, { recursive: true, force: true });
});
beforeEach(async () => {
	await stage.sandbox.control('POST', '/reset');
});

/** The panel of a node of an example, in which some parameters are different. */
async function panelOf(example: string, node: string, parameters: object): Promise<void> {
	const file: WorkflowFile = stage.example(example);
	const nodes = file.nodes.map((one) =>
		one.name === node ? { ...one, parameters: { ...Object(one.parameters), ...parameters } } : one,
	);
	const id = await stage.n8n.importWorkflow({ ...file, nodes }, stage.credential.id);
	await editor.openWorkflow(id);
	await editor.openNode(node);
}

describe('the panel of Sign', () => {
	it('names the signature types by the files that people have, PDF first', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {});
		assert.deepEqual(await editor.choices('Signature Type'), [
			'Automatic',
			'PDF (PAdES)',
			'XML or UBL (XAdES)',
			'Any File (CAdES, P7M)',
		]);
	});

	it('has what concerns PDFs before what concerns UBL', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', { ublSignature: 'always' });
		const fields = await editor.fields();
		const places = ['Visible Signature', 'PDF Signature Details', 'UBL Signature'].map((name) =>
			fields.indexOf(name),
		);
		assert.ok(!places.includes(-1), fields.join(', '));
		assert.deepEqual(
			places.toSorted((one, other) => one - other),
			places,
		);
	});
});

describe('the output of Sign', () => {
	it('begins with the name of the document and its status in the table view', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {});
		assert.ok(await editor.executeStep());
		assert.deepEqual((await editor.columns()).slice(0, 2), ['documentName', 'signStatus']);
	});

	it('hints at receivers that an expression left empty, and at a reference that is written differently', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {
			externalReference: 'FT 2025/123',
			emailDelivery: { emailReceivers: '={{ $json.nobody }}' },
		});
		assert.ok(await editor.executeStep());
		const hints = await editor.hints();
		assert.match(hints, /'Email Receivers' was empty, so no email was requested/);
		assert.match(hints, /knows FT 2025\/123 as FT_2025_123/);
	});

	it('hints at receivers of a document that was signed before without any', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {});
		assert.ok(await editor.executeStep());
		await panelOf('sign-pdf-invoice', 'Sign', {
			emailDelivery: { emailReceivers: 'customer@example.com' },
		});
		assert.ok(await editor.executeStep());
		assert.match(
			await editor.hints(),
			/Nobody was emailed for documents that were signed before.*'Resend Email'/s,
		);
	});
});

describe('a fault in the panel', () => {
	it('names the file first, then the word that is missing, and speaks of nothing that the file is not', async () => {
		await panelOf('sign-visible', 'Sign', { visiblePlaceholder: 'NOWHERE' });
		assert.equal(await editor.executeStep(), false);
		const { message, description } = await editor.fault();
		assert.match(message, /^'[^']+\.pdf' was not signed/);
		assert.match(description, /'NOWHERE'/);
		assert.doesNotMatch(`${message} ${description}`, /UBL|XML/);
	});

	it('says that documents are to be attached to an email that nobody gets', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', { emailDelivery: { attachDocuments: true } });
		assert.equal(await editor.executeStep(), false);
		const { message, description } = await editor.fault();
		assert.match(message, /'Attach Documents' is on, but 'Email Receivers' names no one/);
		assert.match(description, /switch off 'Attach Documents'/);
	});

	it('says that an operation does not exist when its email is to be sent again', async () => {
		await panelOf('resend-email', 'Resend Email', {
			operationId: '987654',
			emailReceivers: 'customer@example.com',
		});
		assert.equal(await editor.executeStep(), false);
		assert.match((await editor.fault()).message, /found nothing for .*987654/);
	});
});

describe('the page of the form', () => {
	it("tells a person about the wrong file in words without the node's own, and whom to ask", async () => {
		const file = stage.example('form-upload');
		const id = await stage.n8n.importWorkflow(file, stage.credential.id);
		await stage.n8n.activate(id);
		const trigger = file.nodes.find(({ name }) => name === 'Document Form');
		const page = await browser.newPage();
		await openForm(page, `${stage.n8n.url}/form/${String(trigger?.webhookId)}`);
		const text = { name: 'contract.pdf', mimeType: 'application/pdf', buffer: Buffer.from('text') };
		await page.locator('input[type=file]').setInputFiles(text);
		await page.getByRole('button', { name: 'Submit' }).click();
		await page.getByText('Your document did not come back signed').waitFor();
		const words = await page.locator('body').innerText();
		assert.match(words, /'contract\.pdf' is neither a PDF nor an XML file, although its name/);
		assert.match(words, /send this page to the person who gave you the form/);
		assert.doesNotMatch(words, /\[item/);
		await page.close();
	});
});

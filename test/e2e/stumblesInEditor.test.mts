import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { WorkflowFile } from '../../tools/n8n/N8n.mts';
import { openForm } from './browser/openForm.mts';
import { useEditor } from './browser/useEditor.mts';

const at = useEditor('signstash-stumbles-in-editor');

/** The panel of a node of an example, in which some parameters are different. */
async function panelOf(example: string, node: string, parameters: object): Promise<void> {
	const file: WorkflowFile = at.stage.example(example);
	const nodes = file.nodes.map((one) =>
		one.name === node ? { ...one, parameters: { ...Object(one.parameters), ...parameters } } : one,
	);
	const id = await at.stage.n8n.importWorkflow({ ...file, nodes }, at.stage.credential.id);
	await at.editor.openWorkflow(id);
	await at.editor.openNode(node);
}

describe('the panel of Sign', () => {
	it('names the signature types by the files that people have, PDF first', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {});
		assert.deepEqual(await at.editor.choices('Signature Type'), [
			'Automatic',
			'PDF (PAdES)',
			'XML or UBL (XAdES)',
			'Any File (CAdES, P7M)',
		]);
	});

	it('has what concerns PDFs before what concerns UBL', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', { ublSignature: 'always' });
		const fields = await at.editor.fields();
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
		assert.ok(await at.editor.executeStep());
		assert.deepEqual((await at.editor.columns()).slice(0, 2), ['documentName', 'signStatus']);
	});

	it('hints at receivers that an expression left empty, and at a reference that is written differently', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {
			externalReference: 'FT 2025/123',
			emailDelivery: { emailReceivers: '={{ $json.nobody }}' },
		});
		assert.ok(await at.editor.executeStep());
		const hints = await at.editor.hints();
		assert.match(hints, /'Email Receivers' was empty, so no email was requested/);
		assert.match(hints, /knows FT 2025\/123 as FT_2025_123/);
	});

	it('hints at receivers of a document that was signed before without any', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', {});
		assert.ok(await at.editor.executeStep());
		await panelOf('sign-pdf-invoice', 'Sign', {
			emailDelivery: { emailReceivers: 'customer@example.com' },
		});
		assert.ok(await at.editor.executeStep());
		assert.match(
			await at.editor.hints(),
			/This run sent no email for documents that were signed before.*'Resend Email'/s,
		);
	});
});

describe('a fault in the panel', () => {
	it('names the file first, then the word that is missing, and speaks of nothing that the file is not', async () => {
		await panelOf('sign-visible', 'Sign', { visiblePlaceholder: 'NOWHERE' });
		assert.equal(await at.editor.executeStep(), false);
		const { message, description } = await at.editor.fault();
		assert.match(message, /^'[^']+\.pdf' was not signed/);
		assert.match(description, /'NOWHERE'/);
		assert.doesNotMatch(`${message} ${description}`, /UBL|XML/);
	});

	it('says that documents are to be attached to an email that nobody gets', async () => {
		await panelOf('sign-pdf-invoice', 'Sign', { emailDelivery: { attachDocuments: true } });
		assert.equal(await at.editor.executeStep(), false);
		const { message, description } = await at.editor.fault();
		assert.match(message, /'Attach Documents' is on, but 'Email Receivers' names no one/);
		assert.match(description, /switch off 'Attach Documents'/);
	});

	it('says that an operation does not exist when its email is to be sent again', async () => {
		await panelOf('resend-email', 'Resend Email', {
			operationId: '987654',
			emailReceivers: 'customer@example.com',
		});
		assert.equal(await at.editor.executeStep(), false);
		assert.match((await at.editor.fault()).message, /found nothing for .*987654/);
	});
});

describe('the page of the form', () => {
	it("tells a person about the wrong file in words without the node's own, and whom to ask", async () => {
		const file = at.stage.example('form-upload');
		const id = await at.stage.n8n.importWorkflow(file, at.stage.credential.id);
		await at.stage.n8n.activate(id);
		const trigger = file.nodes.find(({ name }) => name === 'Document Form');
		const page = await at.browser.newPage();
		await openForm(page, `${at.stage.n8n.url}/form/${String(trigger?.webhookId)}`);
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

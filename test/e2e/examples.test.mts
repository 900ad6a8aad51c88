import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { makeBatch, makeMail } from '../../tools/demo/inputs.mts';
import type { WorkflowFile } from '../../tools/n8n/N8n.mts';
import { credentialData } from '../../tools/n8n/SandboxClient.mts';
import { documents } from '../../tools/n8n/Stage.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { standsUnderSignatureInformation, verifyXml } from '../../tools/verify/xml.mts';
import { openBrowser } from './browser/openBrowser.mts';
import { openForm } from './browser/openForm.mts';
import { countSignatures } from './Counted.mts';
import { ImapServer } from './mail/ImapServer.mts';
import { MailSink } from './mail/MailSink.mts';
import { attachmentsOf, emailWith } from './mail/message.mts';
import { itemsOf, prepared } from './exampleRuns.mts';
import { useStage } from './useStage.mts';

const at = useStage('examples');
const { output } = at;

async function publish(file: WorkflowFile): Promise<string> {
	const id = await at.stage.n8n.importWorkflow(file, at.stage.credential.id);
	await at.stage.n8n.activate(id);
	return id;
}

describe('the example that signs the attachments of an incoming email', () => {
	it('works with IMAP and SMTP, leaves out the logo, and tells the sender what is wrong', async () => {
		const imap = await ImapServer.start();
		const smtp = await MailSink.start();
		try {
			const host = '127.0.0.1';
			const mailbox = {
				host,
				port: imap.port,
				secure: false,
				user: 'invoices',
				password: 'secret',
			};
			const sender = {
				host,
				port: smtp.port,
				secure: false,
				disableStartTls: true,
				user: '',
				password: '',
			};
			const credentials = {
				imap: await at.stage.n8n.createCredential('IMAP', mailbox, 'imap'),
				smtp: await at.stage.n8n.createCredential('SMTP', sender, 'smtp'),
			};
			await publish(prepared(at.stage.example('email-in-email-out'), { credentials }));
			await imap.isListenedTo();
			const folder = join(output, 'mail');
			makeMail(folder);
			const attach = (name: string, type: string) => {
				return { name, type, content: readFileSync(join(folder, name)) };
			};
			const invoice = attach('mail-invoice.pdf', 'application/pdf');
			imap.deliver(
				emailWith('ana@example.com', 'Faturas', [
					invoice,
					attach('mail-credit-note.xml', 'application/xml'),
					attach('mail-logo.gif', 'image/gif'),
				]),
			);
			await smtp.reaches(1);
			const broken = { ...invoice, content: Buffer.alloc(0) };
			imap.deliver(emailWith('rui@example.com', 'Vazio', [broken]));
			await smtp.reaches(2);

			const [signed, failed] = smtp.sent;
			assert.deepEqual(signed?.to, ['ana@example.com']);
			const files = attachmentsOf(signed.message);
			assert.deepEqual([...files.keys()].sort(), [
				'mail-credit-note_signed.xml',
				'mail-invoice_signed.pdf',
			]);
			for (const [name, content] of files) writeFileSync(join(output, name), content);
			const pdf = await verifyPdf(join(output, 'mail-invoice_signed.pdf'), at.stage.caFile);
			assert.ok(pdf.ok, pdf.detail);
			const xml = verifyXml(join(output, 'mail-credit-note_signed.xml'), at.stage.caFile);
			assert.ok(xml.ok, xml.detail);
			assert.deepEqual(failed?.to, ['rui@example.com']);
			assert.match(failed.message, /Not signed: Vazio/);
		} finally {
			await imap.stop();
			await smtp.stop();
		}
	});
});

describe('the example in which an ERP posts an invoice to a webhook', () => {
	/** Posts as the ERP does; a newly published webhook may answer 404 at first. */
	async function post(body: object): Promise<Response> {
		for (let attempt = 0; ; attempt++) {
			const answer = await fetch(`${at.stage.n8n.url}/webhook/sign-invoice`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			});
			if (answer.status !== 404 || attempt === 50) return answer;
			await wait(200);
		}
	}

	it('answers with the signed UBL file; an invoice posted again is not signed again', async () => {
		await publish(at.stage.example('erp-webhook'));
		const content = readFileSync(join(documents, 'invoice.xml')).toString('base64');
		const invoice = { number: 'FT A/1', fileName: 'FT-A-1.xml', content };
		const answers = [await post(invoice), await post(invoice)];
		const file = join(output, 'answer.xml');
		for (const answer of answers) {
			assert.equal(answer.status, 200);
			assert.equal(answer.headers.get('x-signstash-reference'), 'FT_A_1');
			writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
			const verdict = verifyXml(file, at.stage.caFile);
			assert.ok(verdict.ok, verdict.detail);
			assert.ok(standsUnderSignatureInformation(file));
		}
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);

		const refused = await post({ ...invoice, number: 'FT A/2', content: '' });
		assert.equal(refused.status, 422);
		const { message = '' }: { message?: string } = await refused.json();
		assert.match(message, /FT-A-1\.xml|'Input Data Field Name'/);
	});
});

describe("the example of the month's end", () => {
	it('signs the folder, passes other files on to a person, and recovers what was pending', async () => {
		const input = join(output, 'month');
		const names = await makeBatch(join(input, 'batch'), 12);
		writeFileSync(join(input, 'batch', 'FT-2025-999.pdf'), 'no PDF');
		await at.stage.sandbox.control('PATCH', '/settings', { async: { pendingPolls: 4 } });
		const file = at.stage.example('month-end', { input, folder: 'month-signed' });
		const execution = await at.stage.run(prepared(file, { options: { waitForCompletion: 1 } }));

		assert.equal(execution.status, 'success', execution.error?.message);
		const written = itemsOf(execution, 'Write Signed');
		assert.equal(written.length, names.length, 'every document is signed in the end');
		assert.ok(itemsOf(execution, 'Recover by Reference').length > 0, 'some had to be recovered');
		const [review, ...others] = itemsOf(execution, 'For a Person');
		assert.deepEqual(others, []);
		assert.match(JSON.stringify(review?.json), /FT-2025-999\.pdf/);
		assert.deepEqual(await countSignatures(at.stage.sandbox), {
			contents: names.length,
			signatures: names.length,
			most: 1,
		});
	});
});

describe('the example that signs, archives and registers', () => {
	it('puts the file where it belongs and its facts into the data table, once per run', async () => {
		const folder = join(output, 'archive');
		mkdirSync(join(folder, '2025', '501234560', 'FT'), { recursive: true });
		const file = at.stage.example('archive', { folder: 'archive' });
		for (const run of [await at.stage.run(file), await at.stage.run(file)]) {
			assert.equal(run.status, 'success', run.error?.message);
			const signed = join(folder, '2025', '501234560', 'FT', 'invoice_signed.pdf');
			const verdict = await verifyPdf(signed, at.stage.caFile);
			assert.ok(verdict.ok, verdict.detail);
			const [row] = itemsOf(run, 'Enter');
			assert.equal(row?.json.reference, '501234560-FT_2025_123');
			assert.match(String(row.json.sha256), /^[0-9a-f]{64}$/);
			assert.equal(row.json.file, signed);
		}
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);
	});
});

describe('the example that checks whether a document is already signed', () => {
	it('signs in the first run, and only finds the signature in the second', async () => {
		const first = await at.stage.run(at.stage.example('already-signed'));
		const second = await at.stage.run(at.stage.example('already-signed'));
		for (const { status, error } of [first, second])
			assert.equal(status, 'success', error?.message);
		assert.equal(itemsOf(first, 'Sign').length, 1);
		assert.deepEqual(itemsOf(second, 'Sign'), []);
		const [found] = itemsOf(second, 'Signed Before');
		assert.equal(found?.json.result, 'signed');
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);
	});
});

describe('the example of several companies', () => {
	it("signs each company's invoices with its own credential, and does not sign those of other companies", async () => {
		const { n8n, sandbox } = at.stage;
		const input = join(output, 'input');
		const credentials = new Map<string, string>();
		for (const client of sandbox.info.clients.filter(({ name }) => name !== 'alpha2')) {
			const name = `SignStash ${client.issuer}`;
			const data = credentialData({ info: sandbox.info, client });
			credentials.set(name, await n8n.createCredential(name, data));
			const folder = join(input, 'companies', client.issuer);
			mkdirSync(folder, { recursive: true });
			copyFileSync(join(documents, 'invoice.pdf'), join(folder, `${client.name}.pdf`));
		}
		const file = at.stage.example('several-companies', { input, folder: 'companies' });
		const nodes = file.nodes.map((node) => {
			const { signStashOAuth2Api: named }: { signStashOAuth2Api?: { name: string } } = Object(
				node.credentials,
			);
			const id = credentials.get(named?.name ?? '');
			return id === undefined || named === undefined
				? node
				: { ...node, credentials: { signStashOAuth2Api: { ...named, id } } };
		});
		const { status, error } = await at.stage.run({ ...file, nodes });
		assert.equal(status, 'success', error?.message);
		const made = await sandbox.get<{ clientId: string; count: number }[]>('/signatures');
		const expected = sandbox.info.clients.filter(({ name }) => name !== 'alpha2');
		assert.deepEqual(
			made.map(({ clientId, count }) => [clientId, count]).sort(),
			expected.map(({ clientId }) => [clientId, 1]).sort(),
		);
		const stranger = join(input, 'companies', '999999990');
		mkdirSync(stranger);
		copyFileSync(join(documents, 'invoice.pdf'), join(stranger, 'stranger.pdf'));
		const other = await at.stage.run({ ...file, nodes });
		assert.match(String(other.error?.message), /issuer '999999990'/);
		assert.equal(await sandbox.signatures(), expected.length);
	});
});

describe('the example of a form', () => {
	it('takes a document and returns it signed', async () => {
		const file = at.stage.example('form-upload');
		await publish(file);
		const trigger = file.nodes.find(({ name }) => name === 'Document Form');
		const browser = await openBrowser();
		try {
			const page = await browser.newPage();
			await openForm(page, `${at.stage.n8n.url}/form/${String(trigger?.webhookId)}`);
			await page.locator('input[type=file]').setInputFiles(join(documents, 'invoice.pdf'));
			const started = page.waitForEvent('download', { timeout: 60_000 });
			await page.getByRole('button', { name: 'Submit' }).click();
			const download = await started;
			const signed = join(output, 'from-form.pdf');
			await download.saveAs(signed);
			assert.equal(download.suggestedFilename(), 'invoice_signed.pdf');
			const verdict = await verifyPdf(signed, at.stage.caFile);
			assert.ok(verdict.ok, verdict.detail);
		} finally {
			await browser.close();
		}
	});
});

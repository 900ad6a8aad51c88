import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { makeMail } from '../../tools/demo/inputs.mts';
import { documents, Stage } from '../../tools/n8n/Stage.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { Editor } from './browser/Editor.mts';
import { openBrowser } from './browser/openBrowser.mts';
import { countSignatures, signaturesReach, signingWorkflow, writeDocuments } from './Counted.mts';

const output = mkdtempSync(join(tmpdir(), 'invoices-'));
/** In a folder that looks the same in every picture, on whichever machine it is taken. */
const invoice = join(output, 'invoice.pdf');
let stage: Stage;
let browser: Browser;
let editor: Editor;

before(async () => {
	stage = await Stage.set(output);
	copyFileSync(join(documents, 'invoice.pdf'), invoice);
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

/** Builds trigger → read → Sign by clicking; the panel of Sign is open at the end. */
async function buildByClicking(files: string): Promise<void> {
	await editor.openWorkflow();
	await editor.add('manual', 'Manual Trigger');
	await editor.add('read/write', 'Read/Write Files from Disk', 'Read File(s) From Disk');
	await editor.fill('File(s) Selector', files);
	await editor.closePanel();
	await editor.add('signstash', 'SignStash', 'Sign document');
}

/** Opens a new credential with Environment Custom from a new Sign step. @returns the correct values of its fields */
async function newCredential(): Promise<Record<string, string>> {
	await buildByClicking(invoice);
	await editor.newCredential();
	await editor.chooseInCredential('Environment', 'Custom');
	const {
		apiBaseUrl = '',
		tokenUrl = '',
		typedClientId = '',
		typedClientSecret = '',
	} = stage.credential.data;
	return {
		'API Base URL': apiBaseUrl,
		'Token URL': tokenUrl,
		'Client ID': typedClientId,
		'Client Secret': typedClientSecret,
	};
}

describe("the node in n8n's node search", () => {
	it('is found by the words that people use, with its four actions, Sign first', async () => {
		await editor.openWorkflow();
		const english = ['signstash', 'sign pdf', 'e-signature', 'invoices', 'certificate', 'stamp'];
		const portuguese = [
			'assinatura',
			'fatura',
			'faturas',
			'fatura eletrónica',
			'fatura eletronica',
			'documentos',
			'certificado',
			'carimbo',
			'nota de crédito',
			'nota de credito',
		];
		for (const words of [...english, ...portuguese])
			assert.ok(await editor.finds(words, 'SignStash'), words);
		await editor.finds('signstash', 'SignStash');
		const actions = await editor.pick('SignStash');
		await editor.picture('actions');
		const own = [
			'Sign document',
			'Recover document by reference',
			'Get operation',
			'Resend email of operation',
		];
		assert.deepEqual(
			actions.filter((action) => own.includes(action)),
			own,
		);
	});

	it('has an icon for the light theme and one for the dark theme', async () => {
		const shown: string[] = [];
		for (const colorScheme of ['light', 'dark'] as const) {
			await editor.page.emulateMedia({ colorScheme });
			await editor.openWorkflow();
			await editor.finds('signstash', 'SignStash');
			const [icon = ''] = await editor.icons();
			const answer = await fetch(new URL(icon, stage.n8n.url));
			assert.match(await answer.text(), /<svg/);
			shown.push(icon);
		}
		await editor.page.emulateMedia({ colorScheme: 'light' });
		assert.equal(new Set(shown).size, 2, shown.join(', '));
	});
});

describe('the credential', () => {
	it('is created from the panel; its test distinguishes a wrong secret from a wrong URL, and passes with the right ones', async () => {
		const right = await newCredential();
		const addresses = ['API Base URL *', 'Look-up URL', 'Token URL *'];
		const account = ['Client ID *', 'Client Secret *'];
		assert.deepEqual(await editor.credentialFields(), ['Environment', ...addresses, ...account]);
		await editor.chooseInCredential('Environment', 'Staging');
		assert.deepEqual(await editor.credentialFields(), ['Environment', ...account]);
		const { 'Client ID': id = '', 'Client Secret': secret = '' } = right;
		await editor.fillCredential({ 'Client ID': id, 'Client Secret': secret });
		await editor.picture('credential');
		await editor.chooseInCredential('Environment', 'Custom');
		await editor.fillCredential({ ...right, 'Client Secret': 'wrong' });
		assert.match(
			String(await editor.saveCredential()),
			/access token: Client authentication failed/,
		);
		await editor.picture('credential-wrong-secret');
		await editor.fillCredential({ ...right, 'API Base URL': `${right['API Base URL']}-not-here` });
		assert.match(String(await editor.saveCredential()), /Check 'Environment', or 'API Base URL'/);
		await editor.fillCredential({
			...right,
			'Client ID': ` ${right['Client ID']} `,
			'Client Secret': `${right['Client Secret']} `,
		});
		assert.equal(await editor.saveCredential(), undefined);
		assert.ok(await editor.executeStep());
	});

	it('of a client service that may not sign says so in its test, and so does the run', async () => {
		const states: Array<[state: string, atTest: RegExp, atRun: RegExp, remedy: RegExp]> = [
			[
				'clientServiceInactive',
				/state of the client service does not allow this \(1\.1\.3\)/,
				/state of the client service does not allow this \(1\.1\.3\)/,
				/backoffice that the client service is active.*not signed this time/s,
			],
			[
				'licenceInactive',
				/licence of the client service may be missing or inactive/,
				/issuer account is inactive.*\(1\.1\.1\)/,
				/Product support activates it.*not signed this time/s,
			],
		];
		const is = async (state: string) => {
			const clients = { [stage.credential.data.typedClientId ?? '']: { [state]: true } };
			await stage.sandbox.control('PATCH', '/settings', { clients });
		};
		const right = await newCredential();
		await editor.fillCredential(right);
		for (const [index, [state, atTest]] of states.entries()) {
			await is(state);
			// n8n saves and tests only what has changed; a slash at the end does no harm.
			await editor.fillCredential({
				'API Base URL': `${right['API Base URL']}${'/'.repeat(index)}`,
			});
			assert.match(String(await editor.saveCredential()), atTest);
		}
		await editor.closeCredential();
		await editor.openNode('Sign document');
		for (const [state, , atRun, remedy] of states) {
			await is(state);
			assert.equal(await editor.executeStep(), false);
			const { message, description } = await editor.fault();
			assert.match(message, atRun);
			assert.match(description, remedy);
		}
		await stage.sandbox.control('POST', '/reset');
		assert.ok(await editor.executeStep());
		assert.equal((await countSignatures(stage.sandbox)).signatures, 1);
	});
});

describe('Sign, by clicking', () => {
	it('signs a PDF with default settings, and the downloaded file contains a valid signature', async () => {
		await buildByClicking(invoice);
		assert.ok(await editor.executeStep());
		await editor.picture('signed');
		const file = await editor.download(output);
		assert.equal(basename(file), 'invoice_signed.pdf');
		const verdict = await verifyPdf(file, stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
	});

	it('signs once, however often the step is executed, in an imported workflow as well', async () => {
		const file = stage.example('sign-pdf-invoice');
		await editor.openWorkflow(await stage.n8n.importWorkflow(file, stage.credential.id));
		await editor.openNode('Sign');
		for (const time of ['first', 'second', 'third'])
			assert.ok(await editor.executeStep(), `the ${time} time`);
		assert.equal((await countSignatures(stage.sandbox)).signatures, 1);
	});

	it('shows the fields that a choice needs, and only those', async () => {
		await buildByClicking(invoice);
		const shows = async (...names: string[]): Promise<boolean[]> => {
			const fields = await editor.fields();
			return names.map((name) => fields.includes(name));
		};
		await editor.picture('sign');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature', 'Placement'), [
			true,
			true,
			false,
		]);
		await editor.toggle('Visible Signature');
		const place = ['Placement', 'Page', 'X (From Left)', 'Y (From Top)'];
		assert.deepEqual(await shows(...place), [true, true, true, true]);
		await editor.choose('Placement', 'Placeholder Word');
		assert.deepEqual(await shows('Placeholder Word', 'X (From Left)'), [true, false]);
		await editor.choose('Signature Type', 'XML or UBL');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature'), [true, false]);
		await editor.choose('Signature Type', 'PDF');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature'), [false, true]);
	});

	it('links to its documentation with an address to which n8n can add its query', async () => {
		await buildByClicking(invoice);
		const docs = editor.page.getByRole('link', { name: 'Docs' }).first();
		assert.match((await docs.getAttribute('href')) ?? '', /^https:[^#]+$/);
	});

	it('offers fields for who gets an email, and whether documents are attached', async () => {
		await buildByClicking(invoice);
		assert.deepEqual(await editor.offered('Email Delivery'), [
			'Attach Documents',
			'Email Receivers',
		]);
	});

	it('explains bad input: what is wrong, which item, and what to do', async () => {
		await buildByClicking(invoice);
		await editor.fill('Input Data Field Name', 'attachment');
		assert.equal(await editor.executeStep(), false);
		const { message, description } = await editor.fault();
		assert.match(message, /'attachment'.*'Input Data Field Name'.*\[item 0\]/s);
		assert.match(description, /'data'.*not sent/s);
		await editor.picture('bad-input');
		assert.equal((await countSignatures(stage.sandbox)).signatures, 0);
	});

	it('shows a hint about the files that a pattern left out', async () => {
		makeMail(join(output, 'mail'));
		const file = stage.example('sign-mail-attachments', { input: output });
		await editor.openWorkflow(await stage.n8n.importWorkflow(file, stage.credential.id));
		await editor.openNode('Sign');
		assert.ok(await editor.executeStep());
		assert.match(await editor.hints(), /mail-logo\.gif|1 file/);
		await editor.picture('hint');
	});
});

describe('a long run', () => {
	/** The default of 'Parallel Requests': one document each. */
	const parallelRequests = 4;

	/** Only calls with an accepted token: n8n may still have one from before the sandbox was reset. */
	const signingCalls = async () =>
		(await stage.sandbox.get<Array<{ on: string; status: number | null }>>('/calls')).filter(
			({ on, status }) => on === 'sign' && status !== 401,
		);

	it('shows its progress, and stops on request', async () => {
		const files = writeDocuments(join(output, 'many'), 300);
		await stage.sandbox.control('PATCH', '/settings', { delay: { perDocumentMs: 50 } });
		const workflow = signingWorkflow('300 documents', files);
		await editor.openWorkflow(await stage.n8n.importWorkflow(workflow, stage.credential.id));
		await editor.run();
		await signaturesReach(stage.sandbox, 60);
		await editor.stop();
		const answered = (await signingCalls()).filter(({ status }) => status !== null).length;
		await editor.runEnds();
		assert.ok(
			editor.said.some((text) => text.includes('50 documents done (300 input items)')),
			editor.said.slice(-3).join('\n'),
		);
		await editor.page.waitForTimeout(2000);
		const all = (await signingCalls()).length;
		// Requests that were already with the service may end; nothing else is sent.
		assert.ok(all - answered <= parallelRequests, `${answered} at Stop, ${all} in the end`);
		const later = await countSignatures(stage.sandbox);
		assert.equal(later.signatures, all);
		assert.equal(later.most, 1);
	});
});

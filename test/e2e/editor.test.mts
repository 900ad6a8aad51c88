import assert from 'node:assert/strict';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { makeMail } from '../../tools/demo/inputs.mts';
import { verifyPdf } from '../../tools/verify/pdf.mts';
import { useEditor } from './browser/useEditor.mts';
import { countSignatures, signaturesReach, signingWorkflow, writeDocuments } from './Counted.mts';

const at = useEditor('invoices', 'invoice.pdf');
const { output } = at;
/** In a folder that looks the same in every picture, on whichever machine it is taken. */
const invoice = join(output, 'invoice.pdf');

/** Builds trigger → read → Sign by clicking; the panel of Sign is open at the end. */
async function buildByClicking(files: string): Promise<void> {
	await at.editor.openWorkflow();
	await at.editor.add('manual', 'Manual Trigger');
	await at.editor.add('read/write', 'Read/Write Files from Disk', 'Read File(s) From Disk');
	await at.editor.fill('File(s) Selector', files);
	await at.editor.closePanel();
	await at.editor.add('signstash', 'SignStash', 'Sign document');
}

/** Opens a new credential with Environment Custom from a new Sign step. @returns the correct values of its fields */
async function newCredential(): Promise<Record<string, string>> {
	await buildByClicking(invoice);
	await at.editor.newCredential();
	await at.editor.chooseInCredential('Environment', 'Custom');
	const {
		apiBaseUrl = '',
		tokenUrl = '',
		typedClientId = '',
		typedClientSecret = '',
	} = at.stage.credential.data;
	return {
		'API Base URL': apiBaseUrl,
		'Token URL': tokenUrl,
		'Client ID': typedClientId,
		'Client Secret': typedClientSecret,
	};
}

describe("the node in n8n's node search", () => {
	it('is found by the words that people use, with its four actions, Sign first', async () => {
		await at.editor.openWorkflow();
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
			assert.ok(await at.editor.finds(words, 'SignStash'), words);
		await at.editor.finds('signstash', 'SignStash');
		const actions = await at.editor.pick('SignStash');
		await at.editor.picture('actions');
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
			await at.editor.page.emulateMedia({ colorScheme });
			await at.editor.openWorkflow();
			await at.editor.finds('signstash', 'SignStash');
			const [icon = ''] = await at.editor.icons();
			const answer = await fetch(new URL(icon, at.stage.n8n.url));
			assert.match(await answer.text(), /<svg/);
			shown.push(icon);
		}
		await at.editor.page.emulateMedia({ colorScheme: 'light' });
		assert.equal(new Set(shown).size, 2, shown.join(', '));
	});
});

describe('the credential', () => {
	it('is created from the panel; its test distinguishes a wrong secret from a wrong URL, and passes with the right ones', async () => {
		const right = await newCredential();
		const addresses = ['API Base URL *', 'Look-up URL', 'Token URL *'];
		const account = ['Client ID *', 'Client Secret *'];
		assert.deepEqual(await at.editor.credentialFields(), ['Environment', ...addresses, ...account]);
		await at.editor.chooseInCredential('Environment', 'Staging');
		assert.deepEqual(await at.editor.credentialFields(), ['Environment', ...account]);
		const { 'Client ID': id = '', 'Client Secret': secret = '' } = right;
		await at.editor.fillCredential({ 'Client ID': id, 'Client Secret': secret });
		await at.editor.picture('credential');
		await at.editor.chooseInCredential('Environment', 'Custom');
		await at.editor.fillCredential({ ...right, 'Client Secret': 'wrong' });
		assert.match(
			String(await at.editor.saveCredential()),
			/access token: Client authentication failed/,
		);
		await at.editor.picture('credential-wrong-secret');
		await at.editor.fillCredential({
			...right,
			'API Base URL': `${right['API Base URL']}-not-here`,
		});
		assert.match(
			String(await at.editor.saveCredential()),
			/Check 'Environment', or 'API Base URL'/,
		);
		await at.editor.fillCredential({
			...right,
			'Client ID': ` ${right['Client ID']} `,
			'Client Secret': `${right['Client Secret']} `,
		});
		assert.equal(await at.editor.saveCredential(), undefined);
		assert.ok(await at.editor.executeStep());
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
			const clients = { [at.stage.credential.data.typedClientId ?? '']: { [state]: true } };
			await at.stage.sandbox.control('PATCH', '/settings', { clients });
		};
		const right = await newCredential();
		await at.editor.fillCredential(right);
		for (const [index, [state, atTest]] of states.entries()) {
			await is(state);
			// n8n saves and tests only what has changed; a slash at the end does no harm.
			await at.editor.fillCredential({
				'API Base URL': `${right['API Base URL']}${'/'.repeat(index)}`,
			});
			assert.match(String(await at.editor.saveCredential()), atTest);
		}
		await at.editor.closeCredential();
		await at.editor.openNode('Sign document');
		for (const [state, , atRun, remedy] of states) {
			await is(state);
			assert.equal(await at.editor.executeStep(), false);
			const { message, description } = await at.editor.fault();
			assert.match(message, atRun);
			assert.match(description, remedy);
		}
		await at.stage.sandbox.control('POST', '/reset');
		assert.ok(await at.editor.executeStep());
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);
	});
});

describe('Sign, by clicking', () => {
	it('signs a PDF with default settings, and the downloaded file contains a valid signature', async () => {
		await buildByClicking(invoice);
		assert.ok(await at.editor.executeStep());
		await at.editor.picture('signed');
		const file = await at.editor.download(output);
		assert.equal(basename(file), 'invoice_signed.pdf');
		const verdict = await verifyPdf(file, at.stage.caFile);
		assert.ok(verdict.ok, verdict.detail);
	});

	it('signs once, however often the step is executed, in an imported workflow as well', async () => {
		const file = at.stage.example('sign-pdf-invoice');
		await at.editor.openWorkflow(await at.stage.n8n.importWorkflow(file, at.stage.credential.id));
		await at.editor.openNode('Sign');
		for (const time of ['first', 'second', 'third'])
			assert.ok(await at.editor.executeStep(), `the ${time} time`);
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 1);
	});

	it('shows the fields that a choice needs, and only those', async () => {
		await buildByClicking(invoice);
		const shows = async (...names: string[]): Promise<boolean[]> => {
			const fields = await at.editor.fields();
			return names.map((name) => fields.includes(name));
		};
		await at.editor.picture('sign');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature', 'Placement'), [
			true,
			true,
			false,
		]);
		await at.editor.toggle('Visible Signature');
		const place = ['Placement', 'Page', 'X (From Left)', 'Y (From Top)'];
		assert.deepEqual(await shows(...place), [true, true, true, true]);
		await at.editor.choose('Placement', 'Placeholder Word');
		assert.deepEqual(await shows('Placeholder Word', 'X (From Left)'), [true, false]);
		await at.editor.choose('Signature Type', 'XML or UBL');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature'), [true, false]);
		await at.editor.choose('Signature Type', 'PDF');
		assert.deepEqual(await shows('UBL Signature', 'Visible Signature'), [false, true]);
	});

	it('links to its documentation with an address to which n8n can add its query', async () => {
		await buildByClicking(invoice);
		const docs = at.editor.page.getByRole('link', { name: 'Docs' }).first();
		assert.match((await docs.getAttribute('href')) ?? '', /^https:[^#]+$/);
	});

	it('offers fields for who gets an email, and whether documents are attached', async () => {
		await buildByClicking(invoice);
		assert.deepEqual(await at.editor.offered('Email Delivery'), [
			'Attach Documents',
			'Email Receivers',
		]);
	});

	it('explains bad input: what is wrong, which item, and what to do', async () => {
		await buildByClicking(invoice);
		await at.editor.fill('Input Data Field Name', 'attachment');
		assert.equal(await at.editor.executeStep(), false);
		const { message, description } = await at.editor.fault();
		assert.match(message, /'attachment'.*'Input Data Field Name'.*\[item 0\]/s);
		assert.match(description, /'data'.*not sent/s);
		await at.editor.picture('bad-input');
		assert.equal((await countSignatures(at.stage.sandbox)).signatures, 0);
	});

	it('shows a hint about the files that a pattern left out', async () => {
		makeMail(join(output, 'mail'));
		const file = at.stage.example('sign-mail-attachments', { input: output });
		await at.editor.openWorkflow(await at.stage.n8n.importWorkflow(file, at.stage.credential.id));
		await at.editor.openNode('Sign');
		assert.ok(await at.editor.executeStep());
		assert.match(await at.editor.hints(), /mail-logo\.gif|1 file/);
		await at.editor.picture('hint');
	});
});

describe('a long run', () => {
	/** The default of 'Parallel Requests': one document each. */
	const parallelRequests = 4;

	/** Only calls with an accepted token: n8n may still have one from before the sandbox was reset. */
	const signingCalls = async () =>
		(await at.stage.sandbox.get<Array<{ on: string; status: number | null }>>('/calls')).filter(
			({ on, status }) => on === 'sign' && status !== 401,
		);

	it('shows its progress, and stops on request', async () => {
		const files = writeDocuments(join(output, 'many'), 300);
		await at.stage.sandbox.control('PATCH', '/settings', { delay: { perDocumentMs: 50 } });
		const workflow = signingWorkflow('300 documents', files);
		await at.editor.openWorkflow(
			await at.stage.n8n.importWorkflow(workflow, at.stage.credential.id),
		);
		await at.editor.run();
		await signaturesReach(at.stage.sandbox, 60);
		await at.editor.stop();
		const answered = (await signingCalls()).filter(({ status }) => status !== null).length;
		await at.editor.runEnds();
		assert.ok(
			at.editor.said.some((text) => text.includes('50 documents done (300 input items)')),
			at.editor.said.slice(-3).join('\n'),
		);
		await at.editor.page.waitForTimeout(2000);
		const all = (await signingCalls()).length;
		// Requests that were already with the service may end; nothing else is sent.
		assert.ok(all - answered <= parallelRequests, `${answered} at Stop, ${all} in the end`);
		const later = await countSignatures(at.stage.sandbox);
		assert.equal(later.signatures, all);
		assert.equal(later.most, 1);
	});
});

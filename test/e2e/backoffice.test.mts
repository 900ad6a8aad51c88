import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { openBrowser } from './browser/openBrowser.mts';

let sandbox: Sandbox;
let browser: Browser;
let page: Page;
const faults: string[] = [];

before(async () => {
	sandbox = await Sandbox.start();
	browser = await openBrowser();
	page = await browser.newPage();
	page.on('pageerror', ({ message }) => faults.push(message));
	page.on('console', (said) => said.type() === 'error' && faults.push(said.text()));
	await page.goto(sandbox.info.backofficeUrl);
});
after(async () => {
	await browser.close();
	await sandbox.stop();
});

/** Calls the sandbox as a client service would. */
async function call(path: string, init: RequestInit = {}): Promise<unknown> {
	const { client, info } = sandbox;
	const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64');
	const granted = await fetch(info.tokenUrl, {
		method: 'POST',
		headers: { authorization: `Basic ${basic}` },
		body: new URLSearchParams({ grant_type: 'client_credentials' }),
	});
	const { access_token: token }: { access_token: string } = await granted.json();
	const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
	const answer = await fetch(info.baseUrl + path, { ...init, headers });
	return await answer.json();
}

async function sign(externalReference: string): Promise<unknown> {
	const documentRequest = {
		externalReference,
		name: 'fatura.xml',
		contentType: 'text/xml',
		base64Content: Buffer.from('<Invoice/>').toString('base64'),
	};
	const body = JSON.stringify({
		externalReference,
		description: 'A document',
		documents: [{ documentRequest, signatureInfo: { signatureType: 'XAdES' } }],
		preservationInfo: {
			preserveContent: false,
			deliveryInfo: { personReceiver: [{ email: 'ana@example.com', deliveryStatus: 'SENT' }] },
		},
	});
	return await call('/api/v0/document/sign/base64/', { method: 'POST', body });
}

const cell = (text: string) => page.getByRole('cell', { name: text, exact: true }).first();

describe('the backoffice of the sandbox, in a browser', () => {
	it('shows operations, documents, emails and calls as they come in', async () => {
		await page.getByText('No operation yet.').waitFor();
		await sign('FT_1');
		for (const text of ['EXECUTED', 'fatura.xml', 'FT_1', 'SIGNED', 'ana@example.com'])
			await cell(text).waitFor();
		await call('/api/v0/operation/id/withDocumentExternalReference/FT_1');
		await cell('lookup').waitFor();
	});

	it('arms a fault with a click, shows it, and the next call runs into it', async () => {
		await page.getByRole('button', { name: 'Break the connection after signing' }).click();
		const armed = 'The next signing request: the sandbox breaks the connection after signing.';
		await page.getByText(armed).waitFor();
		await assert.rejects(sign('FT_2'));
		await cell('FT_2').waitFor();
		await page.getByText(armed).waitFor({ state: 'detached' });
		const signed: Array<{ externalReference: string }> = await sandbox.get('/signatures');
		assert.ok(signed.some(({ externalReference }) => externalReference === 'FT_2'));
	});

	it('breaks no words in its tables, even on a narrow screen, except references without spaces', async () => {
		const reference = `PRT.501234560-PRT.505555550-${'0123456789abcdef'.repeat(6)}`;
		await sign(reference);
		await cell(reference).waitFor();
		await page.setViewportSize({ width: 480, height: 800 });
		const broken = await page.locator('th, td').evaluateAll((cells) =>
			cells.flatMap(({ firstChild: text }) => {
				if (!(text instanceof Text)) return [];
				const range = document.createRange();
				return [...text.data.matchAll(/\S+/g)].flatMap(({ 0: word, index }) => {
					range.setStart(text, index);
					range.setEnd(text, index + word.length);
					return range.getClientRects().length > 1 && word.length < 24 ? [word] : [];
				});
			}),
		);
		assert.deepEqual(broken, []);
		await page.setViewportSize({ width: 1280, height: 720 });
	});

	it('says that a refused secret takes effect with the next token', async () => {
		await page.getByRole('button', { name: 'Secret refused, from the next token on' }).waitFor();
	});

	it('switches a lasting fault on, and all of them off', async () => {
		const one = page.getByRole('button', { name: 'No certificate' });
		await one.click();
		await page.locator('button[aria-pressed=true]', { hasText: 'No certificate' }).waitFor();
		await sign('FT_3');
		await cell('INVALID_CERT_ACCESS_ACCOUNT').waitFor();
		await page.getByRole('button', { name: 'Switch all faults off' }).click();
		await page.locator('button[aria-pressed=false]', { hasText: 'No certificate' }).waitFor();
		await sign('FT_4');
		const documents: Array<{ signStatus: string }> = await sandbox.get('/documents');
		assert.equal(documents.at(-1)?.signStatus, 'SIGNED');
	});

	it('puts the sandbox into another world', async () => {
		await page.getByText('Worlds', { exact: true }).click();
		const saved = page.waitForResponse((answer) => answer.request().method() === 'PATCH');
		await page.locator('select[name=unknown-reference]').selectOption('code-500');
		await saved;
		const { world } = await sandbox.get<{ world: Record<string, string> }>('/settings');
		assert.equal(world['unknown-reference'], 'code-500');
		await page.getByRole('button', { name: 'Forget all operations' }).click();
		await page.getByText('No operation yet.').waitFor();
	});

	it('causes no errors in the browser, and says when the sandbox is gone', async () => {
		assert.deepEqual(faults, []);
		await sandbox.stop();
		await page.getByRole('alert').waitFor();
	});
});

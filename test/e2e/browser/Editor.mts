import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page, Response } from 'playwright-core';
import { owner } from '../../../tools/n8n/N8nRest.mts';
import { places } from './places.mts';

const pictures = process.env.SIGNSTASH_PICTURES;

/** The id of the execution in an answer from n8n; undefined when it contains something else. */
const executionIn = (answer: Response): string | undefined =>
	/\/rest\/executions\/(\d+)$/.exec(answer.url())?.[1];

async function dataOf<Data>(answer: Response): Promise<Data> {
	const { data } = (await answer.json()) as { data: Data };
	return data;
}

/** How long the editor may take for one step, including a run of a node, in milliseconds. */
const patienceMs = 30_000;

/** n8n's editor as a person uses it: by what it shows, with fields by their display names. */
export class Editor {
	readonly page: Page;
	readonly #url: string;
	/** What the editor has written to the browser's console. */
	readonly said: string[] = [];
	/**
	 * Executions as the editor read them once they had ended. Until then it shows the result of the previous one,
	 * even after n8n has started the next.
	 */
	readonly #ended = new Map<string, Response>();

	private constructor(page: Page, url: string) {
		this.page = page;
		this.#url = url;
		page.on('console', (message) => this.said.push(message.text()));
		page.on('response', (answer) => {
			const execution = executionIn(answer);
			if (execution !== undefined) this.#ended.set(execution, answer);
		});
	}

	/** Logs in as the owner of a throw-away n8n. */
	static async open(browser: Browser, url: string): Promise<Editor> {
		const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
		page.setDefaultTimeout(patienceMs);
		const editor = new Editor(page, url);
		await page.goto(`${url}/signin`);
		// By name: in n8n 1.123 the labels are not linked to the fields.
		await page.locator('input[name="emailOrLdapLoginId"]').fill(owner.email);
		await page.locator('input[name="password"]').fill(owner.password);
		await page.getByRole('button', { name: 'Sign in' }).click();
		await page.waitForURL('**/home/**');
		return editor;
	}

	#at(place: keyof typeof places): Locator {
		return this.page.locator(`[data-test-id="${places[place]}"]`).filter({ visible: true });
	}

	/** Opens a workflow by its id, or a new one. */
	async openWorkflow(id = 'new'): Promise<void> {
		await this.page.goto(`${this.#url}/workflow/${id}`);
		await this.#at('addNode').waitFor();
	}

	/** Types into the node search. @returns whether it finds a node of this name within five seconds */
	async finds(text: string, name: string): Promise<boolean> {
		if (!(await this.#at('search').isVisible())) await this.#at('addNode').click();
		await this.#at('search').fill(text);
		const found = this.#at('found').getByText(name, { exact: true }).first();
		return await found.waitFor({ timeout: 5000 }).then(
			() => true,
			() => false,
		);
	}

	/** Clicks one of the names that the search shows. @returns the names that are shown after that */
	async pick(name: string): Promise<string[]> {
		await this.#at('found').getByText(name, { exact: true }).first().click();
		await this.page.waitForTimeout(500);
		return await this.#at('found').allTextContents();
	}

	/** Adds a node by search term, name, and action if it has any; its panel opens after that. */
	async add(search: string, name: string, action?: string): Promise<void> {
		await this.finds(search, name);
		await this.pick(name);
		if (action === undefined) return;
		await this.pick(action);
		await this.#at('panel').waitFor();
	}

	/** The addresses of the icons that the search shows. */
	async icons(): Promise<string[]> {
		const images = this.page.locator('img[src*="/icons/n8n-nodes-signstash/"]');
		await images.first().waitFor();
		return await images.evaluateAll((all) => all.map((image) => image.getAttribute('src') ?? ''));
	}

	/** The display names of the fields that the panel shows, top to bottom. */
	async fields(): Promise<string[]> {
		const labels = this.#at('parameters').locator('label').filter({ visible: true });
		const texts = await labels.allInnerTexts();
		return texts.map((text) => text.split('\n')[0]?.trim() ?? '').filter((text) => text !== '');
	}

	#field(name: string): Locator {
		const starts = new RegExp(`^\\s*${name.replace(/[()]/g, '\\$&')}(?! Details)`);
		return this.#at('parameters').locator(`[data-test-id="${places.parameter}"]`).filter({
			hasText: starts,
		});
	}

	async fill(name: string, value: string): Promise<void> {
		await this.#field(name).last().locator('input, textarea').first().fill(value);
	}

	/** Picks one of a field's values by its name. */
	async choose(name: string, value: string): Promise<void> {
		await this.#field(name).last().locator('input').first().click();
		await this.#pickOption(value);
	}

	/** The values that a field offers, by their names. */
	async choices(name: string): Promise<string[]> {
		await this.#field(name).last().locator('input').first().click();
		await this.#at('option').first().waitFor();
		const texts = await this.#at('option').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return texts.map((text) => text.trim().split('\n')[0] ?? '');
	}

	async #pickOption(value: string): Promise<void> {
		await this.#at('option')
			.filter({ hasText: new RegExp(`^\\s*${value}`) })
			.first()
			.click();
	}

	async toggle(name: string): Promise<void> {
		await this.#field(name).last().locator('.el-switch, [role=switch]').first().click();
	}

	/** The names that a collection's button offers. */
	async offered(collection: string): Promise<string[]> {
		await this.#field(collection).first().locator(`[data-test-id="${places.addField}"]`).click();
		await this.#at('fieldToAdd').first().waitFor();
		const names = await this.#at('fieldToAdd').allInnerTexts();
		await this.page.keyboard.press('Escape');
		return names.map((name) => name.trim());
	}

	async closePanel(): Promise<void> {
		await this.#at('close').click();
		await this.#at('panel').waitFor({ state: 'hidden' });
	}

	/** Opens the panel of a node in the workflow. */
	async openNode(name: string): Promise<void> {
		await this.#at('node').filter({ hasText: name }).first().dblclick();
		await this.#at('panel').waitFor();
	}

	/** Executes the step whose panel is open, and waits for its end. @returns whether it ended well */
	async executeStep(): Promise<boolean> {
		const answered = this.page.waitForResponse((answer) => answer.url().endsWith('/run'));
		await this.#at('execute').click();
		const { executionId } = await dataOf<{ executionId: string }>(await answered);
		const ended =
			this.#ended.get(executionId) ??
			(await this.page.waitForResponse((answer) => executionIn(answer) === executionId));
		const { status } = await dataOf<{ status: string }>(ended);
		const success = '[data-test-id="node-run-status-success"]';
		const failure = `[data-test-id^="node-run-status-"]:not(${success})`;
		const shown = this.page.locator(status === 'success' ? success : failure);
		await shown.filter({ visible: true }).first().waitFor();
		return status === 'success';
	}

	/** The first file in the output of the open panel's node, saved as a browser does. */
	async download(folder: string): Promise<string> {
		const output = this.#at('output');
		await output.locator(`[data-test-id="${places.asBinary}"]`).click();
		const started = this.page.waitForEvent('download');
		await output.locator(`[data-test-id="${places.download}"]`).first().click();
		const download = await started;
		const file = join(folder, download.suggestedFilename());
		await download.saveAs(file);
		return file;
	}

	/** The columns of the output's table, from the left. */
	async columns(): Promise<string[]> {
		const output = this.#at('output');
		const asTable = output.locator(`[data-test-id="${places.asTable}"]`);
		if (await asTable.isVisible()) await asTable.click();
		await output.locator('th').first().waitFor();
		const texts = await output.locator('th').allInnerTexts();
		return texts.map((text) => text.trim()).filter((text) => text !== '');
	}

	/** What the open panel says about a failed step: what happened, and what to do. */
	async fault(): Promise<{ message: string; description: string }> {
		return {
			message: await this.#at('errorMessage').innerText(),
			description: await this.#at('errorDescription').innerText(),
		};
	}

	async hints(): Promise<string> {
		return await this.#at('output').locator(`[data-test-id="${places.hints}"]`).innerText();
	}

	/** Runs the whole workflow without waiting for its end. */
	async run(): Promise<void> {
		await this.#at('run').first().click();
		await this.#at('stop').waitFor();
	}

	/** Stops a run, and waits for n8n's answer: by then the node has been notified. */
	async stop(): Promise<void> {
		const answered = this.page.waitForResponse((answer) => answer.url().endsWith('/stop'));
		await this.#at('stop').click();
		await answered;
	}

	/** Waits until the editor shows that the run has ended. */
	async runEnds(): Promise<void> {
		await this.#at('stop').waitFor({ state: 'hidden' });
	}

	/** Opens a new credential from the panel of a node. */
	async newCredential(): Promise<void> {
		await this.#at('credentials').click();
		await this.#at('newCredential').click();
		await this.#at('credential').waitFor();
	}

	#credentialField(name: string): Locator {
		const starts = new RegExp(`^\\s*${name}`);
		return this.#at('credential')
			.locator(`[data-test-id="${places.credentialField}"]`)
			.filter({ hasText: starts });
	}

	/** The display names of the credential's fields, top to bottom; `*` marks the required ones. */
	async credentialFields(): Promise<string[]> {
		const labels = this.#credentialField('').locator('label');
		return (await labels.allInnerTexts()).map((text) => text.split('\n')[0]?.trim() ?? '');
	}

	async fillCredential(values: Record<string, string>): Promise<void> {
		for (const [name, value] of Object.entries(values))
			await this.#credentialField(name).locator('input').fill(value);
	}

	async chooseInCredential(name: string, value: string): Promise<void> {
		await this.#credentialField(name).locator('input').click();
		await this.#pickOption(value);
	}

	/** Saves the credential, which tests it. @returns the message when the test fails, otherwise nothing */
	async saveCredential(): Promise<string | undefined> {
		const tested = this.page.waitForResponse((answer) =>
			answer.url().endsWith('/rest/credentials/test'),
		);
		await this.#at('saveCredential').click();
		const { data }: { data: { status: string; message: string } } = await (await tested).json();
		if (data.status === 'OK') return undefined;
		const dialog = this.#at('credential');
		await dialog.getByText('Couldn’t connect with these settings').waitFor();
		const more = dialog.getByText('More details');
		if (await more.isVisible()) await more.click();
		return await dialog.getByText(data.message).innerText();
	}

	/** Closes a credential and the panel behind it. */
	async closeCredential(): Promise<void> {
		await this.page.keyboard.press('Escape');
		await this.#at('credential').waitFor({ state: 'hidden' });
	}

	/** Saves what is visible as a picture for the docs, when pictures are being made. */
	async picture(name: string): Promise<void> {
		if (pictures === undefined) return;
		mkdirSync(pictures, { recursive: true });
		await this.page.waitForTimeout(500);
		await this.page.screenshot({ path: join(pictures, `${name}.png`) });
	}
}

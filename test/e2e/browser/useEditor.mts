import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach } from 'node:test';
import type { Browser } from 'playwright-core';
import { documents, Stage } from '../../../tools/n8n/Stage.mts';
import { Editor } from './Editor.mts';
import { openBrowser } from './openBrowser.mts';

/** A stage with n8n's editor open in a browser; all of it exists while tests run. */
export interface EditorInUse {
	/** A folder that n8n may read and write. */
	output: string;
	stage: Stage;
	browser: Browser;
	editor: Editor;
}

/**
 * Sets the stage and opens the editor before the tests of a file, and resets the sandbox before each.
 * @param inputs example documents that are copied into the folder
 */
export function useEditor(name: string, ...inputs: string[]): EditorInUse {
	const output = mkdtempSync(join(tmpdir(), `${name}-`));
	let inUse: Omit<EditorInUse, 'output'> | undefined;
	const opened = () => {
		if (inUse === undefined) throw new Error('the editor is opened before the first test');
		return inUse;
	};
	before(async () => {
		const stage = await Stage.set(output);
		for (const input of inputs) copyFileSync(join(documents, input), join(output, input));
		const browser = await openBrowser();
		inUse = { stage, browser, editor: await Editor.open(browser, stage.n8n.url) };
	});
	after(async () => {
		await inUse?.browser.close();
		await inUse?.stage.close();
		rmSync(output, { recursive: true, force: true });
	});
	beforeEach(async () => {
		await opened().stage.sandbox.control('POST', '/reset');
	});
	return {
		output,
		get stage() {
			return opened().stage;
		},
		get browser() {
			return opened().browser;
		},
		get editor() {
			return opened().editor;
		},
	};
}

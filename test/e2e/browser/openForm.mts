import type { Page } from 'playwright-core';

/** Opens the form of a workflow that was just published: its page may be missing at first. */
export async function openForm(page: Page, url: string): Promise<void> {
	for (let attempt = 0; attempt < 50; attempt++) {
		await page.goto(url);
		const answered = page.locator('input[type=file]').waitFor({ timeout: 1000 });
		if (await answered.then(() => true).catch(() => false)) return;
	}
	throw new Error(`no form answers at ${url}`);
}

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Chromium is on Debian, and on machines that brought their own; CHROMIUM names another. */
const places = [
	process.env.CHROMIUM ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws when this machine has no Chromium, saying how to get one */
export async function openBrowser(): Promise<Browser> {
	const executablePath = places.find((path) => path !== '' && existsSync(path));
	if (executablePath === undefined)
		throw new Error('Chromium is missing: apt-get install chromium, or name it in CHROMIUM');
	// Chromium refuses its own sandbox to root, and root is who runs CI's container.
	const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return await chromium.launch({ executablePath, args });
}

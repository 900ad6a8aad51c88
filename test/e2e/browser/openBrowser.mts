import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Chromium is on Debian and where other browsers are installed; CHROMIUM names another one. */
const places = [
	process.env.CHROMIUM ?? '',
	'/usr/bin/chromium',
	'/usr/bin/chromium-browser',
	'/usr/bin/google-chrome',
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** @throws when this machine has no Chromium; the message says how to get it */
export async function openBrowser(): Promise<Browser> {
	const executablePath = places.find((path) => path !== '' && existsSync(path));
	if (executablePath === undefined)
		throw new Error('Chromium is missing: apt-get install chromium, or name it in CHROMIUM');
	// Chromium refuses to use its sandbox as root, and CI's container runs as root.
	const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	return await chromium.launch({ executablePath, args });
}

import { lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ensureInstalled } from '../npm/ensureInstalled.mts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'install');

/**
 * Makes sure that n8n's linter and its package scanner are installed, in a separate folder: one of their
 * packages has an install script that rejects npm, and npm 10 has no option to skip it.
 *
 * @returns the folder that has them in `node_modules`
 */
export async function ensureN8nTools(): Promise<string> {
	await ensureInstalled({
		folder,
		name: "n8n's linter and scanner",
		duration: 'half a minute',
		needs: { diskBytes: 0.8e9, programs: [] },
		native: [],
	});
	linkCli();
	return folder;
}

/**
 * n8n's stock eslint.config.mjs is in the top folder, must not be changed, and imports `@n8n/node-cli/eslint`.
 * This link makes that name lead to the separate folder. npm removes the link whenever it installs.
 */
function linkCli(): void {
	const name = join('node_modules', '@n8n', 'node-cli');
	const link = join(root, name);
	if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
	rmSync(link, { recursive: true, force: true });
	mkdirSync(dirname(link), { recursive: true });
	symlinkSync(relative(dirname(link), join(folder, name)), link, 'dir');
}

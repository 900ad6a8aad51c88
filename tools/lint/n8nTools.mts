import { lstatSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ensureInstalled } from '../npm/ensureInstalled.mts';

const root = join(import.meta.dirname, '..', '..');
const folder = join(import.meta.dirname, 'install');

/**
 * Makes sure that n8n's linter and its package scanner are installed, in a folder of their own: one of their
 * packages has an install script that refuses npm, and npm 10 cannot be told to leave it out.
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
 * n8n's stock eslint.config.mjs stands at the top, must not be changed, and imports `@n8n/node-cli/eslint`:
 * that name leads to the folder of its own from here on. npm takes the link away whenever it installs.
 */
function linkCli(): void {
	const name = join('node_modules', '@n8n', 'node-cli');
	const link = join(root, name);
	if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink()) return;
	rmSync(link, { recursive: true, force: true });
	mkdirSync(dirname(link), { recursive: true });
	symlinkSync(relative(dirname(link), join(folder, name)), link, 'dir');
}

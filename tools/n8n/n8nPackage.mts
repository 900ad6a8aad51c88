import { join } from 'node:path';
import { ensureInstalled } from '../npm/ensureInstalled.mts';
import { compilers } from '../npm/machine.mts';
import { root } from './root.mts';

/**
 * How any version of n8n is installed, and what that needs. Install scripts stay off, because its Kafka client's
 * script downloads files; only the database driver needs its script.
 */
export const howN8nInstalls = {
	duration: 'a few minutes',
	needs: { diskBytes: 3.5e9, programs: compilers },
	native: ['sqlite3'],
} as const;

/** The path of the program of the n8n in this folder. */
export const programIn = (folder: string): string =>
	join(folder, 'node_modules', 'n8n', 'bin', 'n8n');

/**
 * Makes sure that the real n8n is installed in its own folder. SIGNSTASH_N8N names the program of another
 * version, which `npm run compat` has installed.
 *
 * @returns the path of n8n's program, to be run by this Node
 */
export async function ensureN8n(): Promise<string> {
	const other = process.env.SIGNSTASH_N8N;
	if (other !== undefined) return other;
	const folder = join(root, 'tools', 'n8n', 'install');
	await ensureInstalled({ folder, name: 'n8n', ...howN8nInstalls });
	return programIn(folder);
}

import { join } from 'node:path';
import { ensureInstalled } from '../npm/ensureInstalled.mts';
import { compilers } from '../npm/machine.mts';
import { root } from './root.mts';

/**
 * How any version of n8n is installed, and what that takes. Scripts stay off, as its Kafka client's downloads;
 * only the database driver needs its own.
 */
export const howN8nInstalls = {
	duration: 'a few minutes',
	needs: { diskBytes: 3.5e9, programs: compilers },
	native: ['sqlite3'],
} as const;

/** The program of the n8n that is installed in this folder. */
export const programIn = (folder: string): string =>
	join(folder, 'node_modules', 'n8n', 'bin', 'n8n');

/**
 * Makes sure that the real n8n is installed in its own folder. SIGNSTASH_N8N names the program of
 * another one, which `npm run compat` has installed.
 *
 * @returns n8n's program, to be run by this Node
 */
export async function ensureN8n(): Promise<string> {
	const other = process.env.SIGNSTASH_N8N;
	if (other !== undefined) return other;
	const folder = join(root, 'tools', 'n8n', 'install');
	await ensureInstalled({ folder, name: 'n8n', ...howN8nInstalls });
	return programIn(folder);
}

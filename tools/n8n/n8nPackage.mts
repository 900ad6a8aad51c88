import { join } from 'node:path';
import { ensureInstalled } from '../npm/ensureInstalled.mts';
import { compilers } from '../npm/machine.mts';
import { root } from './root.mts';

/** Its Kafka client's install script downloads, so scripts stay off; sqlite3 alone is built. */
const steps = [
	['ci', '--ignore-scripts'],
	['rebuild', 'sqlite3'],
];

/** What any version of n8n takes of the machine, and how long. */
export const n8nNeeds = {
	duration: 'a few minutes',
	needs: { diskBytes: 3.5e9, programs: compilers },
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
	await ensureInstalled({ folder, name: 'n8n', ...n8nNeeds, steps });
	return programIn(folder);
}

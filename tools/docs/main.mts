/** Writes and checks the docs: `npm run docs -- VERB`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { verbs } from './verbs.mts';

const root = join(import.meta.dirname, '..', '..');
const [asked = ''] = process.argv.slice(2);
const verb = verbs[asked];
if (verb === undefined) {
	const lines = Object.entries(verbs).map(([name, { does }]) => `  ${name.padEnd(9)} ${does}`);
	console.error(`usage: npm run docs -- VERB\n${lines.join('\n')}`);
	process.exit(2);
}
const { status } = spawnSync(process.execPath, verb.args, {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, ...verb.env },
});
process.exitCode = status ?? 1;

/** Runs n8n's own tool for node packages: `node tools/lint/n8nNode.mts lint`, or `dev`, or `release`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureN8nTools } from './n8nTools.mts';

const folder = await ensureN8nTools();
const cli = join(folder, 'node_modules', '@n8n', 'node-cli', 'bin', 'n8n-node.mjs');
const { status } = spawnSync(process.execPath, [cli, ...process.argv.slice(2)], {
	stdio: 'inherit',
});
process.exitCode = status ?? 1;

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mts';

const folder = join(root, 'tools', 'n8n', 'install');
const stamp = join(folder, 'node_modules', '.signstash-stamp');

/** Its Kafka client's install script downloads, so scripts stay off; sqlite3 alone is built here. */
const steps = [
	['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
	['rebuild', 'sqlite3', '--loglevel=error'],
];

/**
 * Makes sure that the real n8n is installed in its own folder; kept between runs while its lock
 * file stays. SIGNSTASH_N8N names the program of another one, which `npm run compat` has installed.
 *
 * @returns n8n's program, to be run by this Node
 * @throws when npm fails, saying what n8n needs
 */
export async function ensureN8n(): Promise<string> {
	const other = process.env.SIGNSTASH_N8N;
	if (other !== undefined) return other;
	const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return program;
	console.log('Installing n8n into tools/n8n/install: about 2.9 GB and a few minutes, once.');
	rmSync(stamp, { force: true });
	for (const step of steps) await npm(step);
	writeFileSync(stamp, lockHash());
	return program;
}

function lockHash(): string {
	return createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
}

async function npm(step: string[]): Promise<void> {
	console.log(`  npm ${step.join(' ')} …`);
	const started = Date.now();
	const sign = setInterval(() => {
		console.log(`  … ${Math.round((Date.now() - started) / 1000)} s`);
	}, 20_000);
	const child = spawn('npm', step, { cwd: folder, stdio: 'inherit', env: npmEnvironment() });
	const [status] = await once(child, 'exit').finally(() => clearInterval(sign));
	if (status === 0) return;
	throw new Error(
		`n8n could not be installed: npm ${step[0]} ended with ${status} in tools/n8n/install. It needs 3 GB ` +
			'of disk, the npm registry, and python3, make and g++ for its database driver. ' +
			'Run the command again to carry on.',
	);
}

/** Native code has to be built by the Node that runs n8n: the one that runs this. */
function npmEnvironment(): NodeJS.ProcessEnv {
	const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
	return { ...process.env, PATH: path };
}

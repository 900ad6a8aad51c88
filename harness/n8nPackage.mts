import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mts';

const folder = join(root, 'harness', 'n8n');
const stamp = join(folder, 'node_modules', '.signstash-stamp');

function lockHash(): string {
	return createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.digest('hex');
}

/** Its Kafka client's install script downloads, so scripts stay off; sqlite3 alone is built here. */
const steps = [
	['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
	['rebuild', 'sqlite3', '--loglevel=error'],
];

/** Makes sure that the real n8n is installed in its own folder; kept between runs while its lock file stays. */
export function ensureN8n(): string {
	const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return program;
	console.log('Installing n8n into harness/n8n: about 2.9 GB and a few minutes, once.');
	for (const step of steps) {
		console.log(`  npm ${step.join(' ')} …`);
		const { status } = spawnSync('npm', step, {
			cwd: folder,
			stdio: 'inherit',
			env: npmEnvironment(),
		});
		if (status !== 0)
			throw new Error(`npm ${step[0]} did not work in harness/n8n (exit ${status})`);
	}
	writeFileSync(stamp, lockHash());
	return program;
}

/** Native code has to be built by the Node that runs n8n: the one that runs this. */
function npmEnvironment(): NodeJS.ProcessEnv {
	const path = `${join(root, 'node_modules', '.bin')}:${process.env.PATH}`;
	return { ...process.env, PATH: path };
}

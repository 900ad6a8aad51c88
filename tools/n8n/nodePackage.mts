import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mts';

/** Where an n8n with this user folder keeps its community packages. */
export const packagesOf = (home: string): string => join(home, '.n8n', 'nodes', 'node_modules');

/** Builds and packs the node and unpacks the tarball where n8n keeps community packages. */
export function installNode(home: string): void {
	const target = join(packagesOf(home), 'n8n-nodes-signstash');
	rmSync(target, { recursive: true, force: true });
	mkdirSync(target, { recursive: true });
	execFileSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit' });
	const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', home], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{ filename }]: [{ filename: string }] = JSON.parse(packed);
	const tarball = join(home, filename);
	execFileSync('tar', ['-xzf', tarball, '-C', target, '--strip-components=1']);
	rmSync(tarball);
}

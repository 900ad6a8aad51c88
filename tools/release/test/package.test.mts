import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';

const root = join(import.meta.dirname, '..', '..', '..');

/** The files that name the owner. */
const owned = [
	'LICENSE',
	'package.json',
	'credentials/SignStashOAuth2Api.credentials.ts',
	'nodes/SignStash/SignStash.node.json',
];

/** What such a file says as long as the package has no owner. */
const nobodys =
	'n8n-nodes-signstash contributors <maintainers@n8n-nodes-signstash.example> ' +
	'github.com/n8n-nodes-signstash/n8n-nodes-signstash';

interface Packed {
	files: Array<{ path: string }>;
}

describe('the package', () => {
	it('contains what runs and nothing else', () => {
		const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
			cwd: root,
			encoding: 'utf8',
			stdio: ['ignore', 'pipe', 'ignore'],
		});
		const [packed]: Packed[] = JSON.parse(listed);
		const paths = packed?.files.map(({ path }) => path) ?? [];
		const expected = [
			/^(README\.md|CHANGELOG\.md|LICENSE|package\.json|index\.js)$/,
			/^dist\/(nodes|credentials)\/.+\.(js|d\.ts|json|svg)$/,
		];
		assert.ok(paths.includes('dist/nodes/SignStash/SignStash.node.js'));
		assert.deepEqual(
			paths.filter((path) => !expected.some((one) => one.test(path))),
			[],
		);
	});

	it('cannot be released while it has no owner', () => {
		const { author }: { author: { email: string } } = JSON.parse(
			readFileSync(join(root, 'package.json'), 'utf8'),
		);
		const check = () =>
			execFileSync(process.execPath, ['tools/release/identity.mts', '--check'], {
				cwd: root,
				stdio: 'pipe',
			});
		if (author.email.endsWith('.example')) assert.throws(check, /placeholder/);
		else assert.doesNotThrow(check);
	});

	it('gets its owner everywhere with one command', () => {
		const copy = mkdtempSync(join(tmpdir(), 'signstash-identity-'));
		for (const file of owned) {
			mkdirSync(dirname(join(copy, file)), { recursive: true });
			writeFileSync(join(copy, file), nobodys);
		}
		const script = join(root, 'tools', 'release', 'identity.mts');
		const run = (...args: string[]) =>
			execFileSync(process.execPath, [script, ...args], { cwd: copy, stdio: 'pipe' });
		const owner = ['--name', 'Ana', '--email', 'ana@x.pt', '--repository', 'ana/signstash'];
		assert.throws(() => run('--name', 'Ana'), /usage/);
		run(...owner);
		run('--check');
		const text = owned.map((file) => readFileSync(join(copy, file), 'utf8')).join('\n');
		const named = text.match(/Ana <ana@x\.pt> github\.com\/ana\/signstash/g);
		assert.equal(named?.length, owned.length);
		rmSync(copy, { recursive: true });
	});

	it('names files that exist', () => {
		const { n8n }: { n8n: { nodes: string[]; credentials: string[] } } = JSON.parse(
			readFileSync(join(root, 'package.json'), 'utf8'),
		);
		for (const file of [...n8n.nodes, ...n8n.credentials])
			assert.ok(existsSync(join(root, file)), file);
	});
});

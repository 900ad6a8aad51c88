import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { ensureInstalled } from '../../tools/npm/ensureInstalled.mts';
import { compilers } from '../../tools/npm/machine.mts';

/**
 * The first step on a fresh machine: `npm ci`, with the npm that comes with its Node. Needs the
 * npm registry, so it is not part of `npm test`.
 */
const root = join(import.meta.dirname, '..', '..');
// Spaces and non-ASCII letters, as in people's folders.
const workplace = join(mkdtempSync(join(tmpdir(), 'signstash-install-')), 'Código de Conceição');
after(() => rmSync(join(workplace, '..'), { recursive: true, force: true }));

/** The folders with their own lock file, and whether their packages' scripts stay off. */
const packages = [
	{ folder: '.', flags: [] },
	{ folder: 'tools/n8n/install', flags: ['--ignore-scripts'] },
	{ folder: 'tools/lint/install', flags: ['--ignore-scripts'] },
];

/** Node 20 and 22 come with npm 10, Node 24 with npm 11. */
const npms = ['10', '11'];

/** npm 11 omits entries that npm 10 looks for, and npm 10 may need a second run for a stable result. */
const remedy =
	"'npx npm@10 install --package-lock-only --ignore-scripts', run twice, writes one for both";

function copyOf(folder: string): string {
	const copy = join(workplace, folder);
	mkdirSync(copy, { recursive: true });
	for (const file of ['package.json', 'package-lock.json'])
		copyFileSync(join(root, folder, file), join(copy, file));
	return copy;
}

/** Runs one major version of npm. @returns its output if it failed */
function npm(version: string, cwd: string, ...args: string[]): string {
	const call = ['--yes', `npm@${version}`, ...args, '--no-audit', '--no-fund', '--loglevel=error'];
	const { status, stdout, stderr } = spawnSync('npx', call, { cwd, encoding: 'utf8' });
	return status === 0 ? '' : `${stdout}${stderr}`;
}

describe('the lock files', () => {
	for (const { folder, flags } of packages)
		for (const version of npms)
			it(`of ${folder === '.' ? 'the package' : folder} are accepted by npm ${version}`, () => {
				const refusal = npm(version, copyOf(folder), 'ci', '--dry-run', ...flags);
				assert.equal(refusal, '', remedy);
			});
});

describe('npm ci', () => {
	it('with npm 10, which runs the scripts of all packages, installs the Node 24 that n8n needs', () => {
		const copy = copyOf('.');
		assert.equal(npm('10', copy, 'ci'), '');
		const node = join(copy, 'node_modules', '.bin', 'node');
		assert.match(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout, /^v24\./);
	});
});

describe('native code', () => {
	it('is built for a package in a folder with spaces in its path', async () => {
		const folder = join(workplace, 'native');
		mkdirSync(folder, { recursive: true });
		const described = { private: true, dependencies: { sqlite3: '5.1.7' } };
		writeFileSync(join(folder, 'package.json'), JSON.stringify(described));
		const needs = { diskBytes: 0.2e9, programs: compilers };
		await ensureInstalled({
			folder,
			name: 'sqlite3',
			duration: 'a minute',
			needs,
			native: ['sqlite3'],
		});
		const program =
			"new (require('sqlite3').Database)(':memory:').get('SELECT 6 * 7 AS found', console.log)";
		const { stdout } = spawnSync(process.execPath, ['--eval', program], {
			cwd: folder,
			encoding: 'utf8',
		});
		assert.equal(stdout, 'null { found: 42 }\n');
	});
});

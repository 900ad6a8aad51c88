import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { pathToFileURL } from 'node:url';
import { lacking } from '../machine.mts';

const folder = mkdtempSync(join(tmpdir(), 'signstash-npm-'));
after(() => rmSync(folder, { recursive: true, force: true }));

describe('what a machine lacks', () => {
	it('is nothing if programs and disk space are there, even for a folder that does not exist yet', () => {
		const needs = { diskBytes: 1, programs: ['node'] };
		assert.equal(lacking(join(folder, 'new'), needs), undefined);
	});

	it('is said in one line: every program that does not start, and the missing disk space', () => {
		const needs = { diskBytes: 1e18, programs: ['node', 'no-such-compiler', 'no-such-make'] };
		assert.match(
			lacking(folder, needs) ?? '',
			/^no-such-compiler, no-such-make on the PATH, and 1000000000\.0 GB of free disk for .+ \([\d.]+ GB available\)$/,
		);
	});
});

describe('a package of a tool', () => {
	const module = pathToFileURL(join(import.meta.dirname, '..', 'ensureInstalled.mts')).href;

	/** Writes a package with one local dependency into a new folder. @returns the folder */
	function describePackage(name: string, version: string): string {
		const home = join(folder, name);
		mkdirSync(join(home, 'part'), { recursive: true });
		writeFileSync(join(home, 'part', 'package.json'), '{ "name": "part", "version": "1.0.0" }');
		const described = { private: true, version, dependencies: { part: 'file:./part' } };
		writeFileSync(join(home, 'package.json'), JSON.stringify(described));
		return home;
	}

	/** Installs a package in a separate process. */
	function install(home: string, programs: string[] = []): { status: number | null; said: string } {
		const tool = {
			folder: home,
			name: 'the tool',
			duration: 'a second',
			needs: { diskBytes: 1, programs },
			native: [],
		};
		const program = `import { ensureInstalled } from ${JSON.stringify(module)};
			await ensureInstalled(${JSON.stringify(tool)});`;
		const args = ['--input-type=module', '--eval', program];
		const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
		return { status, said: stdout + stderr };
	}

	it('is installed once, and again if its package.json has changed', () => {
		const home = describePackage('Ação 1', '1.0.0');
		const { status, said } = install(home);
		assert.equal(status, 0, said);
		assert.match(said, /^Installing the tool into .+Ação 1: takes .+ and a second, only once\./);
		assert.ok(existsSync(join(home, 'node_modules', 'part', 'package.json')));
		assert.deepEqual(install(home), { status: 0, said: '' });
		describePackage('Ação 1', '1.0.1');
		assert.match(install(home).said, /^Installing/);
	});

	it('that npm could not install is installed again next time; the program ends with one line', () => {
		const home = describePackage('broken', '1.0.0');
		writeFileSync(join(home, 'package-lock.json'), '{ "lockfileVersion": 3 }');
		const { status, said } = install(home);
		assert.equal(status, 1);
		assert.match(
			said,
			/the tool could not be installed: 'npm ci --ignore-scripts' ended with \d+ in .+\n$/,
		);
		assert.doesNotMatch(said, / at file:/);
		assert.match(install(home).said, /^Installing/);
	});

	it('is refused in one line, before npm is called, on a machine that lacks a program', () => {
		const home = describePackage('lacking', '1.0.0');
		const { status, said } = install(home, ['no-such-compiler']);
		assert.equal(status, 1);
		assert.equal(
			said,
			'the tool cannot be installed: this machine lacks no-such-compiler on the PATH.\n',
		);
	});
});

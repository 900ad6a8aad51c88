import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { faultsOf } from '../links.mts';
import { outputPage } from '../output.mts';
import { badInputs, textsOf } from '../source.mts';

const home = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'signstash-docs-'));
before(() => process.chdir(folder));
after(() => {
	process.chdir(home);
	rmSync(folder, { recursive: true, force: true });
});

function write(file: string, text: string): string {
	mkdirSync(dirname(file), { recursive: true });
	writeFileSync(file, text);
	return file;
}

describe('the words of refusals', () => {
	it('are read from the code, with … for what only a run knows', () => {
		write('code/a.ts', "throw badInput('X', `'X' is ${1 + 1}`, 'Correct it.');");
		write('code/b.ts', "if (a) throw badInput(name, `'${name}' ${isNot(value)}`, 'Choose.');");
		assert.deepEqual(badInputs('code'), [
			{ parameter: '', message: "'…' cannot be '…'", remedy: 'Choose.' },
			{ parameter: 'X', message: "'X' is …", remedy: 'Correct it.' },
		]);
	});

	it('have to stand in the call, or the page would lack them', () => {
		write('other/a.ts', "throw badInput('X', words, 'Correct it.');");
		assert.throws(() => badInputs('other'), /a\.ts: the words of a refusal/);
	});

	it('are of the faults that a type names', () => {
		const file = write('names.ts', "type Other = 'c'; export type Name = 'a' | 'b';");
		assert.deepEqual(textsOf(file, 'Name'), ['a', 'b']);
	});
});

it('a field of the output that nobody explains, or that is gone, keeps the page from being written', () => {
	const schema = { type: 'object', properties: { unheardOf: { type: 'string' } } };
	const values = { operations: {}, deliveries: {}, results: {} };
	assert.throws(() => outputPage([{ operation: 'Sign', schema }], values), /'unheardOf'/);
	assert.throws(() => outputPage([], values), /no operation puts out .*operationId/);
});

it('links, headings and commands that are gone are told, and pages that nobody links to', () => {
	const pages = [
		write(
			'README.md',
			'[a](docs/a.md) [b](docs/a.md#there) [c](docs/gone.md) `npm run gone` `npm ci`',
		),
		write('docs/a.md', '# Here\n\n[up](../README.md) [here](#here) [web](https://example.com/x)'),
		write(
			'docs/b.md',
			'[itself](b.md) `npm test` `npm test -- unit` `npm test -- uint --x` `--world a=b --world a=c`',
		),
	];
	assert.deepEqual(
		faultsOf(pages, { scripts: ['test'], words: { test: ['unit'] }, worlds: ['a=b'] }),
		[
			'README.md: the link docs/a.md#there leads nowhere',
			'README.md: the link docs/gone.md leads nowhere',
			"README.md: there is no 'npm run gone'",
			"docs/b.md: there is no 'npm test -- uint'",
			"docs/b.md: there is no '--world a=c'",
			'docs/b.md: no page links to it',
		],
	);
});

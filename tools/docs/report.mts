/**
 * Runs a suite that reports on itself, and puts its report into a page of docs/, between the markers there:
 * `matrix` plays every kind of fault at every moment (`npx jest test/engine/matrix` fails while the two differ),
 * `scaling` plays many workers against a limited service (`npx jest test/protocol/scaling` likewise),
 * `explore` walks the protocol of signing within wide bounds and prints its figures.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

const suites = {
	matrix: {
		command: 'npm run docs -- matrix',
		suite: 'test/engine/matrix',
		report: join('matrix', 'outcomes.md'),
		page: join('internals', 'checks.md'),
	},
	scaling: {
		command: 'npm run docs -- scaling',
		suite: 'test/protocol/scaling',
		report: join('scaling', 'table.md'),
		page: 'scaling.md',
	},
	explore: {
		command: 'npm run explore',
		suite: 'test/protocol/explore.test.cts',
		report: join('explore', 'walks.md'),
		page: join('internals', 'checks.md'),
	},
};

const [, , name = ''] = process.argv;
if (name !== 'matrix' && name !== 'scaling' && name !== 'explore')
	throw new Error(`no suite '${name}' reports`);
const { command, suite, report: file, page } = suites[name];
const root = join(import.meta.dirname, '..', '..');
const report = join(root, '.cache', file);
const document = join(root, 'docs', page);
const begin = `<!-- ${name}: begin (${command}) -->`;
const end = `<!-- ${name}: end -->`;

rmSync(report, { force: true });
const { status } = spawnSync(join(root, 'node_modules', '.bin', 'jest'), [suite], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, EXPLORE: 'wide' },
});
if (!existsSync(report)) throw new Error(`${suite} left no report`);

const results = readFileSync(report, 'utf8');
if (name === 'explore') process.stdout.write(results);
const text = readFileSync(document, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined)
	throw new Error(`docs/${page} lacks the markers '${begin}' and '${end}'`);
const whole = `${before}${begin}\n\n${results}\n${end}${after}`;
const options = await resolveConfig(document);
writeFileSync(document, await format(whole, { ...options, parser: 'markdown' }));
// The matrix fails only as long as the document is not up to date; from now on it is.
if (name === 'explore') process.exitCode = status ?? 1;

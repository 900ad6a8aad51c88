/**
 * Plays a suite whose results a document shows, and puts them there, between its markers:
 * `node scripts/report.mts matrix|scaling`. The suite fails while the two differ.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';

interface Report {
	suite: string;
	/** Where the suite leaves its results. */
	results: string;
	document: string;
}

const root = join(import.meta.dirname, '..');

const reports: Readonly<Record<string, Report>> = {
	matrix: {
		suite: 'test/matrix',
		results: '.cache/matrix/outcomes.md',
		document: 'docs/reliability.md',
	},
	scaling: {
		suite: 'test/scaling',
		results: '.cache/scaling/table.md',
		document: 'docs/scaling.md',
	},
};

const [name = ''] = process.argv.slice(2);
const { [name]: report } = reports;
if (report === undefined) throw new Error(`no report named '${name}'`);

const results = join(root, report.results);
const document = join(root, report.document);
const begin = `<!-- ${name}: begin (npm run docs:${name}) -->`;
const end = `<!-- ${name}: end -->`;

rmSync(results, { force: true });
// Its exit status is no matter here: it fails as long as the document is not up to date.
spawnSync(join(root, 'node_modules', '.bin', 'jest'), [report.suite, '--silent'], {
	cwd: root,
	stdio: 'inherit',
});

const text = readFileSync(document, 'utf8');
const [before, rest] = text.split(begin);
const after = rest?.split(end)[1];
if (before === undefined || after === undefined)
	throw new Error(`${report.document} lacks the markers '${begin}' and '${end}'`);
const whole = `${before}${begin}\n\n${readFileSync(results, 'utf8')}\n${end}${after}`;
const options = await resolveConfig(document);
writeFileSync(document, await format(whole, { ...options, parser: 'markdown' }));

/**
 * Mutation testing (StrykerJS): `npm run mutate` makes many small changes to the pure rooms and lists those that
 * no test notices, with one overall score. `npm run mutate -- signing documents/cades.ts` is limited to these
 * rooms and files. Results of the last run are reused; `-- --fresh` runs everything again. `-- --write` puts the
 * scores into `docs/internals/mutation.md`. The report is in `.cache/mutation`.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';
import { format, resolveConfig } from 'prettier';
import { page, settledOf, survivorsOf, type Report } from './survivors.mts';

const rooms = ['signing', 'service', 'documents', 'bytes', 'flow'];
const flags = ['--fresh', '--write'];

const [fresh, write] = flags.map((flag) => process.argv.includes(flag));
const asked = process.argv.slice(2).filter((one) => !flags.includes(one));
const unknown = asked.filter((room) => !rooms.includes(room.split('/')[0] ?? ''));
if (unknown.length > 0) throw new Error(`no room '${unknown.join("', '")}': ${rooms.join(', ')}`);

const chosen = asked.length > 0 ? asked : rooms;
const reports = '.cache/mutation';
const known = `${reports}/incremental.json`;
mkdirSync(reports, { recursive: true });

const reportOf = (): Report => JSON.parse(readFileSync(known, 'utf8')) as Report;
const isRun = (path: string): boolean =>
	chosen.some((one) => path.startsWith(`nodes/SignStash/${one}`));
if (existsSync(known)) writeFileSync(known, JSON.stringify(settledOf(reportOf(), isRun)));

await new Stryker({
	mutate: [
		...chosen.map((room) => `nodes/SignStash/${room}${room.endsWith('.ts') ? '' : '/**/*.ts'}`),
		'!nodes/SignStash/service/generated/**',
	],
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { projectType: 'custom', configFile: 'tools/mutation/jest/jest.config.js' },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 10_000,
	incremental: true,
	force: fresh,
	incrementalFile: known,
	tempDirName: '.cache/stryker',
	cleanTempDir: 'always',
	ignorePatterns: [
		'/tools/n8n',
		'/tools/demo',
		'/tools/bench',
		'/test/e2e',
		'/test/queue',
		'/dist',
		'/docs',
		'/examples',
	],
	reporters: ['progress-append-only', 'clear-text', 'html'],
	clearTextReporter: {
		logTests: false,
		reportTests: false,
		allowColor: false,
		reportMutants: false,
	},
	htmlReporter: { fileName: `${reports}/report.html` },
	thresholds: { high: 95, low: 90, break: 90 },
}).runMutationTest();

const report = reportOf();
for (const { file, line, original, becomes } of survivorsOf(report))
	console.log(`${file}:${line}  ${original}  ->  ${becomes}`);

if (write) {
	const file = 'docs/internals/mutation.md';
	const begin = '<!-- what follows is written by npm run mutate -- --write -->';
	const [intro = ''] = readFileSync(file, 'utf8').split(begin);
	const text = `${intro}${begin}\n\n${page(report)}`;
	const options = await resolveConfig(file);
	writeFileSync(file, await format(text, { ...options, parser: 'markdown' }));
}

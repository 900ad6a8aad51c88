/**
 * Mutation testing (StrykerJS): `npm run mutate` breaks the pure rooms in every small way and tells which of it
 * no test notices; `npm run mutate -- signing service` only in these rooms. What is known from the last run is
 * not run again, which misses new tests of what runs when a file is loaded: `-- --fresh` runs all. The report stands in `.cache/mutation`.
 */
import { mkdirSync } from 'node:fs';
import { Stryker } from '@stryker-mutator/core';

const rooms = ['signing', 'service', 'documents', 'bytes'];

const fresh = process.argv.includes('--fresh');
const asked = process.argv.slice(2).filter((one) => one !== '--fresh');
const unknown = asked.filter((room) => !rooms.includes(room.split('/')[0] ?? ''));
if (unknown.length > 0) throw new Error(`no room '${unknown.join("', '")}': ${rooms.join(', ')}`);

const chosen = asked.length > 0 ? asked : rooms;
const reports = '.cache/mutation';
mkdirSync(reports, { recursive: true });

await new Stryker({
	mutate: [
		...chosen.map((room) => `nodes/SignStash/${room}${room.endsWith('.ts') ? '' : '/**/*.ts'}`),
		'!nodes/SignStash/service/generated/**',
	],
	testRunner: 'jest',
	plugins: ['@stryker-mutator/jest-runner'],
	jest: { projectType: 'custom', configFile: 'test/mutation/jest.config.js' },
	coverageAnalysis: 'perTest',
	concurrency: 2,
	timeoutMS: 10_000,
	incremental: true,
	force: fresh,
	incrementalFile: `${reports}/incremental.json`,
	tempDirName: '.cache/stryker',
	ignorePatterns: ['/harness', '/e2e', '/demo', '/bench', '/dist', '/docs', '/examples'],
	reporters: ['clear-text', 'html', 'json'],
	clearTextReporter: { logTests: false, reportTests: false, allowColor: false },
	htmlReporter: { fileName: `${reports}/report.html` },
	jsonReporter: { fileName: `${reports}/report.json` },
	thresholds: { high: 95, low: 90, break: 90 },
}).runMutationTest();

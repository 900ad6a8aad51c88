/** One call of a suite. */
export interface Step {
	command: string;
	args: string[];
	env?: Record<string, string>;
}

const reports = '.cache/reports';
const jest = 'node_modules/jest/bin/jest.js';

const node = (args: string[], env?: Record<string, string>): Step => ({
	command: process.execPath,
	args,
	env,
});

/** The tests of one folder: every `*.test.mts` below it, with Node's own runner. */
const folder = (name: string, ...flags: string[]): Step =>
	node([
		'--test',
		...flags,
		'--test-reporter=spec',
		'--test-reporter-destination=stdout',
		'--test-reporter=junit',
		`--test-reporter-destination=${reports}/${name.replaceAll('/', '-')}.xml`,
		`${name}/**/*.test.mts`,
	]);

const build: Step = { command: 'npm', args: ['run', 'build', '--silent'] };

const toolFolders = [
	'compat',
	'docs',
	'lint',
	'mutation',
	'npm',
	'release',
	'verify',
	'bench',
] as const;

/** The suites that `npm test` can run by name, with their steps. */
const suites: Readonly<Record<string, Step[]>> = {
	unit: [node([jest, '--json', `--outputFile=${reports}/jest.json`])],
	// A single process for all of them only loads the sandbox's libraries once.
	sandbox: [folder('sandbox', '--test-isolation=none')],
	tools: [
		build,
		{ ...folder('tools/conformance'), env: { CONFORMANCE_WORLDS: '20' } },
		...toolFolders.map((name) => folder(`tools/${name}`)),
	],
	conformance: [folder('tools/conformance')],
	coverage: [node([jest, 'test/engine/contract'], { PRINT_COVERAGE: '1' })],
	scan: [build, node(['tools/release/scan.mts'])],
	install: [folder('test/install')],
	e2e: [folder('test/e2e')],
	queue: [folder('test/queue')],
};

/** The names of all suites. */
export const suiteNames: readonly string[] = Object.keys(suites);

/** What runs when no suite is named; lanes run in parallel. */
export const defaults: ReadonlyArray<readonly string[]> = [['unit'], ['sandbox', 'tools']];

/** The steps of a suite, in order. */
export const stepsOf = (name: string): Step[] => suites[name] ?? [];

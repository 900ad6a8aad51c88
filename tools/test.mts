/**
 * Runs tests: `npm test` runs those that need nothing but `npm ci`, `npm test -- SUITE…` the named suites, and
 * `npm test -- all` every suite. Reports go where .ci/sum.mts looks for them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { defaults, stepsOf, suiteNames, type Step } from './suites.mts';

const root = join(import.meta.dirname, '..');

/** Runs a step. @returns whether it passed */
async function passes({ command, args, env }: Step): Promise<boolean> {
	const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } } as const;
	const [status] = await once(spawn(command, args, options), 'exit');
	return status === 0;
}

/** Runs all steps one after the other, even if earlier ones fail. */
async function allPass(steps: Iterable<Step>): Promise<boolean> {
	let passed = true;
	for (const step of steps) passed = (await passes(step)) && passed;
	return passed;
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => name !== 'all' && !suiteNames.includes(name));
if (unknown.length > 0) {
	console.error(
		`There is no suite '${unknown.join("', '")}'. The suites are: ${suiteNames.join(', ')}, all.`,
	);
	process.exit(2);
}
mkdirSync(join(root, '.cache', 'reports'), { recursive: true });
const names = asked.includes('all') ? suiteNames : asked;
// Without names, two lanes: Jest mostly waits for its sandboxes, which leaves a core for the other lane.
const lanes = names.length > 0 ? [names] : defaults;
const results = await Promise.all(
	// A step that several suites share, such as the build, only runs once.
	lanes.map(async (lane) => await allPass(new Set(lane.flatMap(stepsOf)))),
);
if (results.includes(false)) process.exitCode = 1;

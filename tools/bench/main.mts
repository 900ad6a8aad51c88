/**
 * Compares this node with n8n's own nodes and with a bare loop:
 * `npm run bench -- [--full] [--rounds N] [--further N] [--write]`. Without --full it only measures what the
 * targets need; further rounds repeat only that; --write writes docs/performance.md.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { root } from '../n8n/root.mts';
import { Bench } from './Bench.mts';
import { ensureN8n } from '../n8n/n8nPackage.mts';
import { machine } from './machine.mts';
import { delayName, loadName, plans, targetCases, turnsOf, type Case, type Plan } from './plan.mts';
import { plot } from './plot.mts';
import { costTable, page, targetTable } from './report.mts';
import { Results, type Sample } from './Results.mts';

const { values } = parseArgs({
	options: {
		full: { type: 'boolean', default: false },
		write: { type: 'boolean', default: false },
		rounds: { type: 'string' },
		further: { type: 'string' },
	},
});

function planned(): Plan {
	const plan = plans[values.full ? 'full' : 'quick'];
	const rounds = count('rounds', plan.rounds, 1);
	return { ...plan, rounds, targetRounds: count('further', plan.targetRounds, 0) };
}

function count(option: 'rounds' | 'further', otherwise: number, least: number): number {
	const value = Number(values[option] ?? otherwise);
	if (Number.isInteger(value) && value >= least) return value;
	throw new Error(`--${option} must be a whole number, ${least} or more: ${values[option]}`);
}

function say(what: string, { wallMs, memoryBytes, fault }: Sample): void {
	const told = fault ?? `${(wallMs / 1000).toFixed(2)} s, ${(memoryBytes / 1e6).toFixed(0)} MB`;
	console.log(`  ${what}: ${told}`);
}

function nameOf({ load, delay, documentsPerRequest }: Case): string {
	return `${loadName(load)}, delay ${delayName(delay)}, ${documentsPerRequest} per request`;
}

/** One turn of a case: an empty run of its load, then its systems, in reverse order every other turn. */
async function turn(bench: Bench, results: Results, one: Case, number: number): Promise<void> {
	const empty = await bench.empty(one.load);
	results.addEmpty(one.load, empty);
	say(`empty, ${loadName(one.load)}`, empty);
	const systems = number === 0 ? one.systems : one.systems.filter((system) => system !== 'chain');
	for (const system of number % 2 === 0 ? systems : systems.toReversed()) {
		const sample = await bench.run(system, one);
		results.add(system, one, sample);
		say(`${system}, ${nameOf(one)}`, sample);
	}
}

async function round(bench: Bench, results: Results, cases: readonly Case[]): Promise<void> {
	for (const one of cases)
		for (let number = 0; number < turnsOf(one); number++) await turn(bench, results, one, number);
}

async function measure(plan: Plan): Promise<Results> {
	const results = new Results();
	const bench = await Bench.set();
	try {
		for (let number = 1; number <= plan.rounds; number++) {
			console.log(`Round ${number} of ${plan.rounds}`);
			if (number > 1) results.startRound();
			await round(bench, results, plan.cases);
		}
		for (let number = 1; number <= plan.targetRounds; number++) {
			console.log(`Further round ${number} of ${plan.targetRounds}`);
			results.startRound();
			await round(bench, results, targetCases);
		}
	} finally {
		await bench.close();
	}
	return results;
}

async function write(results: Results, plan: Plan, ranOn: string): Promise<void> {
	const file = join(root, 'docs', 'performance.md');
	const origin = {
		date: new Date().toISOString().slice(0, 10),
		command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
		machine: ranOn,
	};
	const layout = { ...(await resolveConfig(file)), parser: 'markdown' };
	writeFileSync(file, await format(page(results, plan, origin), layout));
	writeFileSync(join(root, 'docs', 'performance.svg'), plot(results, plan));
	console.log('Written: docs/performance.md, docs/performance.svg');
}

const plan = planned();
// Before the runs, which take up to an hour: nothing may fail after them.
const ranOn = machine(await ensureN8n());
const results = await measure(plan);
console.log(`\nRan on: ${ranOn}\n\n${costTable(results, plan)}\n\n${targetTable(results)}\n`);
if (values.write) await write(results, plan, ranOn);

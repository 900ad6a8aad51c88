import { limits } from './limits.mts';
import { delayName, loadName, parallel, systems, type Plan } from './plan.mts';
import type { Cost, Results } from './Results.mts';
import { holds, large, spreadOf, targets, type Target } from './targets.mts';

type Row = readonly string[];

/** A table as Markdown. */
function table(head: Row, rows: readonly Row[]): string {
	const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
	return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function ratioText(ratio: number): string {
	const digits = ratio >= 10 ? 0 : ratio >= 0.1 ? 2 : 4;
	return ratio.toFixed(digits);
}

function targetRow(target: Target, results: Results): Row {
	const spread = spreadOf(target, results);
	const bound = `${target.bound === 'most' ? '≤' : '≥'} ${target.limit}`;
	const wanted = target.aim ? `${bound} (aim)` : bound;
	if (spread === undefined) return [target.name, wanted, 'not measured', '–', '–'];
	const { median, least, most } = spread;
	const rounds = `${ratioText(least)} to ${ratioText(most)}`;
	return [target.name, wanted, ratioText(median), rounds, holds(target, spread) ? 'yes' : '**no**'];
}

/** The targets, what was measured, and which of them are met. */
export function targetTable(results: Results): string {
	return table(
		['case', 'target', 'measured', 'over the rounds', 'holds in all'],
		targets.map((target) => targetRow(target, results)),
	);
}

function cells(cost: Cost): Row {
	return [
		(cost.wallMs / 1000).toFixed(2),
		(cost.memoryBytes / 1e6).toFixed(0),
		(cost.databaseBytes / 1e6).toFixed(2),
		String(cost.requests),
		String(cost.tokenCalls),
		String(cost.maxParallel),
		cost.longestHoldMs === 0 ? '–' : cost.longestHoldMs.toFixed(0),
	];
}

const heads = [
	'documents',
	'delay',
	'per request',
	'',
	'wall, s',
	'memory, MB',
	'database, MB',
	'requests',
	'token calls',
	'most in parallel',
	'loop held, ms',
];

/** Everything that was measured, one row for each system and case. */
export function costTable(results: Results, { cases }: Plan): string {
	const rows = cases.flatMap((one) =>
		systems
			.filter((system) => one.systems.includes(system))
			.map((system): Row => {
				const cost = results.cost(system, one);
				const asked =
					system === 'chain' || system.startsWith('naive') ? '1' : String(one.documentsPerRequest);
				const fault = results.fault(system, one);
				return [
					loadName(one.load),
					delayName(one.delay),
					asked,
					system,
					...(cost ? cells(cost) : [`failed: ${fault ?? 'not run'}`, '', '', '', '', '', '']),
				];
			}),
	);
	return table(heads, rows);
}

/** The upper bound of 'chain ÷ node' in this run: on some machines even the bare loop is less than 25 times as fast. */
function chainBound(results: Results): string {
	const [chain, bare] = [results.cost('chain', large), results.cost('bare', large)];
	if (!chain || !bare) return '';
	const times = (chain.wallMs / bare.wallMs).toFixed(0);
	return `Here the bare loop is ${times} times as fast as the chain at 100 × 1 MB; the node cannot be faster than that.`;
}

/** When, with which command and on which machine a bench ran. */
export interface Origin {
	date: string;
	command: string;
	machine: string;
}

/** The whole page, before it is formatted. */
export function page(results: Results, plan: Plan, { date, command, machine }: Origin): string {
	return `# Performance

Written by \`${command}\` on ${date}; do not edit by hand.

Ran on: ${machine}.

Five ways to sign the same files, measured in turns against the same server, the sandbox in echo mode:

- **chain**: n8n's own nodes, Extract From File → HTTP Request → Split Out → Convert to File, in a real n8n.
- **node**: this node in a real n8n, ${parallel} requests at a time.
- **naive**, **naive 4**: the shortest node that anyone would write (\`tools/bench/naive\`): it reads the file, encodes it, calls n8n's request helper and stores the answer, one document after the other or ${parallel} at a time, without any precautions. It is the fair limit inside n8n.
- **bare**: a plain Node loop that reads, encodes, posts, decodes and writes the same files, ${parallel} requests at a time, without n8n and without any handling of faults. It is the limit.

Every run of n8n has its own process, and only counts if each document came back byte for byte. Wall time is measured from starting the workflow until its execution is stored. The cost of an empty run, which only reads the files, is subtracted; for the bare loop, its own start is. Memory is the operating system's figure for the process (the highest resident set during the run); the database is n8n's SQLite file. 'Loop held' is the longest time for which n8n's event loop was busy with one thing and everything else in n8n had to wait (Node's own histogram of the loop's delay, sampled every 5 ms). *TLS, 40 ms there and back* uses TLS over a line that delays every byte by 20 ms each way and has no other limit. The UBL file is signed by the sandbox; all others are echoed. Rounds: ${plan.rounds}, and ${plan.rounds + plan.targetRounds} for the cases that the targets name. Each case has its own empty run; where this node is compared with the naive one, all but the chain take three turns in a round. The figures are the medians of all runs. Times drift with the machine, so a target is measured within each round: its measured value is the median of the rounds' ratios, and it only holds if it does so in every round. These figures are from one machine.

## Targets

${targetTable(results)}

A memory difference that is smaller than the difference between identical empty runs (${(results.memoryNoise / 1e6).toFixed(0)} MB here) counts as that much.

${chainBound(results)}

![Wall time and memory of the five](performance.svg)

## Figures

${costTable(results, plan)}

${limits}`;
}

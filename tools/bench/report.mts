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

/** The targets, what was measured, and which of them hold. */
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

/** The most that 'chain ÷ node' can be in this run: on some machines even the bare loop is less than 25 times as fast. */
function chainBound(results: Results): string {
	const [chain, bare] = [results.cost('chain', large), results.cost('bare', large)];
	if (!chain || !bare) return '';
	const times = (chain.wallMs / bare.wallMs).toFixed(0);
	return `The bare loop is ${times} times as fast as the chain here at 100 × 1 MB: more than that the node cannot be.`;
}

/** When, by what command and on what machine a bench ran. */
export interface Origin {
	date: string;
	command: string;
	machine: string;
}

/** The whole page, but for its layout. */
export function page(results: Results, plan: Plan, { date, command, machine }: Origin): string {
	return `# Performance

Written by \`${command}\` on ${date}; do not edit by hand.

Ran on: ${machine}.

Five ways to sign the same files, measured in turns against the same server, the sandbox in its echoing mode:

- **chain**: n8n's own boxes, Extract From File → HTTP Request → Split Out → Convert to File, in a real n8n.
- **node**: this node in a real n8n, ${parallel} requests at a time.
- **naive**, **naive 4**: the shortest node anyone would write (\`tools/bench/naive\`): it reads the file, encodes it, calls n8n's request helper and stores the answer, one document after the other or ${parallel} side by side, without any care. It is the fair limit inside of n8n.
- **bare**: a plain Node loop that reads, encodes, posts, decodes and writes the same files, ${parallel} requests at a time, without n8n and without any care for faults. It is the limit.

Every run of n8n has a process of its own, and counts only when each document came back byte for byte. Wall time goes from starting the workflow until its execution is stored. What an empty run costs, which only reads the files, is taken off; of the bare loop, its own start. Memory is the operating system's account of the process (the highest resident set during the run), the database is n8n's SQLite file; 'loop held' is the longest time for which n8n's event loop did one thing and everything else in n8n had to wait (perf_hooks, sampled every 5 ms). *TLS, 40 ms there and back* goes by TLS over a line that delays every byte by 20 ms each way, and has no other limit. The UBL file is signed by the sandbox, all others are echoed. Rounds: ${plan.rounds}, and ${plan.rounds + plan.targetRounds} of the cases that the targets name. Each case has an empty run beside it; where this node is compared with the naive one, all but the chain take three turns in a round. The figures are the medians of all runs. Times drift with the machine, so a target is measured within each round: its measured value is the median of the rounds' ratios, and it holds only if it does in every round. These are the figures of one machine.

## Targets

${targetTable(results)}

Memory that differs by less than equal empty runs do (${(results.memoryNoise / 1e6).toFixed(0)} MB here) counts as that much.

${chainBound(results)}

![Wall time and memory of the five](performance.svg)

## Figures

${costTable(results, plan)}

${limits}`;
}

import { delay, far, loads, parallel, type Place, type System } from './plan.mts';
import { median, type Results } from './Results.mts';

/** A ratio that the node has to reach; all its parts are measured in one run of the bench. */
export interface Target {
	name: string;
	/** `most`: the ratio may be at most the limit; `least`: it must be at least the limit. */
	bound: 'most' | 'least';
	limit: number;
	/** True for a goal that is only reported and makes nothing fail. */
	aim?: true;
	/** Undefined if a part was not measured. */
	ratio(results: Results): number | undefined;
}

const place = (
	load: Place['load'],
	wait: Place['delay'] = null,
	documentsPerRequest = 1,
): Place => ({ load, delay: wait, documentsPerRequest });

/** The case of the first four targets. */
export const large = place(loads.hundredLarge);
const huge = place(loads.oneHuge);
const tiny = place(loads.thousandTiny);
const monthEnd = place(loads.monthEndTiny);
const hundred = place(loads.hundredSmall);
const thousand = place(loads.thousandSmall);
const delayed = place(loads.hundredSmall, delay);
const gathered = place(loads.hundredSmall, delay, 50);
const farAway = place(loads.hundredSmall, far);
const farGathered = place(loads.hundredSmall, far, 50);
const hugeUbl = place(loads.oneHugeUbl);

const bytesOf = ({ load }: Place): number => load.count * load.size;

function quotient(part: number | undefined, whole: number | undefined): number | undefined {
	return part === undefined || whole === undefined ? undefined : part / whole;
}

/** The node's wall time, divided by another system's. */
function wallRatio(results: Results, of: Place, other: System): number | undefined {
	return quotient(results.cost('node', of)?.wallMs, results.cost(other, of)?.wallMs);
}

function perDocument(results: Results, of: Place): number | undefined {
	return quotient(results.cost('node', of)?.wallMs, of.load.count);
}

/** Memory for comparison: anything below the difference between identical runs counts as that difference. */
function memory(results: Results, of: Place): number | undefined {
	const cost = results.cost('node', of);
	return cost && Math.max(cost.memoryBytes, results.memoryNoise);
}

/** The targets of the project's fourth promise, as set for this bench. */
export const targets: readonly Target[] = [
	{
		name: '100 × 1 MB: node ÷ naive 4, wall',
		bound: 'most',
		limit: 0.5,
		ratio: (results) => wallRatio(results, large, 'naive 4'),
	},
	{
		name: '1,000 × 10 KB: node ÷ naive 4, wall',
		bound: 'most',
		limit: 1,
		ratio: (results) => wallRatio(results, tiny, 'naive 4'),
	},
	{
		name: '100 × 1 MB: node ÷ naive 4, memory beyond an empty run',
		bound: 'most',
		limit: 1 / 4,
		ratio: (results) =>
			quotient(memory(results, large), results.cost('naive 4', large)?.memoryBytes),
	},
	{
		name: '100 × 1 MB: node ÷ bare loop, wall',
		bound: 'most',
		limit: 1.25,
		aim: true,
		ratio: (results) => wallRatio(results, large, 'bare'),
	},
	{
		name: '100 × 1 MB: chain ÷ node, wall',
		bound: 'least',
		limit: 25,
		ratio: (results) =>
			quotient(results.cost('chain', large)?.wallMs, results.cost('node', large)?.wallMs),
	},
	{
		name: '100 × 1 MB: node ÷ chain, memory beyond an empty run',
		bound: 'most',
		limit: 1 / 8,
		ratio: (results) => quotient(memory(results, large), results.cost('chain', large)?.memoryBytes),
	},
	{
		name: '100 × 1 MB: database bytes ÷ bytes of documents',
		bound: 'most',
		limit: 0.01,
		ratio: (results) => quotient(results.cost('node', large)?.databaseBytes, bytesOf(large)),
	},
	{
		name: '1 × 100 MB: memory beyond an empty run ÷ size',
		bound: 'most',
		limit: 1.5,
		ratio: (results) => quotient(results.cost('node', huge)?.memoryBytes, bytesOf(huge)),
	},
	{
		name: '1,000 ÷ 100 documents of 100 KB, wall',
		bound: 'most',
		limit: 11,
		ratio: (results) =>
			quotient(results.cost('node', thousand)?.wallMs, results.cost('node', hundred)?.wallMs),
	},
	{
		name: '1,000 ÷ 100 documents of 100 KB, memory beyond an empty run',
		bound: 'most',
		limit: 1.15,
		ratio: (results) => quotient(memory(results, thousand), memory(results, hundred)),
	},
	{
		name: '100 × 100 KB, 250 ms + 5 ms: 1 ÷ 50 documents per request, wall',
		bound: 'least',
		limit: 6,
		ratio: (results) =>
			quotient(results.cost('node', delayed)?.wallMs, results.cost('node', gathered)?.wallMs),
	},
	{
		name: `the same, 1 per request: wall ÷ (requests × delay ÷ ${parallel})`,
		bound: 'most',
		limit: 1.2,
		ratio: (results) => {
			const cost = results.cost('node', delayed);
			const once = delay.perRequestMs + delay.perDocumentMs;
			return cost && cost.wallMs / ((cost.requests * once) / parallel);
		},
	},
	{
		name: '10,000 ÷ 1,000 documents of 10 KB, wall per document',
		bound: 'most',
		limit: 1.1,
		ratio: (results) => quotient(perDocument(results, monthEnd), perDocument(results, tiny)),
	},
	{
		name: '10,000 × 10 KB: memory beyond an empty run, MB',
		bound: 'most',
		limit: 100,
		ratio: (results) => quotient(results.cost('node', monthEnd)?.memoryBytes, 1e6),
	},
	{
		name: '100 × 100 KB over TLS, 40 ms there and back: node ÷ naive 4, wall',
		bound: 'most',
		limit: 1,
		ratio: (results) => wallRatio(results, farAway, 'naive 4'),
	},
	{
		name: 'the same: node at 50 per request ÷ chain, wall',
		bound: 'most',
		limit: 1,
		aim: true,
		ratio: (results) =>
			quotient(results.cost('node', farGathered)?.wallMs, results.cost('chain', farAway)?.wallMs),
	},
	{
		name: "100 × 1 MB: longest hold of n8n's event loop, ms",
		bound: 'most',
		limit: 50,
		ratio: (results) => results.cost('node', large)?.longestHoldMs,
	},
	{
		name: "1 × 45 MB UBL: longest hold of n8n's event loop, ms",
		bound: 'most',
		limit: 50,
		ratio: (results) => results.cost('node', hugeUbl)?.longestHoldMs,
	},
];

/** A ratio over all rounds; its parts were measured together in each round. */
export interface Spread {
	median: number;
	least: number;
	most: number;
}

/** Undefined if a part was not measured. */
export function spreadOf({ ratio }: Target, results: Results): Spread | undefined {
	const rounds = results.byRound.map(ratio).filter((one) => one !== undefined);
	if (rounds.length === 0) return undefined;
	return { median: median(rounds), least: Math.min(...rounds), most: Math.max(...rounds) };
}

/** Whether a ratio meets its target in every round. */
export function holds({ bound, limit }: Target, { least, most }: Omit<Spread, 'median'>): boolean {
	return bound === 'most' ? most <= limit : least >= limit;
}

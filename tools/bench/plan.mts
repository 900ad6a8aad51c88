import type { Load } from './documents.mts';

/**
 * What is compared: n8n's own boxes, this node, the shortest node anyone would write (one request at a
 * time, or several), and the same work without n8n.
 */
export const systems = ['chain', 'node', 'naive', 'naive 4', 'bare'] as const;
export type System = (typeof systems)[number];

/** How long the server takes over a request; null: as long as it takes to read and write it. */
export interface Delay {
	perRequestMs: number;
	perDocumentMs: number;
	/** The server is met by TLS, over a line of so many milliseconds there and back: what a user has. */
	roundTripMs?: number;
}

/** What is signed, and how. */
export interface Place {
	load: Load;
	delay: Delay | null;
	/** What is asked for; the node and the bare loop send no more than 20 MB of content at a time. */
	documentsPerRequest: number;
}

export interface Case extends Place {
	systems: readonly System[];
}

/** Requests at a time, of node, 'naive 4' and bare loop alike: the node's default. The chain's cannot be set. */
export const parallel = 4;

export const delay: Delay = { perRequestMs: 250, perDocumentMs: 5 };

export const far: Delay & { roundTripMs: number } = {
	perRequestMs: 0,
	perDocumentMs: 0,
	roundTripMs: 40,
};

const load = (count: number, size: number): Load => ({ count, size });

export const loads = {
	hundredLarge: load(100, 1_000_000),
	thousandSmall: load(1000, 100_000),
	thousandTiny: load(1000, 10_000),
	monthEndTiny: load(10_000, 10_000),
	monthEndLarge: load(100, 10_000_000),
	tenSmall: load(10, 100_000),
	hundredSmall: load(100, 100_000),
	oneHuge: load(1, 100_000_000),
	oneHugeUbl: { count: 1, size: 45_000_000, kind: 'ubl' },
} as const satisfies Record<string, Load>;

const ours: readonly System[] = ['node', 'bare'];
const inN8n: readonly System[] = ['node', 'naive', 'naive 4', 'bare'];
/** One request at a time, each of which is waited for, tells nothing but the delay. */
const delayed: readonly System[] = systems.filter((system) => system !== 'naive');

/** The bare loop keeps its connections, which n8n does not, and would say nothing of what can be had within it. */
const overFarLine: Case[] = [
	{
		load: loads.hundredSmall,
		delay: far,
		documentsPerRequest: 1,
		systems: ['chain', 'node', 'naive', 'naive 4'],
	},
	{ load: loads.hundredSmall, delay: far, documentsPerRequest: 50, systems: ['node'] },
];

/** Of the others none prepares or looks at what it signs. */
const hugeUbl: Case = {
	load: loads.oneHugeUbl,
	delay: null,
	documentsPerRequest: 1,
	systems: ['node'],
};

/** What the targets need, and no more: some ten minutes. */
const quick: Case[] = [
	{ load: loads.hundredLarge, delay: null, documentsPerRequest: 1, systems },
	{ load: loads.thousandTiny, delay: null, documentsPerRequest: 1, systems: inN8n },
	{ load: loads.oneHuge, delay: null, documentsPerRequest: 1, systems: ours },
	{ load: loads.hundredSmall, delay: null, documentsPerRequest: 1, systems: ours },
	{ load: loads.thousandSmall, delay: null, documentsPerRequest: 1, systems: ours },
	{ load: loads.hundredSmall, delay, documentsPerRequest: 1, systems: ours },
	{ load: loads.hundredSmall, delay, documentsPerRequest: 50, systems: ours },
	...overFarLine,
	hugeUbl,
];

const { monthEndTiny, monthEndLarge } = loads;
const usual: Load[] = [
	loads.hundredLarge,
	loads.thousandSmall,
	loads.thousandTiny,
	loads.tenSmall,
	loads.hundredSmall,
	loads.oneHuge,
];

/** What a month's end brings, in one execution: the chain and the naive node could not carry it. */
const monthEnd: Case[] = [
	{ load: monthEndTiny, delay: null, documentsPerRequest: 1, systems: ours },
	{ load: monthEndTiny, delay: null, documentsPerRequest: 50, systems: ours },
	{ load: monthEndLarge, delay: null, documentsPerRequest: 1, systems: ours },
];

/** Every load, with and without delay, one by one and gathered. */
const full: Case[] = [
	...usual.flatMap((one) =>
		[null, delay].flatMap((wait): Case[] => [
			{ load: one, delay: wait, documentsPerRequest: 1, systems: wait ? delayed : systems },
			...(one.count > 1
				? [{ load: one, delay: wait, documentsPerRequest: 50, systems: ours }]
				: []),
		]),
	),
	...monthEnd,
	...overFarLine,
	hugeUbl,
];

/** A plan: its cases, and how often all of them are measured. */
export interface Plan {
	cases: readonly Case[];
	rounds: number;
	/** Further rounds, of the cases that the targets name: short runs differ most. */
	targetRounds: number;
}

export const plans: Readonly<Record<'quick' | 'full', Plan>> = {
	quick: { cases: quick, rounds: 3, targetRounds: 0 },
	full: { cases: full, rounds: 3, targetRounds: 4 },
};

/** What is measured in the further rounds. */
export const targetCases: readonly Case[] = [
	...quick,
	{ load: monthEndTiny, delay: null, documentsPerRequest: 1, systems: ['node'] },
];

/** Loads of which this node is compared with the naive one. */
const compared: ReadonlySet<Load> = new Set([loads.hundredLarge, loads.thousandTiny]);

/** How often the systems of a case take turns in a round, all but the slow chain: short runs that are compared need more. */
export function turnsOf({ load: one, delay: wait, documentsPerRequest }: Place): number {
	return wait === null && documentsPerRequest === 1 && compared.has(one) ? 3 : 1;
}

/** The input of a case in words: `100 × 1 MB`. */
export function loadName({ count, size, kind }: Load): string {
	const amount = size >= 1_000_000 ? `${size / 1_000_000} MB` : `${size / 1000} KB`;
	return `${count} × ${amount}${kind === 'ubl' ? ' UBL' : ''}`;
}

/** How the server takes its time, in words. */
export function delayName(wait: Delay | null): string {
	if (wait === null) return 'none';
	return wait.roundTripMs === undefined
		? `${wait.perRequestMs} ms + ${wait.perDocumentMs} ms`
		: `TLS, ${wait.roundTripMs} ms there and back`;
}

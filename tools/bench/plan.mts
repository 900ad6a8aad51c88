import type { Load } from './documents.mts';

/**
 * What is compared: n8n's own nodes, this node, the shortest node that anyone would write (with one request at
 * a time, or several), and the same work without n8n.
 */
export const systems = ['chain', 'node', 'naive', 'naive 4', 'bare'] as const;
export type System = (typeof systems)[number];

/** How long the server takes for a request; null: as long as reading and writing it takes. */
export interface Delay {
	perRequestMs: number;
	perDocumentMs: number;
	/** The server is reached by TLS over a line with this round-trip time, like a user's. */
	roundTripMs?: number;
}

/** What is signed, and how. */
export interface Place {
	load: Load;
	delay: Delay | null;
	/** The number asked for; the node and the bare loop send no more than 20 MB of content at a time. */
	documentsPerRequest: number;
}

export interface Case extends Place {
	systems: readonly System[];
}

/** Requests at a time of the node, 'naive 4' and the bare loop: the node's default. The chain's is not settable. */
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
/** One request at a time, each waiting for the last, would only measure the delay. */
const delayed: readonly System[] = systems.filter((system) => system !== 'naive');

/** Without the bare loop: it keeps connections open, n8n does not, so it would not show what is possible in n8n. */
const overFarLine: Case[] = [
	{
		load: loads.hundredSmall,
		delay: far,
		documentsPerRequest: 1,
		systems: ['chain', 'node', 'naive', 'naive 4'],
	},
	{ load: loads.hundredSmall, delay: far, documentsPerRequest: 50, systems: ['node'] },
];

/** Only the node: none of the others prepares or checks what it signs. */
const hugeUbl: Case = {
	load: loads.oneHugeUbl,
	delay: null,
	documentsPerRequest: 1,
	systems: ['node'],
};

/** Only what the targets need: about ten minutes. */
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

/** The documents of a month's end in one execution; too much for the chain and the naive node. */
const monthEnd: Case[] = [
	{ load: monthEndTiny, delay: null, documentsPerRequest: 1, systems: ours },
	{ load: monthEndTiny, delay: null, documentsPerRequest: 50, systems: ours },
	{ load: monthEndLarge, delay: null, documentsPerRequest: 1, systems: ours },
];

/** Every load, with and without delay, one document per request and many. */
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

/** The cases to measure, and how often. */
export interface Plan {
	cases: readonly Case[];
	rounds: number;
	/** Further rounds of the cases that the targets name, because short runs vary most. */
	targetRounds: number;
}

export const plans: Readonly<Record<'quick' | 'full', Plan>> = {
	quick: { cases: quick, rounds: 3, targetRounds: 0 },
	full: { cases: full, rounds: 3, targetRounds: 4 },
};

/** The cases that are measured in the further rounds. */
export const targetCases: readonly Case[] = [
	...quick,
	{ load: monthEndTiny, delay: null, documentsPerRequest: 1, systems: ['node'] },
];

/** Loads for which this node is compared with the naive one. */
const compared: ReadonlySet<Load> = new Set([loads.hundredLarge, loads.thousandTiny]);

/** How often a case's systems, except the slow chain, take turns in a round; short runs that are compared need more. */
export function turnsOf({ load: one, delay: wait, documentsPerRequest }: Place): number {
	return wait === null && documentsPerRequest === 1 && compared.has(one) ? 3 : 1;
}

/** The input of a case in words: `100 × 1 MB`. */
export function loadName({ count, size, kind }: Load): string {
	const amount = size >= 1_000_000 ? `${size / 1_000_000} MB` : `${size / 1000} KB`;
	return `${count} × ${amount}${kind === 'ubl' ? ' UBL' : ''}`;
}

/** A server's delay in words. */
export function delayName(wait: Delay | null): string {
	if (wait === null) return 'none';
	return wait.roundTripMs === undefined
		? `${wait.perRequestMs} ms + ${wait.perDocumentMs} ms`
		: `TLS, ${wait.roundTripMs} ms there and back`;
}

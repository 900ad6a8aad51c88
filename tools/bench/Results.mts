import type { Load } from './documents.mts';
import type { Place, System } from './plan.mts';
import { loadName } from './plan.mts';

/** What one run cost. */
export interface Sample {
	wallMs: number;
	/** Peak resident memory during the run, in bytes; for the bare loop, in addition to its own start. */
	memoryBytes: number;
	databaseBytes: number;
	requests: number;
	tokenCalls: number;
	maxParallel: number;
	/** The longest time for which n8n's event loop was blocked; 0 for the bare loop. */
	longestHoldMs: number;
	/** Why it failed, if it did: its numbers then mean little. */
	fault?: string;
}

/** What a system cost in addition to an empty run, as the median of all its runs. */
export type Cost = Omit<Sample, 'fault'>;

type Field = Exclude<keyof Sample, 'fault'>;

const keyOf = (system: System, { load, delay, documentsPerRequest }: Place): string =>
	JSON.stringify([system, load, delay, documentsPerRequest]);

export function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((one, other) => one - other);
	const middle = sorted.length / 2;
	const low = sorted[Math.ceil(middle) - 1] ?? NaN;
	const high = sorted[Math.floor(middle)] ?? NaN;
	return (low + high) / 2;
}

function medianOf(samples: readonly Sample[]): Cost {
	const of = (field: Field): number => median(samples.map((sample) => sample[field]));
	return {
		wallMs: of('wallMs'),
		memoryBytes: of('memoryBytes'),
		databaseBytes: of('databaseBytes'),
		requests: of('requests'),
		tokenCalls: of('tokenCalls'),
		maxParallel: of('maxParallel'),
		longestHoldMs: of('longestHoldMs'),
	};
}

/** Samples, grouped by the round in which they were taken. */
type Rounds = Map<string, Sample[][]>;

/** The samples of a bench and the costs that follow from them. */
export class Results {
	readonly #samples: Rounds = new Map();
	readonly #empty: Rounds = new Map();
	#round = 0;

	/** Starts a new round: samples added from now on belong to it. */
	startRound(): void {
		this.#round++;
	}

	add(system: System, place: Place, sample: Sample): void {
		this.#append(this.#samples, keyOf(system, place), sample);
	}

	/** Adds a run of n8n that only read the input files. */
	addEmpty(load: Load, sample: Sample): void {
		this.#append(this.#empty, loadName(load), sample);
	}

	/** The results of each round separately: figures that were taken minutes apart cannot be compared. */
	get byRound(): Results[] {
		return Array.from({ length: this.#round + 1 }, (_, round) => {
			const one = new Results();
			copyRound(this.#samples, round, one.#samples);
			copyRound(this.#empty, round, one.#empty);
			return one;
		});
	}

	/** Why a system failed in a case; undefined if it did not, or took no part. */
	fault(system: System, place: Place): string | undefined {
		return this.#of(system, place).find(({ fault }) => fault !== undefined)?.fault;
	}

	/** Undefined if the system took no part in the case or failed in it. */
	cost(system: System, place: Place): Cost | undefined {
		const samples = this.#of(system, place);
		if (samples.length === 0 || this.fault(system, place) !== undefined) return undefined;
		const cost = medianOf(samples);
		if (system === 'bare') return cost;
		const empty = medianOf(this.#empty.get(loadName(place.load))?.flat() ?? []);
		return {
			...cost,
			wallMs: cost.wallMs - empty.wallMs,
			memoryBytes: cost.memoryBytes - empty.memoryBytes,
			databaseBytes: cost.databaseBytes - empty.databaseBytes,
		};
	}

	/** Bytes by which the memory of identical empty runs differs; smaller differences mean nothing. */
	get memoryNoise(): number {
		const spreads = [...this.#empty.values()].map((samples) => {
			const bytes = samples.flat().map(({ memoryBytes }) => memoryBytes);
			return Math.max(...bytes) - Math.min(...bytes);
		});
		return median(spreads);
	}

	#of(system: System, place: Place): Sample[] {
		return this.#samples.get(keyOf(system, place))?.flat() ?? [];
	}

	#append(to: Rounds, key: string, sample: Sample): void {
		const rounds = to.get(key) ?? [];
		(rounds[this.#round] ??= []).push(sample);
		to.set(key, rounds);
	}
}

function copyRound(from: Rounds, round: number, to: Rounds): void {
	for (const [key, { [round]: samples }] of from) if (samples) to.set(key, [samples]);
}

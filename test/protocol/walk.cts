import { Numbering } from './Numbering.cts';
import { checkSystem, unreachable } from './promises.cts';
import type { Protocol } from './Protocol.cts';
import { executed, finished, register } from './Service.cts';
import { start, type Scenario, type System } from './states.cts';
import { Walkable } from './System.cts';

/** What a walk found. */
export interface Walk {
	scenario: string;
	states: number;
	transitions: number;
	/** Number of steps on the longest of the shortest paths to a state. */
	depth: number;
	/** Whether no state was left out. */
	whole: boolean;
	/** The broken promise with its shortest history. */
	broken?: { promise: string; history: string[] };
}

/** Visits every state, the nearest first, until one breaks a promise or there are too many. */
export class Walker {
	private readonly numbering = new Numbering();
	private readonly seen = new Set<string>();
	/** By the number of the remaining operations. */
	private readonly settled = new Map<number, string | undefined>();
	private readonly parents: number[] = [];
	private readonly labels: string[] = [];
	private readonly walkable: Walkable;
	private transitions = 0;

	constructor(
		private readonly scenario: Scenario,
		protocol: Protocol,
	) {
		this.walkable = new Walkable(scenario, protocol);
	}

	walk(most: number): Walk {
		let frontier: Array<{ system: System; at: number }> = [];
		const first = start(this.scenario);
		this.isNew(first, -1, '');
		frontier.push({ system: first, at: 0 });
		let depth = 0;
		for (; frontier.length > 0; depth++) {
			const following: typeof frontier = [];
			for (const { system, at } of frontier) {
				const promise = this.checked(system);
				if (promise !== undefined)
					return this.result(depth, { promise, history: this.history(at) });
				for (const { label, to, broken } of this.walkable.transitions(system)) {
					this.transitions++;
					if (broken !== undefined)
						return this.result(depth, { promise: broken, history: [...this.history(at), label] });
					if (this.isNew(to, at, label))
						following.push({ system: to, at: this.parents.length - 1 });
				}
				if (this.parents.length > most) return this.result(depth, undefined, false);
			}
			frontier = following;
		}
		return this.result(depth);
	}

	private result(depth: number, broken?: Walk['broken'], whole = broken === undefined): Walk {
		const { name: scenario } = this.scenario;
		return {
			scenario,
			states: this.parents.length,
			transitions: this.transitions,
			depth,
			whole,
			broken,
		};
	}

	private isNew(system: System, parent: number, label: string): boolean {
		const key = this.numbering.keyOf(system);
		if (this.seen.has(key)) return false;
		this.seen.add(key);
		this.parents.push(parent);
		this.labels.push(label);
		return true;
	}

	private history(at: number): string[] {
		const lines: string[] = [];
		for (let one = at; one > 0; one = this.parents[one] ?? 0) lines.unshift(this.labels[one] ?? '');
		return lines;
	}

	private checked(system: System): string | undefined {
		return (
			checkSystem(system, this.scenario.runs) ??
			unreachable(system) ??
			(system.clients.length === 0 ? this.lost(system) : undefined)
		);
	}

	/** What does not come back once faults have ended, everything in transit has arrived, and the workflow runs again. */
	private lost({ ops, wire }: System): string | undefined {
		const { world, runs } = this.scenario;
		let after = ops;
		for (const request of wire) after = register(after, request, world) ?? after;
		for (const [index, op] of after.entries())
			if (!finished(op)) after = executed(after, index, ['signed']);
		const key = this.numbering.of(after);
		if (!this.settled.has(key)) {
			const quiet: System = {
				ops: after,
				wire: [],
				clients: [],
				memories: {},
				started: 0,
				faults: 0,
				crashes: 0,
			};
			const words = runs
				.map((_, run) => this.afterRun(quiet, run))
				.find((one) => one !== undefined);
			this.settled.set(key, words);
		}
		return this.settled.get(key);
	}

	private afterRun(quiet: System, run: number): string | undefined {
		let system = this.walkable.started(quiet, run, this.scenario.runs.length);
		for (let steps = 0; system.clients.length > 0; steps++) {
			const usual = this.walkable.ofClient(system, 0).next();
			if (usual.done || steps > 200) return `run ${run + 1}, run again, does not end`;
			const { broken, lost, label, to } = usual.value;
			const bad = broken ?? lost;
			if (bad !== undefined) return `run again, ${label}: ${bad}`;
			system = to;
		}
		const { runs } = this.scenario;
		const again = runs[run];
		return checkSystem(system, again ? [...runs, { ...again, retries: undefined }] : runs);
	}
}

import type { State, Rules } from '../../nodes/SignStash/signing/state';
import type { Doc, Op, Request, World } from './Service.cts';

/** What one run of the workflow wants. */
export interface Plan {
	documents: Doc[];
	ifAlreadySigned: Rules['ifAlreadySigned'];
	/** The run whose execution this one retries: n8n's Retry On Fail. */
	retries?: number;
}

/** What a walk covers, and how far it goes. */
export interface Scenario {
	name: string;
	world: World;
	/** Run one after the other, or at the same time if `atOnce` allows it. */
	runs: Plan[];
	atOnce: number;
	/** Faults of network and service that may strike. */
	faults: number;
	/** Number of runs that may crash or be stopped. */
	crashes: number;
}

export interface Course {
	/** Places among the plan's documents. */
	documents: number[];
	state: State;
	/** Place of the operation that was last seen. */
	op?: number;
}

/** What an execution knows about itself, from one try to the next. */
export interface Memory {
	/** Operations that existed when it began. */
	since: number;
	/** Operations that answered it. */
	own: number[];
	/** References of requests that got no answer, and of those that got one. */
	open: string[];
	answered: string[];
	/** References of requests that were turned away, perhaps by a gateway. */
	doubted: string[];
}

export interface Client {
	/** Which execution it is; one that follows all of a scenario's gets a new number. */
	run: number;
	/** Whose plan it carries out. */
	plan: number;
	courses: Course[];
}

/** Everything that exists at one moment. */
export interface System {
	ops: Op[];
	/** Requests that were delayed, and may arrive at any time. */
	wire: Request[];
	clients: Client[];
	/** By execution; only for those that are retried. */
	memories: Record<number, Memory>;
	started: number;
	faults: number;
	crashes: number;
}

/** A possible step; `broken` names a promise that it breaks. */
export interface Transition {
	label: string;
	to: System;
	broken?: string;
	/** A document without a file, although nothing failed any more. */
	lost?: string;
	/** Places in the request of the documents whose files it returns. */
	handsOut?: number[];
}

export const start = ({ faults, crashes }: Scenario): System => ({
	ops: [],
	wire: [],
	clients: [],
	memories: {},
	started: 0,
	faults,
	crashes,
});

import type { Known, Rules } from '../../nodes/SignStash/signing/known';
import type { Doc, Op, Request, World } from './Service.cts';

/** What one run of the workflow wants. */
export interface Plan {
	documents: Doc[];
	ifAlreadySigned: Rules['ifAlreadySigned'];
	/** The run whose execution this one retries: n8n's Retry On Fail. */
	retries?: number;
}

/** What is walked, and how far. */
export interface Scenario {
	name: string;
	world: World;
	/** One after the other, or at the same time as far as `atOnce` allows. */
	runs: Plan[];
	atOnce: number;
	/** Faults of network and service that may strike. */
	faults: number;
	/** Runs that may crash or be stopped. */
	crashes: number;
}

export interface Course {
	/** Places among the plan's documents. */
	documents: number[];
	known: Known;
	/** Place of the operation in sight. */
	op?: number;
}

/** What an execution knows of itself, from one of its tries to the next. */
export interface Memory {
	/** Operations that there were when it began. */
	since: number;
	/** Operations that answered it. */
	own: number[];
	/** References of requests without an answer, and of those with one. */
	open: string[];
	answered: string[];
}

export interface Client {
	/** Which execution it is; one that comes after all of a scenario's has a number of its own. */
	run: number;
	/** Whose plan it has. */
	plan: number;
	courses: Course[];
}

/** Everything there is at one moment. */
export interface System {
	ops: Op[];
	/** Requests that were delayed, and may arrive at any time. */
	wire: Request[];
	clients: Client[];
	/** By execution; only of those that are retried. */
	memories: Record<number, Memory>;
	started: number;
	faults: number;
	crashes: number;
}

/** A step that something may take; `broken` names a promise that it breaks. */
export interface Transition {
	label: string;
	to: System;
	broken?: string;
	/** A document that has no file, though nothing failed any more. */
	lost?: string;
	/** Whether a file is handed out by it. */
	handsOut?: boolean;
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

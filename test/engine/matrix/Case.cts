import type { INodeParameters } from 'n8n-workflow';

/** The moments of a signing call at which a fault can strike (sandbox/README.md explains them). */
export const moments = ['received', 'registered', 'signed', 'answering'] as const;
export type Moment = (typeof moments)[number];

/** What strikes a call, as the sandbox's control API takes it. */
export type Action =
	| { type: 'reset' | 'hang' }
	| { type: 'cut'; afterBytes?: number }
	| { type: 'answer'; status: number; headers?: Record<string, string>; body?: unknown };

export interface ArmedFault {
	on: 'token' | 'sign' | 'lookup' | 'status' | 'detail';
	moment: Moment;
	action: Action;
	/** How many calls it strikes; 1 when left out. */
	times?: number;
}

/** What the user got of a document: its signed file, or which kind of fault. */
export type Got =
	| 'file'
	| 'refused'
	| 'turned away'
	| 'not signed'
	| 'still pending'
	| 'outcome unknown'
	| 'found, not read'
	| 'signed, not fetched'
	| 'busy'
	| 'nothing sent'
	| 'no token'
	| 'reference taken'
	| 'words nobody knows';

/** One fault, or none, at one moment, and the expected outcome. */
export interface Case {
	/** The table of the report that contains it. */
	table: string;
	/** The line of that table. */
	line: string;
	/** The column of that table. */
	column: string;
	faults: ArmedFault[];
	/** Behaviour of the sandbox while the document is signed. */
	settings?: Record<string, unknown>;
	/** Parameters of Sign other than the defaults. */
	options?: INodeParameters;
	/** Base URL in place of the sandbox's, made of its port. */
	baseUrl?: (port: string) => string;
	/** Whether the credential already has a token when the document is signed. */
	holdsToken?: boolean;
	/** Whether it has one that was revoked. */
	revoked?: boolean;
	/** What the user may get; several where the service's answers do not let the node decide. */
	expected: Got[];
}

/** What became of a case; every number is the sandbox's own count. */
export interface Result {
	got: Got;
	/** The fault's own words; empty for a file. */
	words: string;
	/** Whether the fault names the reference with which the document is recovered. */
	namesReference: boolean;
	sent: number;
	lookedUp: number;
	signatures: number;
	/** Whether the service had registered the document when the node was done. */
	registered: boolean;
	/** What Recover by Reference found once the fault was over. */
	recovered: string;
	/** Whether it returned exactly the bytes that Sign had returned; true where there is nothing to compare. */
	sameBytes: boolean;
	/** What Sign returned when the workflow ran again, and the number of signatures then. */
	again: { got: Got; signatures: number };
}

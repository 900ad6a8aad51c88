import type { Whose } from './evidence';
import type { OperationId } from '../service/Operation';
import type { PolicyName } from './policies';

/** What an operation says of one document; `failedForGood` lasts until document or settings change. */
export type State = 'signed' | 'failed' | 'failedForGood' | 'pending' | 'unclear' | 'absent';

/** One document as an operation shows it. */
export interface Sighting {
	state: State;
	whose: Whose;
	/** `enough`: it can be given out, or is not wanted. */
	content: 'enough' | 'missing' | 'flawed';
}

/** An operation as it was read; `ours` when it shows the very request that was sent. */
export interface Seen {
	id: OperationId;
	finished: boolean;
	ours: boolean;
	/** In the order of the request's documents. */
	documents: Sighting[];
}

/** What a step brought. A refusal stands for what it means; a look-up's `nothing` is the service's own word. */
export type Learnt =
	| ({ is: 'operation' } & Seen)
	| { is: 'status'; finished: boolean }
	| { is: 'busy' | 'unknown'; asked?: number }
	| {
			is:
				| 'nothing'
				| 'duplicate'
				| 'rejected'
				| 'token'
				| 'notSent'
				| 'noToken'
				| 'stopped'
				| 'renewed'
				| 'rested';
	  };

/** How a document that has no file in the end is told of; the words stand in `faults`. */
export type FaultName =
	| 'refused'
	| 'busy'
	| 'nothingSent'
	| 'noToken'
	| 'stopped'
	| 'unknown'
	| 'hidden'
	| 'foreign'
	| 'cannotTell'
	| 'notSigned'
	| 'pending'
	| 'unclear'
	| 'notFetched'
	| 'unusable'
	| 'alreadySigned'
	| 'rowSpent';

/** What becomes of one document; `alone` goes on in a request of its own, `sent` if one may have arrived. */
export type End =
	| { is: 'signed'; recovered: boolean }
	| { is: 'fault'; fault: FaultName }
	| { is: 'alone'; sent: boolean };

export type Step =
	| { do: 'send' | 'status' | 'fetch' | 'renew' }
	| { do: 'look'; document: number }
	| { do: 'pause'; milliseconds: number }
	| { do: 'end'; ends: End[] };

/** What the user chose, and the moments at which patience ends. */
export interface Rules {
	documents: number;
	ifAlreadySigned: 'return' | 'fail' | 'signAgain';
	/** End of sending and looking, on the clock that gives `now`. */
	deadline: number;
	/** Milliseconds to wait for an operation that is not finished. */
	completion: number;
}

export interface Known {
	/** Place in the row of references: 1 is the reference itself. */
	readonly attempt: number;
	/** Whether a request of this run may have arrived under the reference. */
	readonly sent: boolean;
	/** Who registered the reference, as far as the service's refusals tell. */
	readonly registered: 'no' | 'earlier' | 'perhaps by us';
	/** The operation that was seen to have ended without a signature; whether the reference was refused once more. */
	readonly failed?: { readonly id: OperationId; readonly refused: boolean };
	readonly doing: 'send' | 'look' | 'wait' | 'fetch';
	/** The document that is looked for. */
	readonly asked: number;
	/** How the operation came into sight that is waited for or fetched. */
	readonly origin: 'answer' | 'found';
	readonly seen?: Seen;
	readonly fetched: boolean;
	/** Patience has ended, and the operation is read for the last time. */
	readonly last?: true;
	/** When waiting for completion ends. */
	readonly waitUntil?: number;
	readonly tries: Readonly<Record<PolicyName, number>>;
}

import type { Whose } from './evidence';
import type { Made } from './Execution';
import type { OperationId } from '../service/Operation';
import type { PolicyName } from './policies';

/** What an operation says about one document; `failedForGood` lasts until document or settings change. */
export type Outcome = 'signed' | 'failed' | 'failedForGood' | 'pending' | 'unclear' | 'absent';

/** One document as an operation shows it. */
export interface Sighting {
	outcome: Outcome;
	whose: Whose;
	/** `enough`: it can be returned, or is not wanted. */
	content: 'enough' | 'missing' | 'flawed';
}

/** An operation as it was read; `ours` when it shows the very request that was sent. */
export interface Seen {
	id: OperationId;
	finished: boolean;
	ours: boolean;
	/** When it was made, relative to the start of the execution. */
	made: Made;
	/** In the order of the request's documents. */
	documents: Sighting[];
}

/**
 * What a step returned. A refusal is given by its meaning; a look-up's `nothing` is the service's own word, and
 * `unread` is an operation that holds the reference and cannot be read.
 */
export type Event =
	/** `replayed`: it shows the mark of another request. */
	| ({ is: 'operation'; replayed?: boolean } & Seen)
	| { is: 'status'; finished: boolean }
	| { is: 'busy' | 'unknown' | 'unread'; asked?: number }
	/** `said`: in the service's own words, which no gateway uses. */
	| { is: 'token'; said: boolean }
	| {
			is:
				| 'nothing'
				| 'duplicate'
				| 'rejected'
				| 'notSent'
				| 'noToken'
				| 'stopped'
				| 'renewed'
				| 'rested';
	  };

/** How a document that ends without a file is reported; the words are in `faults`. */
export type FaultName =
	| 'refused'
	| 'busy'
	| 'nothingSent'
	| 'noToken'
	| 'stopped'
	| 'unknown'
	| 'unread'
	| 'hidden'
	| 'foreign'
	| 'swapped'
	| 'cannotTell'
	| 'notSigned'
	| 'pending'
	| 'unclear'
	| 'notFetched'
	| 'unusable'
	| 'alreadySigned'
	| 'rowSpent';

/** What happens to one document; `alone` continues in its own request, `sent` if one may have arrived. */
export type End =
	| { is: 'signed'; recovered: boolean }
	| { is: 'fault'; fault: FaultName }
	| { is: 'alone'; sent: boolean };

export type Step =
	| { do: 'send' | 'status' | 'fetch' | 'renew' }
	| { do: 'look'; document: number }
	| { do: 'pause'; milliseconds: number }
	| { do: 'end'; ends: End[] };

/** What the user chose, and when patience ends. */
export interface Rules {
	documents: number;
	ifAlreadySigned: 'return' | 'fail' | 'signAgain';
	/** End of sending and looking, on the clock that gives `now`. */
	deadline: number;
	/** Milliseconds to wait for an operation that is not finished. */
	completion: number;
	/** Milliseconds for which a request that got no answer may still be in progress. */
	atWork: number;
}

/** A request on its way through the protocol: what is known of it, and what it is doing. */
export interface State {
	/** Place in the row of references: 1 is the reference itself. */
	readonly attempt: number;
	/** Whether the row is for one more signature, which Sign Again asks for. */
	readonly again: boolean;
	/** Whether a request of this execution may have arrived under the reference and got no answer. */
	readonly sent: boolean;
	/** Whether an earlier try of this execution sent a request under the reference. */
	readonly used: boolean;
	/** When the last request that got no answer was given up. */
	readonly lostAt?: number;
	/** Whether a request was throttled; `surely` only if the service said so in its own words. */
	readonly turnedAway?: 'surely' | 'perhaps';
	/** Who registered the reference, if the service's refusals show it. */
	readonly registered: 'no' | 'earlier' | 'perhaps by us';
	/**
	 * The operation that was seen to have ended without a signature, and whether the reference was refused once
	 * more.
	 */
	readonly failed?: { readonly id: OperationId; readonly refused: boolean };
	readonly doing: 'send' | 'look' | 'wait' | 'fetch';
	/** The document that is being looked for. */
	readonly asked: number;
	/** How the operation that is waited for or fetched was found. */
	readonly origin: 'answer' | 'found';
	readonly seen?: Seen;
	/** Whether a look-up named an operation that could not be read. */
	readonly glimpsed?: true;
	/** Whether a look-up of this round, for another document of the request, got no clear answer. */
	readonly unclear?: true;
	readonly fetched: boolean;
	/** What to report if one last look finds nothing. */
	readonly closing?: FaultName;
	/** Patience has ended, and the operation is read for the last time. */
	readonly last?: true;
	/** Whether the status said that the operation is finished. */
	readonly finished?: true;
	/** When waiting for completion ends. */
	readonly waitUntil?: number;
	readonly tries: Readonly<Record<PolicyName, number>>;
}

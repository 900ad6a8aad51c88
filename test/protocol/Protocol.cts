import type { State, Event, Rules, Step } from '../../nodes/SignStash/signing/state';
import { begin } from '../../nodes/SignStash/signing/begin';
import { next } from '../../nodes/SignStash/signing/protocol';

/** What only some scenarios have. */
export interface Need {
	/** Two faults in one history; one is usual. */
	twoFaults?: true;
	/** More than one document in a request. */
	gathered?: true;
	/** Three runs, or users who change their documents between two. */
	users?: true;
	/** A reference that may be used again once its operation has failed. */
	spentFree?: true;
}

/** The protocol that is walked: ours, or one that was deliberately made wrong. */
export interface Protocol {
	name: string;
	begin: typeof begin;
	next(state: State, event: Event, rules: Rules, now: number): [State, Step];
	/** The reference under which a run sends a document. */
	reference?(reference: string, run: number): string;
	/** What a scenario needs for the mistake to show; without it, the first scenarios are enough. */
	needs?: Need;
	/** Treats a retry within one execution as a new execution. */
	forgetful?: true;
	/** Treats a document as ours when another place in its batch was ours. */
	bySet?: true;
	/** Treats an operation's word about its document as final although the service will try again. */
	hasty?: true;
}

export const ours: Protocol = { name: 'ours', begin, next };

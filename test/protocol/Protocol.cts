import type { Known, Learnt, Rules, Step } from '../../nodes/SignStash/signing/known';
import { begin } from '../../nodes/SignStash/signing/begin';
import { next } from '../../nodes/SignStash/signing/protocol';

/** What not every scenario has. */
export interface Need {
	/** Two faults in one history, where one is the usual measure. */
	twoFaults?: true;
	/** More documents than one in a request. */
	gathered?: true;
	/** Three runs, or users who change their documents between two. */
	users?: true;
	/** A reference that may be used anew once its operation failed. */
	spentFree?: true;
}

/** What is walked: ours, or one that was made wrong. */
export interface Protocol {
	name: string;
	begin: typeof begin;
	next(known: Known, learnt: Learnt, rules: Rules, now: number): [Known, Step];
	/** The reference under which a run sends a document. */
	reference?(reference: string, run: number): string;
	/** What a scenario has to have for what is wrong to show; in the first scenarios without it. */
	needs?: Need;
	/** Takes a retry within one execution for a new one. */
	forgetful?: true;
	/** Takes a document for ours when another place of its batch was ours. */
	bySet?: true;
	/** Takes what an operation says of its document for final while the service will try again. */
	hasty?: true;
}

export const ours: Protocol = { name: 'ours', begin, next };

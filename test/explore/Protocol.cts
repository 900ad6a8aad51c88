import type { Known, Learnt, Rules, Step } from '../../nodes/SignStash/signing/known';
import { begin, next } from '../../nodes/SignStash/signing/protocol';

/** What is walked: ours, or one that was made wrong. */
export interface Protocol {
	name: string;
	begin(sent?: boolean): Known;
	next(known: Known, learnt: Learnt, rules: Rules, now: number): [Known, Step];
	/** The reference under which a run sends a document. */
	reference?(reference: string, run: number): string;
	/** Takes what an operation says of its document for final while the service will try again. */
	hasty?: true;
}

export const ours: Protocol = { name: 'ours', begin, next };

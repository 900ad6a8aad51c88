import type { Known, Step } from './known';

const noTries: Known['tries'] = {
	notSent: 0,
	busy: 0,
	look: 0,
	sendAgain: 0,
	read: 0,
	wait: 0,
	settle: 0,
	token: 0,
};

/** What may be known before a request is sent for the first time. */
export interface Beginning {
	/** Whether a request that contained the document may have arrived, and got no answer. */
	sent?: boolean;
	/** Place in the row of references. */
	attempt?: number;
	/** Whether the row is for one more signature. */
	again?: boolean;
	/** Whether an earlier try of the same execution sent a request under the reference. */
	used?: boolean;
	/** Whether an earlier try of the same execution was rejected under it, perhaps by a gateway. */
	doubted?: boolean;
	/** Whether the reference is looked up before anything is sent. */
	look?: boolean;
}

/** What is known at the start. */
export function begin({ sent, attempt, again, used, doubted, look }: Beginning = {}): Known {
	return {
		attempt: attempt ?? 1,
		again: again ?? false,
		sent: sent ?? false,
		used: used ?? false,
		turnedAway: doubted ? 'perhaps' : undefined,
		registered: 'no',
		doing: look ? 'look' : 'send',
		asked: 0,
		origin: 'answer',
		fetched: false,
		tries: noTries,
	};
}

/** Whether a request of this execution may have arrived, answered or not. */
export const mayHaveArrived = ({ sent, used, turnedAway, origin, seen }: Known): boolean =>
	sent || used || turnedAway === 'perhaps' || (origin === 'answer' && seen !== undefined);

/** The step that corresponds to the current activity. */
export function stepOf({ doing, asked }: Known): Step {
	if (doing === 'look') return { do: 'look', document: asked };
	return { do: doing === 'wait' ? 'status' : doing };
}

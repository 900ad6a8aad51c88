import type { State, Step } from './state';

const noTries: State['tries'] = {
	notSent: 0,
	busy: 0,
	look: 0,
	sendAgain: 0,
	read: 0,
	wait: 0,
	settle: 0,
	token: 0,
};

/** The state before a request is sent for the first time, with what is known by then. */
export const begin = (known: Partial<State> = {}): State => ({
	attempt: 1,
	again: false,
	sent: false,
	used: false,
	registered: 'no',
	doing: 'send',
	asked: 0,
	origin: 'answer',
	fetched: false,
	tries: noTries,
	...known,
});

/** Whether a request of this execution may have arrived, answered or not. */
export const mayHaveArrived = ({ sent, used, turnedAway, origin, seen }: State): boolean =>
	sent || used || turnedAway === 'perhaps' || (origin === 'answer' && seen !== undefined);

/** The step that corresponds to the current activity. */
export function stepOf({ doing, asked }: State): Step {
	if (doing === 'look') return { do: 'look', document: asked };
	return { do: doing === 'wait' ? 'status' : doing };
}

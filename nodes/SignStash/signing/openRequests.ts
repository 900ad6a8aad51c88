import type { FaultName, State } from './state';

/*
 * What a sending leaves behind that got no answer to rely on: whether one of our own requests may have been
 * registered under the reference.
 */

/** A request got no answer, and may still be in progress. */
export const lost = (state: State, { now }: { now: number }): State => ({
	...state,
	sent: true,
	lostAt: now,
});

/** Unless the service said so in its own words, the request may have been registered all the same. */
export const turnedAway = (state: State, said: boolean): State =>
	said && state.turnedAway !== 'perhaps'
		? { ...state, turnedAway: 'surely' }
		: { ...state, turnedAway: 'perhaps', registered: perhapsOurs(state) };

/** Who registered the reference, now that a request of ours may have done so. */
export const perhapsOurs = ({ registered }: State): State['registered'] =>
	registered === 'earlier' ? 'perhaps by us' : registered;

/** What to report when no more requests are sent: it depends on whether one was sent before. */
export const unsent = ({ turnedAway: away }: State, name: FaultName): FaultName =>
	away === undefined ? name : away === 'surely' ? 'refused' : 'unknown';

/** An answer that shows the operation of another request does not answer ours: the reference is in use. */
export const answered = (state: State, replayed = false): State =>
	replayed ? { ...inUse(state), origin: 'found' } : { ...state, origin: 'answer' };

/** The reference is in use: the service refused it, or answered with the operation of another request. */
export function inUse(state: State): State {
	// For references after the first, all that an earlier try of the execution leaves is that it got this far.
	const ofEarlierTry = state.used && state.attempt > 1;
	const sent = state.sent || state.turnedAway === 'perhaps';
	const registered = sent || ofEarlierTry ? 'perhaps by us' : 'earlier';
	const failed = state.failed && { ...state.failed, refused: true };
	return { ...state, sent, registered, failed };
}

import type { FaultName, Known } from './known';

/*
 * What a sending leaves behind that got no answer to rely on: whether one of our own requests may have been
 * registered under the reference.
 */

/** A request got no answer, and may still be in progress. */
export const lost = (known: Known, { now }: { now: number }): Known => ({
	...known,
	sent: true,
	lostAt: now,
});

/** Unless the service said so in its own words, the request may have been registered all the same. */
export const turnedAway = (known: Known, said: boolean): Known =>
	said && known.turnedAway !== 'perhaps'
		? { ...known, turnedAway: 'surely' }
		: { ...known, turnedAway: 'perhaps', registered: perhapsOurs(known) };

/** Who registered the reference, now that a request of ours may have done so. */
export const perhapsOurs = ({ registered }: Known): Known['registered'] =>
	registered === 'earlier' ? 'perhaps by us' : registered;

/** What to report when no more requests are sent: it depends on whether one was sent before. */
export const unsent = ({ turnedAway: away }: Known, name: FaultName): FaultName =>
	away === undefined ? name : away === 'surely' ? 'refused' : 'unknown';

/** An answer that shows the operation of another request does not answer ours: the reference is in use. */
export const answered = (known: Known, replayed = false): Known =>
	replayed ? { ...inUse(known), origin: 'found' } : { ...known, origin: 'answer' };

/** The reference is in use: the service refused it, or answered with the operation of another request. */
export function inUse(known: Known): Known {
	// For references after the first, all that an earlier try of the execution leaves is that it got this far.
	const ofEarlierTry = known.used && known.attempt > 1;
	const sent = known.sent || known.turnedAway === 'perhaps';
	const registered = sent || ofEarlierTry ? 'perhaps by us' : 'earlier';
	const failed = known.failed && { ...known.failed, refused: true };
	return { ...known, sent, registered, failed };
}

import type { End, FaultName, Known, Rules, Sighting } from './known';

/** What one document's sighting leads to; a verdict that is not an end concerns the request as a whole. */
export type Verdict = End | 'wait' | 'fetch' | 'next' | 'confirm' | 'look';

/** The verdict on each document of the operation that was found; none if there is none. */
export const verdictsOf = (known: Known, rules: Rules): Verdict[] =>
	(known.seen?.documents ?? []).map((sighting) => verdictOf(known, sighting, rules));

const fault = (name: FaultName): End => ({ is: 'fault', fault: name });

/** Continues in its own request; one that a gateway turned away may have arrived as well. */
export const alone = ({ sent, turnedAway }: Known): End => ({
	is: 'alone',
	sent: sent || turnedAway === 'perhaps',
});

/** Whether the operation was made before this execution; the row of one more signature contains nothing earlier. */
function isEarlier({ again, origin, seen, registered }: Known): boolean {
	if (again || seen?.made === 'own') return false;
	return seen?.made === 'before' || (origin === 'found' && registered === 'earlier');
}

/** Whether the operation that was found is the answer to our own request; a service may replay an earlier one. */
const isOwnAnswer = ({ origin, seen }: Known): boolean =>
	origin === 'answer' && seen?.made !== 'before';

function verdictOf(known: Known, sighting: Sighting, rules: Rules): Verdict {
	const { state, whose } = sighting;
	const single = rules.documents === 1;
	if (state === 'absent') return absent(known, single);
	if (state === 'failed' || state === 'failedForGood') return failed(known, sighting, rules);
	if (whose === 'anothers') return fault('foreign');
	if (whose === 'swapped') return known.fetched ? fault('swapped') : 'fetch';
	if (state === 'pending') return 'wait';
	if (whose === 'unknown' && !isOwnAnswer(known) && known.seen?.made !== 'own')
		return known.fetched ? fault('cannotTell') : 'fetch';
	if (state === 'unclear') return fault('unclear');
	return signed(known, sighting, rules);
}

/**
 * An answer that leaves a document out may only be short: its operation shows it, and if not, the reference does.
 */
function absent(known: Known, single: boolean): Verdict {
	const { sent, seen, fetched } = known;
	const own = isOwnAnswer(known);
	if (own && !fetched) return 'fetch';
	if (single) return own ? 'look' : fault('unclear');
	return alone({ ...known, sent: sent || own || seen?.ours === true });
}

/**
 * A failure ends a document only if no request of ours can still be signed: the operation may be an older one, and
 * its reference free again.
 */
function failed(known: Known, { state, whose }: Sighting, rules: Rules): Verdict {
	const { origin, sent, seen, failed: before } = known;
	if (isOwnAnswer(known)) return fault(sent ? 'unknown' : 'notSigned');
	const lasting =
		state === 'failedForGood' && whose === 'ours' && rules.ifAlreadySigned !== 'signAgain';
	if (lasting && !sent) return fault('notSigned');
	if (rules.documents > 1) return alone(known);
	// A service that replays answers with the old operation where others refuse the reference.
	const refused = before?.id === seen?.id && (before?.refused === true || origin === 'answer');
	return refused && before !== undefined ? 'next' : 'confirm';
}

function signed(known: Known, { whose, content }: Sighting, rules: Rules): Verdict {
	const earlier = isEarlier(known);
	if (rules.ifAlreadySigned === 'fail' && (earlier || cannotTellWhen(known)))
		return fault('alreadySigned');
	if (earlier && rules.ifAlreadySigned === 'signAgain')
		return rules.documents === 1 ? 'next' : alone(known);
	if (content === 'enough') return { is: 'signed', recovered: earlier };
	if (!known.fetched) return 'fetch';
	if (content === 'flawed') return fault('unusable');
	return fault(whose === 'unknown' ? 'cannotTell' : 'notFetched');
}

/** Whether nothing shows if a signature was made by this execution or before it. */
export const cannotTellWhen = ({ again, origin, registered, seen }: Known): boolean =>
	!again && origin === 'found' && registered !== 'earlier' && seen?.made === undefined;

/** The end of every document when nothing more is done: as last seen if that is an end, else the fault. */
export function ended(known: Known, rules: Rules, name: FaultName): End[] {
	const verdicts = verdictsOf({ ...known, fetched: true }, rules);
	return Array.from({ length: rules.documents }, (_, index): End => {
		const verdict = verdicts[index];
		return verdict === undefined || typeof verdict === 'string' ? fault(name) : verdict;
	});
}

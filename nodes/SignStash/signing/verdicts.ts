import type { End, FaultName, State, Rules, Sighting } from './state';

/** What one document's sighting leads to; a verdict that is not an end concerns the request as a whole. */
export type Verdict = End | 'wait' | 'fetch' | 'next' | 'confirm' | 'look';

/** The verdict on each document of the operation that was found; none if there is none. */
export const verdictsOf = (state: State, rules: Rules): Verdict[] =>
	(state.seen?.documents ?? []).map((sighting) => verdictOf(state, sighting, rules));

const fault = (name: FaultName): End => ({ is: 'fault', fault: name });

/** Continues in its own request; one that a gateway turned away may have arrived as well. */
export const alone = ({ sent, turnedAway }: State): End => ({
	is: 'alone',
	sent: sent || turnedAway === 'perhaps',
});

/** Whether the operation was made before this execution; the row of one more signature contains nothing earlier. */
function isEarlier({ again, origin, seen, registered }: State): boolean {
	if (again || seen?.made === 'own') return false;
	return seen?.made === 'before' || (origin === 'found' && registered === 'earlier');
}

/** Whether the operation that was found is the answer to our own request; a service may replay an earlier one. */
const isOwnAnswer = ({ origin, seen }: State): boolean =>
	origin === 'answer' && seen?.made !== 'before';

function verdictOf(state: State, sighting: Sighting, rules: Rules): Verdict {
	const { outcome, whose } = sighting;
	const single = rules.documents === 1;
	if (outcome === 'absent') return absent(state, single);
	if (outcome === 'failed' || outcome === 'failedForGood') return failed(state, sighting, rules);
	if (whose === 'anothers') return fault('foreign');
	if (whose === 'swapped') return state.fetched ? fault('swapped') : 'fetch';
	if (outcome === 'pending') return 'wait';
	if (whose === 'unknown' && !isOwnAnswer(state) && state.seen?.made !== 'own')
		return state.fetched ? fault('cannotTell') : 'fetch';
	if (outcome === 'unclear') return fault('unclear');
	return signed(state, sighting, rules);
}

/**
 * An answer that leaves a document out may only be short: its operation shows it, and if not, the reference does.
 */
function absent(state: State, single: boolean): Verdict {
	const { sent, seen, fetched } = state;
	const own = isOwnAnswer(state);
	if (own && !fetched) return 'fetch';
	if (single) return own ? 'look' : fault('unclear');
	return alone({ ...state, sent: sent || own || seen?.ours === true });
}

/**
 * A failure ends a document only if no request of ours can still be signed: the operation may be an older one, and
 * its reference free again.
 */
function failed(state: State, { outcome, whose }: Sighting, rules: Rules): Verdict {
	const { origin, sent, seen, failed: before } = state;
	if (isOwnAnswer(state)) return fault(sent ? 'unknown' : 'notSigned');
	const lasting =
		outcome === 'failedForGood' && whose === 'ours' && rules.ifAlreadySigned !== 'signAgain';
	if (lasting && !sent) return fault('notSigned');
	if (rules.documents > 1) return alone(state);
	// A service that replays answers with the old operation where others refuse the reference.
	const refused = before?.id === seen?.id && (before?.refused === true || origin === 'answer');
	return refused && before !== undefined ? 'next' : 'confirm';
}

function signed(state: State, { whose, content }: Sighting, rules: Rules): Verdict {
	const earlier = isEarlier(state);
	if (rules.ifAlreadySigned === 'fail' && (earlier || cannotTellWhen(state)))
		return fault('alreadySigned');
	if (earlier && rules.ifAlreadySigned === 'signAgain')
		return rules.documents === 1 ? 'next' : alone(state);
	if (content === 'enough') return { is: 'signed', recovered: earlier };
	if (!state.fetched) return 'fetch';
	if (content === 'flawed') return fault('unusable');
	return fault(whose === 'unknown' ? 'cannotTell' : 'notFetched');
}

/** Whether nothing shows if a signature was made by this execution or before it. */
export const cannotTellWhen = ({ again, origin, registered, seen }: State): boolean =>
	!again && origin === 'found' && registered !== 'earlier' && seen?.made === undefined;

/** The end of every document when nothing more is done: as last seen if that is an end, else the fault. */
export function ended(state: State, rules: Rules, name: FaultName): End[] {
	const verdicts = verdictsOf({ ...state, fetched: true }, rules);
	return Array.from({ length: rules.documents }, (_, index): End => {
		const verdict = verdicts[index];
		return verdict === undefined || typeof verdict === 'string' ? fault(name) : verdict;
	});
}

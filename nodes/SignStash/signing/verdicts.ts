import type { End, FaultName, Known, Rules, Sighting } from './known';

/** What one document's sighting leads to; what is no end concerns the request as a whole. */
export type Verdict = End | 'wait' | 'fetch' | 'next' | 'confirm' | 'look';

/** The verdict on each document of the operation in sight; none when none is. */
export const verdictsOf = (known: Known, rules: Rules): Verdict[] =>
	(known.seen?.documents ?? []).map((sighting) => verdictOf(known, sighting, rules));

const fault = (name: FaultName): End => ({ is: 'fault', fault: name });

function verdictOf(known: Known, sighting: Sighting, rules: Rules): Verdict {
	const { state, whose } = sighting;
	const earlier = known.origin === 'found' && known.registered === 'earlier';
	const single = rules.documents === 1;
	if (state === 'absent') return absent(known, single);
	const ended = state === 'failed' || state === 'failedForGood';
	const found = known.origin === 'found' && !ended;
	if (found && whose === 'anothers') return fault('foreign');
	if (state === 'pending') return 'wait';
	if (found && whose === 'unknown') return fault('cannotTell');
	if (state === 'unclear') return fault('unclear');
	if (state === 'signed') return signed(known, sighting, rules, earlier);
	const lasting =
		state === 'failedForGood' && whose === 'ours' && rules.ifAlreadySigned !== 'signAgain';
	if (!earlier || lasting) return fault('notSigned');
	if (!single) return { is: 'alone', sent: known.sent };
	const { failed, seen } = known;
	return failed?.refused && failed.id === seen?.id ? 'next' : 'confirm';
}

/** An answer that leaves a document out may only be short: its operation knows, and after it the reference. */
function absent({ origin, sent, seen, fetched }: Known, single: boolean): Verdict {
	const own = origin === 'answer';
	if (own && !fetched) return 'fetch';
	if (single) return own ? 'look' : fault('unclear');
	return { is: 'alone', sent: sent || own || seen?.ours === true };
}

function signed(known: Known, { content }: Sighting, rules: Rules, earlier: boolean): Verdict {
	if (earlier && rules.ifAlreadySigned === 'fail') return fault('alreadySigned');
	if (earlier && rules.ifAlreadySigned === 'signAgain')
		return rules.documents === 1 ? 'next' : { is: 'alone', sent: known.sent };
	if (content === 'enough') return { is: 'signed', recovered: earlier };
	if (!known.fetched) return 'fetch';
	return fault(content === 'missing' ? 'notFetched' : 'unusable');
}

/** The end of every document when nothing more is done: as last seen where that is an end, else the fault. */
export function ended(known: Known, rules: Rules, name: FaultName): End[] {
	const verdicts = verdictsOf({ ...known, fetched: true }, rules);
	return Array.from({ length: rules.documents }, (_, index): End => {
		const verdict = verdicts[index];
		return verdict === undefined || typeof verdict === 'string' ? fault(name) : verdict;
	});
}

import { pauseOf, policies, type PolicyName } from './policies';
import { rowLength } from './references';
import type { End, FaultName, Known, Learnt, Rules, Seen, Step } from './known';
import { ended, verdictsOf } from './verdicts';

/*
 * The protocol of signing: a pure function from what is known and what was just learnt to what is known now
 * and the next step. It carries one rule: the same reference may be sent as often as needed, a new one only
 * after the operation under the old one was seen to have ended without a signature.
 */

type Next = [known: Known, step: Step];

const noTries: Known['tries'] = {
	notSent: 0,
	busy: 0,
	look: 0,
	sendAgain: 0,
	read: 0,
	wait: 0,
	token: 0,
};

/** What is known at first; `sent` when a request that held the document may have arrived. */
export function begin(sent = false, attempt = 1): Known {
	return {
		attempt,
		sent,
		registered: 'no',
		doing: 'send',
		asked: 0,
		origin: 'answer',
		fetched: false,
		tries: noTries,
	};
}

/** The step that what is being done stands for. */
export function stepOf({ doing, asked }: Known): Step {
	if (doing === 'look') return { do: 'look', document: asked };
	return { do: doing === 'wait' ? 'status' : doing };
}

/** One step further. `now` is read from the clock on which `rules` has its deadline. */
export function next(known: Known, learnt: Learnt, rules: Rules, now: number): Next {
	if (learnt.is === 'renewed' || learnt.is === 'rested') return [known, stepOf(known)];
	if (learnt.is === 'token' && known.tries.token < policies.token.tries)
		return [counted(known, 'token'), { do: 'renew' }];
	const calm = { ...known, tries: { ...known.tries, token: 0 } };
	if (learnt.is === 'stopped')
		return endAll(calm, rules, calm.doing === 'wait' ? 'pending' : 'stopped');
	const turn: Turn = { rules, now };
	if (calm.doing === 'send') return afterSending(calm, learnt, turn);
	if (calm.doing === 'look') return afterLooking(calm, learnt, turn);
	return afterReading(calm, learnt, turn);
}

interface Turn {
	rules: Rules;
	now: number;
}

function afterSending(known: Known, learnt: Learnt, turn: Turn): Next {
	switch (learnt.is) {
		case 'operation':
			return judge({ ...known, origin: 'answer', sent: true }, learnt, turn);
		case 'duplicate':
			return afterDuplicate(known);
		case 'busy':
			return retry(known, 'busy', turn, known.sent ? 'unknown' : 'busy', learnt.asked);
		case 'notSent':
			return known.sent ? lookFor(known, turn) : retry(known, 'notSent', turn, 'nothingSent');
		case 'noToken':
			return endAll(known, turn.rules, known.sent ? 'unknown' : 'noToken');
		case 'rejected':
		case 'token':
			if (known.sent) return endAll(known, turn.rules, 'unknown');
			if (learnt.is === 'rejected' && turn.rules.documents > 1) return alone(known, turn.rules);
			return endAll(known, turn.rules, 'refused');
		default:
			return lookFor({ ...known, sent: true }, turn, 'asked' in learnt ? learnt.asked : undefined);
	}
}

/** The reference is taken: a look tells by what, even when its operation was seen to have failed before. */
function afterDuplicate(known: Known): Next {
	const registered = known.sent ? 'perhaps by us' : 'earlier';
	const failed = known.failed && !known.sent ? { ...known.failed, refused: true } : undefined;
	const looking: Known = { ...fresh(known, 'look'), registered, failed, asked: 0 };
	return [looking, stepOf(looking)];
}

/** Only a look-up can tell what became of a request without an answer. */
function lookFor(known: Known, turn: Turn, asked?: number): Next {
	const registered = known.registered === 'earlier' ? 'perhaps by us' : known.registered;
	return retry({ ...fresh(known, 'look'), registered, asked: 0 }, 'look', turn, 'unknown', asked);
}

function afterLooking(known: Known, learnt: Learnt, turn: Turn): Next {
	if (learnt.is === 'operation') return judge({ ...known, origin: 'found' }, learnt, turn);
	const isRegistered = known.registered !== 'no';
	if (isRegistered && known.asked + 1 < turn.rules.documents) {
		const other = { ...known, asked: known.asked + 1 };
		return [other, stepOf(other)];
	}
	const first = { ...known, asked: 0 };
	if (learnt.is !== 'nothing' || known.tries.look < policies.look.tries) {
		const asked = 'asked' in learnt ? learnt.asked : undefined;
		const [after, step] = retry(first, 'look', turn, 'unknown', asked);
		return step.do === 'end' && isRegistered ? notFound(after, turn) : [after, step];
	}
	if (isRegistered) return notFound(first, turn);
	return retry(fresh(first, 'send'), 'sendAgain', turn, 'unknown');
}

/** The reference is taken, and no look-up shows by what. One that was refused as a whole may hold free ones. */
function notFound(known: Known, { rules }: Turn): Next {
	if (known.sent) return endAll(known, rules, 'unknown');
	return rules.documents > 1 ? alone(known, rules) : endAll(known, rules, 'hidden');
}

/** After the status or the detail of an operation that is in sight already. */
function afterReading(known: Known, learnt: Learnt, turn: Turn): Next {
	if (learnt.is === 'operation')
		return judge({ ...known, fetched: known.fetched || known.doing === 'fetch' }, learnt, turn);
	const asked = 'asked' in learnt ? learnt.asked : undefined;
	if (known.doing === 'fetch' && known.seen?.documents.every(({ state }) => state === 'absent'))
		return lookFor({ ...known, sent: true }, turn, asked);
	if (known.doing === 'fetch') return retry(known, 'read', turn, 'pending', asked);
	if (learnt.is !== 'status' || !learnt.finished) return wait(known, turn, asked);
	return fetch(known);
}

function fetch(known: Known): Next {
	const reading: Known = { ...known, doing: 'fetch' };
	return [reading, stepOf(reading)];
}

/** Until the operation is finished; once patience has ended it is read for the last time, as it may show more. */
function wait(known: Known, turn: Turn, asked?: number): Next {
	if (known.last) return endAll(known, turn.rules, 'pending');
	const waitUntil = known.waitUntil ?? turn.now + turn.rules.completion;
	const rules = { ...turn.rules, deadline: waitUntil };
	const waiting: Known = { ...known, doing: 'wait', waitUntil };
	const [after, step] = retry(waiting, 'wait', { ...turn, rules }, 'pending', asked);
	const mayShowMore = step.do === 'end' && known.tries.wait > 0;
	return mayShowMore ? fetch({ ...after, last: true }) : [after, step];
}

function judge(known: Known, { id, finished, ours, documents }: Seen, turn: Turn): Next {
	const seen: Seen = { id, finished, ours, documents };
	const now: Known = { ...known, seen };
	const verdicts = verdictsOf(now, turn.rules);
	if (verdicts.includes('wait')) return wait(now, turn);
	if (verdicts.includes('fetch')) return fetch(now);
	if (verdicts.includes('look')) return lookFor({ ...now, sent: true }, turn);
	if (verdicts.includes('next')) return nextAttempt(now, turn.rules);
	if (verdicts.includes('confirm')) return confirm(now, turn);
	return [now, { do: 'end', ends: verdicts.filter((one) => typeof one !== 'string') }];
}

/** A reference may be free again after its operation failed: only being refused once more tells that it is spent. */
function confirm(known: Known, turn: Turn): Next {
	const failed = known.seen && { id: known.seen.id, refused: false };
	const sending: Known = { ...fresh(known, 'send'), failed };
	return known.sent ? retry(sending, 'sendAgain', turn, 'unknown') : [sending, stepOf(sending)];
}

function nextAttempt(known: Known, rules: Rules): Next {
	if (known.attempt >= rowLength) return endAll(known, rules, 'rowSpent');
	const following = begin(false, known.attempt + 1);
	return [following, stepOf(following)];
}

/** Turns to something else: the tries of the last look and read do not count for the next. */
function fresh(known: Known, doing: Known['doing']): Known {
	const tries = { ...known.tries, look: 0, read: 0, wait: 0 };
	return {
		...known,
		doing,
		tries,
		seen: undefined,
		fetched: false,
		waitUntil: undefined,
		last: undefined,
	};
}

const counted = (known: Known, policy: PolicyName): Known => ({
	...known,
	tries: { ...known.tries, [policy]: known.tries[policy] + 1 },
});

/** The same again after a pause; the fault when that was often enough, or when the deadline comes first. */
function retry(
	known: Known,
	policy: PolicyName,
	turn: Turn,
	giveUp: FaultName,
	asked?: number,
): Next {
	const tries = known.tries[policy];
	const milliseconds = pauseOf(policies[policy], tries, asked);
	if (tries >= policies[policy].tries || turn.now + milliseconds > turn.rules.deadline)
		return endAll(known, turn.rules, giveUp);
	return [counted(known, policy), { do: 'pause', milliseconds }];
}

/** The end of all documents: as they were last seen where that is an end, else the fault. */
function endAll(known: Known, rules: Rules, name: FaultName): Next {
	return [known, { do: 'end', ends: ended(known, rules, name) }];
}

function alone(known: Known, { documents }: Rules): Next {
	const ends = Array.from({ length: documents }, (): End => ({ is: 'alone', sent: known.sent }));
	return [known, { do: 'end', ends }];
}

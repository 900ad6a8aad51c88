import { pauseOf, policies, type PolicyName } from './policies';
import { rowLength } from './references';
import type { FaultName, Known, Learnt, Rules, Seen, Step } from './known';
import { begin, stepOf } from './begin';
import { answered, inUse, lost, perhapsOurs, turnedAway, unsent } from './openRequests';
import { alone, ended, verdictsOf } from './verdicts';

/*
 * The protocol of signing: a pure function from what is known and what was just learnt to what is known now and
 * the next step. It has one rule: the same reference may be sent as often as needed, a new one only after the
 * operation under the old one was seen to have ended without a signature.
 */

type Next = [known: Known, step: Step];

/** One step further. `now` is read from the same clock as the deadline in `rules`. */
export function next(known: Known, learnt: Learnt, rules: Rules, now: number): Next {
	if (learnt.is === 'renewed' || learnt.is === 'rested') return [known, stepOf(known)];
	if (learnt.is === 'token' && known.tries.token < policies.token.tries)
		return renew(known, learnt);
	const calm = { ...known, tries: { ...known.tries, token: 0 } };
	if (learnt.is === 'stopped')
		return endAll(calm, rules, calm.doing === 'wait' ? 'pending' : 'stopped');
	const turn: Turn = { rules, now };
	if (calm.doing === 'send') return afterSending(calm, learnt, turn);
	if (calm.doing === 'look') return afterLooking(calm, learnt, turn);
	return afterReading(calm, learnt, turn);
}

/** A request that was rejected because of its token did leave. */
function renew(known: Known, { said }: Extract<Learnt, { is: 'token' }>): Next {
	const after = known.doing === 'send' ? turnedAway(known, said) : known;
	return [counted(after, 'token'), { do: 'renew' }];
}

interface Turn {
	rules: Rules;
	now: number;
}

function afterSending(known: Known, learnt: Learnt, turn: Turn): Next {
	switch (learnt.is) {
		case 'operation':
			return judge(answered(known, learnt.replayed), learnt, turn);
		case 'duplicate':
			return afterDuplicate(known);
		case 'busy':
			return afterBusy(turnedAway(known, false), turn, learnt.asked);
		case 'notSent':
			if (known.sent) return lookFor(known, turn);
			return retry(known, 'notSent', turn, unsent(known, 'nothingSent'));
		case 'noToken':
			return endAll(known, turn.rules, known.sent ? 'unknown' : unsent(known, 'noToken'));
		case 'token':
			if (!learnt.said) return lookFor(lost(known, turn), turn);
			return lookIfDoubted(known, turn) ?? endAll(known, turn.rules, 'refused');
		case 'rejected':
			return (
				lookIfDoubted(known, turn) ??
				(turn.rules.documents > 1 ? split(known, turn.rules) : endAll(known, turn.rules, 'refused'))
			);
		default:
			return lookFor(lost(known, turn), turn, 'asked' in learnt ? learnt.asked : undefined);
	}
}

/** A refusal says nothing about an earlier request that may have arrived. */
function lookIfDoubted(known: Known, turn: Turn): Next | undefined {
	if (known.sent) return lookFor(known, turn);
	return known.turnedAway === 'perhaps' ? lookFor(lost(known, turn), turn) : undefined;
}

function afterBusy(known: Known, turn: Turn, asked?: number): Next {
	const further = again(known, 'busy', turn, asked);
	if (further) return further;
	return known.sent ? lookFor(known, turn) : lookOnce(known, 'busy');
}

/** A look shows what uses the reference, even if its operation was seen to have failed before. */
function afterDuplicate(known: Known): Next {
	const looking: Known = { ...fresh(inUse(known), 'look'), asked: 0 };
	return [looking, stepOf(looking)];
}

/** Only a look-up can show what happened to a request that got no answer. */
function lookFor(known: Known, turn: Turn, asked?: number): Next {
	const looking: Known = { ...fresh(known, 'look'), registered: perhapsOurs(known), asked: 0 };
	// A long Retry-After must not prevent the only look.
	return again(looking, 'look', turn, asked) ?? [looking, stepOf(looking)];
}

/** A request is reported as rejected only after one look-up found nothing. */
function lookOnce(known: Known, closing: FaultName): Next {
	const looking: Known = { ...fresh(known, 'look'), asked: 0, closing };
	return [looking, stepOf(looking)];
}

function afterLooking(known: Known, learnt: Learnt, turn: Turn): Next {
	if (learnt.is === 'operation')
		return judge({ ...known, origin: 'found', closing: undefined }, learnt, turn);
	const isNothing = learnt.is === 'nothing' && !known.unclear;
	const glimpsed = known.glimpsed ?? (learnt.is === 'unread' ? true : undefined);
	// The first document represents its request, until the last look: an earlier request may hold another one.
	const isLast = known.tries.look >= policies.look.tries;
	const asksAll = isLast || known.registered !== 'no';
	if (asksAll && known.asked + 1 < turn.rules.documents) {
		const unclear = isNothing ? undefined : true;
		const other: Known = { ...known, asked: known.asked + 1, glimpsed, unclear };
		return [other, stepOf(other)];
	}
	if (known.closing !== undefined && isNothing) return endAll(known, turn.rules, known.closing);
	const asked = 'asked' in learnt ? learnt.asked : undefined;
	const looking = { ...known, asked: 0, glimpsed, unclear: undefined };
	return lookAgain(looking, isNothing, turn, asked);
}

/** Looks once more; after enough looks, sends again what was not found, or ends. */
function lookAgain(known: Known, nothing: boolean, turn: Turn, asked?: number): Next {
	const isRegistered = known.registered !== 'no';
	const further = again(known, 'look', turn, asked);
	if (further) return further;
	if (known.glimpsed && turn.rules.documents === 1) return endAll(known, turn.rules, 'unread');
	if (isRegistered) return notFound(known, turn);
	if (!nothing || known.closing !== undefined) return endAll(known, turn.rules, 'unknown');
	const rest = (known.lostAt ?? turn.now) + turn.rules.atWork - turn.now;
	if (rest <= 0) return retry(fresh(known, 'send'), 'sendAgain', turn, 'unknown');
	if (turn.now + rest > turn.rules.deadline) return endAll(known, turn.rules, 'unknown');
	return [known, { do: 'pause', milliseconds: rest }];
}

/** The reference is in use, and no look-up shows by what. A request refused as a whole may contain unused ones. */
function notFound(known: Known, { rules }: Turn): Next {
	if (known.sent) return endAll(known, rules, 'unknown');
	return rules.documents > 1 ? split(known, rules) : endAll(known, rules, 'hidden');
}

/** After the status or the detail of an operation that was found before. */
function afterReading(known: Known, learnt: Learnt, turn: Turn): Next {
	if (learnt.is === 'operation')
		return judge({ ...known, fetched: known.fetched || known.doing === 'fetch' }, learnt, turn);
	const asked = 'asked' in learnt ? learnt.asked : undefined;
	if (known.doing === 'fetch' && known.seen?.documents.every(({ state }) => state === 'absent'))
		return lookFor(lost(known, turn), turn, asked);
	if (known.doing === 'fetch') {
		const isFinished = known.finished ?? known.seen?.finished;
		return retry(known, 'read', turn, isFinished ? 'unread' : 'pending', asked);
	}
	if (learnt.is !== 'status' || !learnt.finished) return wait(known, turn, asked);
	return fetch({ ...known, finished: true });
}

function fetch(known: Known): Next {
	const reading: Known = { ...known, doing: 'fetch' };
	return [reading, stepOf(reading)];
}

/** Until the operation is finished; once patience has ended it is read one last time, as it may show more. */
function wait(known: Known, turn: Turn, asked?: number): Next {
	if (known.last) return endAll(known, turn.rules, 'pending');
	const waitUntil = known.waitUntil ?? turn.now + turn.rules.completion;
	const rules = { ...turn.rules, deadline: waitUntil };
	const waiting: Known = { ...known, doing: 'wait', waitUntil };
	const [after, step] = retry(waiting, 'wait', { ...turn, rules }, 'pending', asked);
	const mayShowMore = step.do === 'end' && known.tries.wait > 0;
	return mayShowMore ? fetch({ ...after, last: true }) : [after, step];
}

function judge(known: Known, { id, finished, ours, made, documents }: Seen, turn: Turn): Next {
	const now: Known = { ...known, seen: { id, finished, ours, made, documents } };
	const verdicts = verdictsOf(now, turn.rules);
	if (verdicts.includes('wait')) return wait(now, turn);
	if (verdicts.includes('fetch')) return fetch(now);
	if (verdicts.includes('look')) return lookFor(lost(now, turn), turn);
	if (verdicts.includes('next')) return lookBeforeNext(now, turn) ?? nextAttempt(now, turn.rules);
	if (verdicts.includes('confirm')) return confirm(now, turn);
	return [now, { do: 'end', ends: verdicts.filter((one) => typeof one !== 'string') }];
}

/**
 * A reference may be free again after its operation failed: only another refusal shows that it is spent. While a
 * request of ours may be in progress, an operation that failed counts for nothing.
 */
function confirm(known: Known, turn: Turn): Next {
	const failed = known.seen && { id: known.seen.id, refused: false };
	if (known.sent) return lookAgain({ ...known, failed, doing: 'look', asked: 0 }, true, turn);
	const sending: Known = { ...fresh(known, 'send'), failed };
	return [sending, stepOf(sending)];
}

/** A look-up that lags may show an older operation: before the next reference is used, it must show it twice. */
function lookBeforeNext(known: Known, turn: Turn): Next | undefined {
	const isShown = known.tries.settle >= policies.settle.tries;
	if (known.origin !== 'found' || isSigned(known) || isShown) return undefined;
	return retry({ ...known, doing: 'look', asked: 0 }, 'settle', turn, 'unknown');
}

const isSigned = ({ seen }: Known): boolean =>
	seen?.documents.some(({ state }) => state === 'signed') === true;

/**
 * One more signature has its own row; after a failure, the next reference of the row follows. Only a failure that
 * this very try has caused ends it; an earlier try of the execution may have moved on to the next reference.
 */
function nextAttempt(known: Known, rules: Rules): Next {
	const { made, documents: [only] = [] } = known.seen ?? {};
	const isOpen = known.sent && !isSigned(known);
	if (isOpen && made === undefined) return endAll(known, rules, 'unknown');
	if (isOpen && made !== 'before' && !known.used)
		return endAll(known, rules, only?.whose === 'ours' ? 'notSigned' : 'unknown');
	const isAgain = isSigned(known);
	if (!isAgain && known.attempt >= rowLength) return endAll(known, rules, 'rowSpent');
	const place = { attempt: isAgain ? 1 : known.attempt + 1, again: isAgain || known.again };
	const doubted = known.turnedAway === 'perhaps';
	const following = begin({ ...place, used: known.used, doubted });
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
		glimpsed: undefined,
		unclear: undefined,
		fetched: false,
		closing: undefined,
		waitUntil: undefined,
		finished: undefined,
		last: undefined,
	};
}

const counted = (known: Known, policy: PolicyName): Known => ({
	...known,
	tries: { ...known.tries, [policy]: known.tries[policy] + 1 },
});

/** The same again after a pause; undefined after enough tries, or if the deadline comes first. */
function again(known: Known, policy: PolicyName, turn: Turn, asked?: number): Next | undefined {
	const tries = known.tries[policy];
	const milliseconds = pauseOf(policies[policy], tries, asked);
	if (tries >= policies[policy].tries || turn.now + milliseconds > turn.rules.deadline)
		return undefined;
	return [counted(known, policy), { do: 'pause', milliseconds }];
}

const retry = (
	known: Known,
	policy: PolicyName,
	turn: Turn,
	giveUp: FaultName,
	asked?: number,
): Next => again(known, policy, turn, asked) ?? endAll(known, turn.rules, giveUp);

/** A document that an earlier try of the execution may have had signed must not be reported as unsigned. */
const nothingHappened: ReadonlySet<FaultName> = new Set([
	'refused',
	'busy',
	'nothingSent',
	'noToken',
]);

/** The end of all documents: as they were last seen if that is an end, else the fault. */
function endAll(known: Known, rules: Rules, name: FaultName): Next {
	const told = known.used && nothingHappened.has(name) ? 'unknown' : name;
	return [known, { do: 'end', ends: ended(known, rules, told) }];
}

const split = (known: Known, { documents }: Rules): Next => [
	known,
	{ do: 'end', ends: Array.from({ length: documents }, () => alone(known)) },
];

import { pauseOf, policies, type PolicyName } from './policies';
import { rowLength } from './references';
import type { FaultName, State, Event, Rules, Seen, Step } from './state';
import { begin, stepOf } from './begin';
import { answered, inUse, lost, perhapsOurs, turnedAway, unsent } from './openRequests';
import { alone, ended, verdictsOf } from './verdicts';

/*
 * The protocol of signing: a pure function from a state and an event to the next state and the step to take. It has
 * one rule: the same reference may be sent as often as needed, a new one only after the operation under the old one
 * was seen to have ended without a signature.
 */

type Next = [state: State, step: Step];

/** One step further. `now` is read from the same clock as the deadline in `rules`. */
export function next(state: State, event: Event, rules: Rules, now: number): Next {
	if (event.is === 'renewed' || event.is === 'rested') return [state, stepOf(state)];
	if (event.is === 'token' && state.tries.token < policies.token.tries) return renew(state, event);
	const calm = { ...state, tries: { ...state.tries, token: 0 } };
	if (event.is === 'stopped')
		return endAll(calm, rules, calm.doing === 'wait' ? 'pending' : 'stopped');
	const turn: Turn = { rules, now };
	if (calm.doing === 'send') return afterSending(calm, event, turn);
	if (calm.doing === 'look') return afterLooking(calm, event, turn);
	return afterReading(calm, event, turn);
}

/** A request that was rejected because of its token did leave. */
function renew(state: State, { said }: Extract<Event, { is: 'token' }>): Next {
	const after = state.doing === 'send' ? turnedAway(state, said) : state;
	return [counted(after, 'token'), { do: 'renew' }];
}

interface Turn {
	rules: Rules;
	now: number;
}

function afterSending(state: State, event: Event, turn: Turn): Next {
	switch (event.is) {
		case 'operation':
			return judge(answered(state, event.replayed), event, turn);
		case 'duplicate':
			return afterDuplicate(state);
		case 'busy':
			return afterBusy(turnedAway(state, false), turn, event.asked);
		case 'notSent':
			if (state.sent) return lookFor(state, turn);
			return retry(state, 'notSent', turn, unsent(state, 'nothingSent'));
		case 'noToken':
			return endAll(state, turn.rules, state.sent ? 'unknown' : unsent(state, 'noToken'));
		case 'token':
			if (!event.said) return lookFor(lost(state, turn), turn);
			return lookIfDoubted(state, turn) ?? endAll(state, turn.rules, 'refused');
		case 'rejected':
			return (
				lookIfDoubted(state, turn) ??
				(turn.rules.documents > 1 ? split(state, turn.rules) : endAll(state, turn.rules, 'refused'))
			);
		default:
			return lookFor(lost(state, turn), turn, 'asked' in event ? event.asked : undefined);
	}
}

/** A refusal says nothing about an earlier request that may have arrived. */
function lookIfDoubted(state: State, turn: Turn): Next | undefined {
	if (state.sent) return lookFor(state, turn);
	return state.turnedAway === 'perhaps' ? lookFor(lost(state, turn), turn) : undefined;
}

function afterBusy(state: State, turn: Turn, asked?: number): Next {
	const further = again(state, 'busy', turn, asked);
	if (further) return further;
	return state.sent ? lookFor(state, turn) : lookOnce(state, 'busy');
}

/** A look shows what uses the reference, even if its operation was seen to have failed before. */
function afterDuplicate(state: State): Next {
	const looking: State = { ...fresh(inUse(state), 'look'), asked: 0 };
	return [looking, stepOf(looking)];
}

/** Only a look-up can show what happened to a request that got no answer. */
function lookFor(state: State, turn: Turn, asked?: number): Next {
	const looking: State = { ...fresh(state, 'look'), registered: perhapsOurs(state), asked: 0 };
	// A long Retry-After must not prevent the only look.
	return again(looking, 'look', turn, asked) ?? [looking, stepOf(looking)];
}

/** A request is reported as rejected only after one look-up found nothing. */
function lookOnce(state: State, closing: FaultName): Next {
	const looking: State = { ...fresh(state, 'look'), asked: 0, closing };
	return [looking, stepOf(looking)];
}

function afterLooking(state: State, event: Event, turn: Turn): Next {
	if (event.is === 'operation')
		return judge({ ...state, origin: 'found', closing: undefined }, event, turn);
	const isNothing = event.is === 'nothing' && !state.unclear;
	const glimpsed = state.glimpsed ?? (event.is === 'unread' ? true : undefined);
	// The first document represents its request, until the last look: an earlier request may hold another one.
	const isLast = state.tries.look >= policies.look.tries;
	const asksAll = isLast || state.registered !== 'no';
	if (asksAll && state.asked + 1 < turn.rules.documents) {
		const unclear = isNothing ? undefined : true;
		const other: State = { ...state, asked: state.asked + 1, glimpsed, unclear };
		return [other, stepOf(other)];
	}
	if (state.closing !== undefined && isNothing) return endAll(state, turn.rules, state.closing);
	const asked = 'asked' in event ? event.asked : undefined;
	const looking = { ...state, asked: 0, glimpsed, unclear: undefined };
	return lookAgain(looking, isNothing, turn, asked);
}

/** Looks once more; after enough looks, sends again what was not found, or ends. */
function lookAgain(state: State, nothing: boolean, turn: Turn, asked?: number): Next {
	const isRegistered = state.registered !== 'no';
	const further = again(state, 'look', turn, asked);
	if (further) return further;
	if (state.glimpsed && turn.rules.documents === 1) return endAll(state, turn.rules, 'unread');
	if (isRegistered) return notFound(state, turn);
	if (!nothing || state.closing !== undefined) return endAll(state, turn.rules, 'unknown');
	const rest = (state.lostAt ?? turn.now) + turn.rules.atWork - turn.now;
	if (rest <= 0) return retry(fresh(state, 'send'), 'sendAgain', turn, 'unknown');
	if (turn.now + rest > turn.rules.deadline) return endAll(state, turn.rules, 'unknown');
	return [
		{ ...state, lostAt: state.lostAt ?? turn.now },
		{ do: 'pause', milliseconds: rest },
	];
}

/** The reference is in use, and no look-up shows by what. A request refused as a whole may contain unused ones. */
function notFound(state: State, { rules }: Turn): Next {
	if (state.sent) return endAll(state, rules, 'unknown');
	return rules.documents > 1 ? split(state, rules) : endAll(state, rules, 'hidden');
}

/** After the status or the detail of an operation that was found before. */
function afterReading(state: State, event: Event, turn: Turn): Next {
	if (event.is === 'operation')
		return judge({ ...state, fetched: state.fetched || state.doing === 'fetch' }, event, turn);
	const asked = 'asked' in event ? event.asked : undefined;
	if (state.doing === 'fetch' && state.seen?.documents.every(({ outcome }) => outcome === 'absent'))
		return lookFor(lost(state, turn), turn, asked);
	if (state.doing === 'fetch') {
		const isFinished = state.finished ?? state.seen?.finished;
		return retry(state, 'read', turn, isFinished ? 'unread' : 'pending', asked);
	}
	if (event.is !== 'status' || !event.finished) return wait(state, turn, asked);
	return fetch({ ...state, finished: true });
}

function fetch(state: State): Next {
	const reading: State = { ...state, doing: 'fetch' };
	return [reading, stepOf(reading)];
}

/** Until the operation is finished; once patience has ended it is read one last time, as it may show more. */
function wait(state: State, turn: Turn, asked?: number): Next {
	if (state.last) return endAll(state, turn.rules, 'pending');
	const waitUntil = state.waitUntil ?? turn.now + turn.rules.completion;
	const rules = { ...turn.rules, deadline: waitUntil };
	const waiting: State = { ...state, doing: 'wait', waitUntil };
	const [after, step] = retry(waiting, 'wait', { ...turn, rules }, 'pending', asked);
	const mayShowMore = step.do === 'end' && state.tries.wait > 0;
	return mayShowMore ? fetch({ ...after, last: true }) : [after, step];
}

function judge(state: State, { id, finished, ours, made, documents }: Seen, turn: Turn): Next {
	const now: State = { ...state, seen: { id, finished, ours, made, documents } };
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
function confirm(state: State, turn: Turn): Next {
	const failed = state.seen && { id: state.seen.id, refused: false };
	if (state.sent) return lookAgain({ ...state, failed, doing: 'look', asked: 0 }, true, turn);
	const sending: State = { ...fresh(state, 'send'), failed };
	return [sending, stepOf(sending)];
}

/** A look-up that lags may show an older operation: before the next reference is used, it must show it twice. */
function lookBeforeNext(state: State, turn: Turn): Next | undefined {
	const isShown = state.tries.settle >= policies.settle.tries;
	if (state.origin !== 'found' || isSigned(state) || isShown) return undefined;
	return retry({ ...state, doing: 'look', asked: 0 }, 'settle', turn, 'unknown');
}

const isSigned = ({ seen }: State): boolean =>
	seen?.documents.some(({ outcome }) => outcome === 'signed') === true;

/**
 * One more signature has its own row; after a failure, the next reference of the row follows. Only a failure that
 * this very try has caused ends it; an earlier try of the execution may have moved on to the next reference.
 */
function nextAttempt(state: State, rules: Rules): Next {
	const { made, documents: [only] = [] } = state.seen ?? {};
	const isOpen = state.sent && !isSigned(state);
	if (isOpen && made === undefined) return endAll(state, rules, 'unknown');
	if (isOpen && made !== 'before' && !state.used)
		return endAll(state, rules, only?.whose === 'ours' ? 'notSigned' : 'unknown');
	const isAgain = isSigned(state);
	if (!isAgain && state.attempt >= rowLength) return endAll(state, rules, 'rowSpent');
	const place = { attempt: isAgain ? 1 : state.attempt + 1, again: isAgain || state.again };
	const turnedAway = state.turnedAway === 'perhaps' ? 'perhaps' : undefined;
	const following = begin({ ...place, used: state.used, turnedAway });
	return [following, stepOf(following)];
}

/** Turns to something else: the tries of the last look and read do not count for the next. */
function fresh(state: State, doing: State['doing']): State {
	const tries = { ...state.tries, look: 0, read: 0, wait: 0 };
	return {
		...state,
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

const counted = (state: State, policy: PolicyName): State => ({
	...state,
	tries: { ...state.tries, [policy]: state.tries[policy] + 1 },
});

/** The same again after a pause; undefined after enough tries, or if the deadline comes first. */
function again(state: State, policy: PolicyName, turn: Turn, asked?: number): Next | undefined {
	const tries = state.tries[policy];
	const milliseconds = pauseOf(policies[policy], tries, asked);
	if (tries >= policies[policy].tries || turn.now + milliseconds > turn.rules.deadline)
		return undefined;
	return [counted(state, policy), { do: 'pause', milliseconds }];
}

const retry = (
	state: State,
	policy: PolicyName,
	turn: Turn,
	giveUp: FaultName,
	asked?: number,
): Next => again(state, policy, turn, asked) ?? endAll(state, turn.rules, giveUp);

/** A document that an earlier try of the execution may have had signed must not be reported as unsigned. */
const nothingHappened: ReadonlySet<FaultName> = new Set([
	'refused',
	'busy',
	'nothingSent',
	'noToken',
]);

/** The end of all documents: as they were last seen if that is an end, else the fault. */
function endAll(state: State, rules: Rules, name: FaultName): Next {
	const told = state.used && nothingHappened.has(name) ? 'unknown' : name;
	return [state, { do: 'end', ends: ended(state, rules, told) }];
}

const split = (state: State, { documents }: Rules): Next => [
	state,
	{ do: 'end', ends: Array.from({ length: documents }, () => alone(state)) },
];

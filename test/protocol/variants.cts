import type {
	End,
	FaultName,
	State,
	Event,
	Rules,
	Sighting,
	Step,
} from '../../nodes/SignStash/signing/state';
import { begin, stepOf } from '../../nodes/SignStash/signing/begin';
import { next } from '../../nodes/SignStash/signing/protocol';
import { ours, type Need, type Protocol } from './Protocol.cts';

type Next = Protocol['next'];
type Result = ReturnType<Next>;

const variant = (name: string, wrong: Partial<Protocol>): Protocol => ({ ...ours, ...wrong, name });

/** Hears something other than what was said. */
const hearing = (
	name: string,
	heard: (event: Event, state: State, rules: Rules) => Event,
): Protocol =>
	variant(name, {
		next: (state, event, rules, now) => next(state, heard(event, state, rules), rules, now),
	});

/** Sees documents differently from how they are shown. */
const seeing = (
	name: string,
	change: (sighting: Sighting, state: State) => Partial<Sighting>,
): Protocol =>
	hearing(name, (event, state) => {
		if (event.is !== 'operation') return event;
		const documents = event.documents.map((one) => ({ ...one, ...change(one, state) }));
		return { ...event, documents };
	});

/** Forgets something before it continues. */
const forgetting = (
	name: string,
	forget: (state: State, event: Event) => Partial<State>,
): Protocol =>
	variant(name, {
		next: (state, event, rules, now) =>
			next({ ...state, ...forget(state, event) }, event, rules, now),
	});

/** Ends differently from how it should. */
const ending = (name: string, change: (end: End, state: State) => End): Protocol =>
	variant(name, {
		next: (state, event, rules, now) => {
			const [after, step] = next(state, event, rules, now);
			if (step.do !== 'end') return [after, step];
			return [after, { do: 'end', ends: step.ends.map((end) => change(end, after)) }];
		},
	});

const telling = (name: string, fault: FaultName, told: FaultName): Protocol =>
	ending(name, (end) =>
		end.is === 'fault' && end.fault === fault ? { is: 'fault', fault: told } : end,
	);

/** Continues in its own way when `when` says so. */
const instead = (
	name: string,
	when: (state: State, event: Event, rules: Rules) => boolean,
	then: (state: State, rules: Rules) => Result,
): Protocol =>
	variant(name, {
		next: (state, event, rules, now) =>
			when(state, event, rules) ? then(state, rules) : next(state, event, rules, now),
	});

const toNextReference = ({ attempt }: State): Result => {
	const state = begin({ attempt: Math.min(attempt + 1, 5) });
	return [state, stepOf(state)];
};

const eachAlone = (state: State, { documents }: Rules): Result => {
	const ends = Array.from({ length: documents }, (): End => ({ is: 'alone', sent: false }));
	return [state, { do: 'end', ends } satisfies Step];
};

const needing = (needs: Need, protocol: Protocol): Protocol => ({ ...protocol, needs });

/** Protocols with one mistake each. The walk has to catch every one of them. */
export const variants: Protocol[] = [
	hearing('a lost answer counts as never sent', (event, { doing }) =>
		doing === 'send' && event.is === 'unknown' ? { is: 'notSent' } : event,
	),
	hearing('a lost answer counts as refused', (event, { doing }) =>
		doing === 'send' && event.is === 'unknown' ? { is: 'rejected' } : event,
	),
	instead(
		'a lost answer leads to the next reference',
		({ doing }, { is }) => doing === 'send' && is === 'unknown',
		toNextReference,
	),
	instead(
		'a reference in use leads to the next one, without a look',
		(_, { is }) => is === 'duplicate',
		toNextReference,
	),
	instead(
		'a look-up that finds nothing leads to the next reference',
		({ doing }, { is }) => doing === 'look' && is === 'nothing',
		toNextReference,
	),
	instead(
		'a look-up without an answer leads to the next reference',
		({ doing }, { is }) => doing === 'look' && is === 'unknown',
		toNextReference,
	),
	seeing('an operation that is pending counts as failed', ({ outcome }) =>
		outcome === 'pending' ? { outcome: 'failed' } : {},
	),
	needing(
		{ users: true },
		variant('a retry of the same execution is taken for a new one', { forgetful: true }),
	),
	needing({ users: true }, variant('one of a batch stands for another', { bySet: true })),
	needing(
		{ users: true },
		instead(
			'an older failure ends a document while a request of ours is on its way',
			({ doing, sent }, event) =>
				doing === 'look' &&
				sent &&
				event.is === 'operation' &&
				event.documents.length === 1 &&
				event.documents[0]?.outcome === 'failed',
			(state) => [state, { do: 'end', ends: [{ is: 'fault', fault: 'notSigned' }] }],
		),
	),
	seeing('a swapped content is handed out', ({ whose }) =>
		whose === 'swapped' ? { whose: 'ours' } : {},
	),
	variant('an operation that will be tried again counts as failed', { hasty: true }),
	needing(
		{ spentFree: true },
		variant('a failed operation is not confirmed by a second refusal', {
			next: (state, event, rules, now) => {
				const [after, step] = next(state, event, rules, now);
				return after.failed && !state.failed ? toNextReference(after) : [after, step];
			},
		}),
	),
	needing(
		{ spentFree: true, twoFaults: true },
		instead(
			'the second refusal is not looked into',
			({ failed, sent }, { is }) => failed !== undefined && !sent && is === 'duplicate',
			toNextReference,
		),
	),
	needing(
		{ gathered: true },
		instead(
			'a gathered request without an answer is split at once',
			({ doing }, { is }, { documents }) => doing === 'send' && is === 'unknown' && documents > 1,
			eachAlone,
		),
	),
	needing(
		{ gathered: true },
		ending('what a request leaves out goes on as if it had never been sent', (end) =>
			end.is === 'alone' ? { is: 'alone', sent: false } : end,
		),
	),
	needing(
		{ twoFaults: true },
		forgetting('a refusal denies an earlier sending', (_, { is }) =>
			is === 'rejected' || is === 'busy' ? { sent: false } : {},
		),
	),
	needing(
		{ twoFaults: true },
		forgetting('a token that cannot be had denies an earlier sending', (_, { is }) =>
			is === 'noToken' ? { sent: false } : {},
		),
	),
	needing(
		{ twoFaults: true },
		forgetting('a request that never left denies an earlier one', (_, { is }) =>
			is === 'notSent' ? { sent: false } : {},
		),
	),
	forgetting('sending again forgets the first time', ({ doing, registered }) =>
		doing === 'look' && registered === 'no' ? { sent: false } : {},
	),
	variant('a stop denies that anything was sent', {
		next: (state, event, rules, now) => {
			const [after, step] = next(state, event, rules, now);
			return event.is === 'stopped'
				? [{ ...after, sent: false, registered: 'no' }, step]
				: [after, step];
		},
	}),
	ending('every signature that was looked up is told as one of before', (end, { origin }) =>
		end.is === 'signed' ? { is: 'signed', recovered: origin === 'found' } : end,
	),
	seeing('whatever is found is taken for ours', () => ({ whose: 'ours' })),
	seeing('what cannot be told counts as ours', ({ whose }) =>
		whose === 'unknown' ? { whose: 'ours' } : {},
	),
	seeing("what cannot be told counts as another's", ({ whose, outcome }) =>
		whose === 'unknown' && outcome !== 'absent' ? { whose: 'anothers' } : {},
	),
	telling("a reference that is not shown is told as another's", 'hidden', 'foreign'),
	telling('a pending document is told as not signed', 'pending', 'notSigned'),
	telling('an outcome that is not known is told as nothing sent', 'unknown', 'nothingSent'),
	telling('a signature without its content is told as refused', 'notFetched', 'refused'),
	variant('every run makes references of its own', {
		reference: (reference, run) => `${reference}-${run}`,
	}),
	variant('a failed reference is given up at once', {
		next: (state, event, rules, now) => {
			const [after, step] = next(state, event, rules, now);
			if (after.attempt === 1) return [after, step];
			const ends = Array.from(
				{ length: rules.documents },
				(): End => ({ is: 'fault', fault: 'rowSpent' }),
			);
			return [
				{ ...after, attempt: 1 },
				{ do: 'end', ends },
			];
		},
	}),
];

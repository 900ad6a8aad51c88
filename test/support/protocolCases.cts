import type {
	FaultName,
	State,
	Event,
	Rules,
	Seen,
	Sighting,
	Step,
} from '../../nodes/SignStash/signing/state';
import { type PolicyName } from '../../nodes/SignStash/signing/policies';
import { begin } from '../../nodes/SignStash/signing/begin';
import { next } from '../../nodes/SignStash/signing/protocol';

export const deadline = 100_000;
export const single: Rules = {
	documents: 1,
	ifAlreadySigned: 'return',
	deadline,
	completion: 60_000,
	atWork: 60_000,
};

export const triedOf = (policy: PolicyName, count: number): State['tries'] => ({
	...begin().tries,
	[policy]: count,
});

export const signed: Sighting = { outcome: 'signed', whose: 'ours', content: 'enough' };
export const seenAs = (...documents: Array<Partial<Sighting>>): Seen => ({
	id: '7',
	finished: true,
	ours: false,
	made: undefined,
	documents: documents.map((one): Sighting => ({ ...signed, ...one })),
});
export const shows = (...documents: Array<Partial<Sighting>>): Event => ({
	is: 'operation',
	...seenAs(...documents),
});

export const pause = (milliseconds: number): Step => ({ do: 'pause', milliseconds });
export const look = (document = 0): Step => ({ do: 'look', document });
export const fault = (name: FaultName, documents = 1): Step => ({
	do: 'end',
	ends: Array.from({ length: documents }, () => ({ is: 'fault', fault: name })),
});
export const alone = (sent: boolean): Step => ({
	do: 'end',
	ends: [
		{ is: 'alone', sent },
		{ is: 'alone', sent },
	],
});

export interface Case {
	name: string;
	state?: Partial<State>;
	event: Event;
	documents?: number;
	now?: number;
	step: Step;
	/** The changes in what is known. */
	after?: Partial<State>;
}

/** Checks the protocol against a case. */
export function leadsTo({ state, event, documents, now, step, after }: Case): void {
	const before: State = { ...begin(), ...state };
	const rules = { ...single, documents: documents ?? 1 };
	expect(next(before, event, rules, now ?? 0)).toEqual([{ ...before, ...after }, step]);
}

export const looking: Partial<State> = { doing: 'look', sent: true };
export const taken: Partial<State> = { doing: 'look', registered: 'earlier' };
export const waiting: Partial<State> = { doing: 'wait', waitUntil: 60_000, seen: seenAs({}) };
export const fetching: Partial<State> = { doing: 'fetch', seen: seenAs({ content: 'missing' }) };

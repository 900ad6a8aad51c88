import type {
	FaultName,
	Known,
	Learnt,
	Rules,
	Seen,
	Sighting,
	Step,
} from '../../nodes/SignStash/signing/known';
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

export const triedOf = (policy: PolicyName, count: number): Known['tries'] => ({
	...begin().tries,
	[policy]: count,
});

export const signed: Sighting = { state: 'signed', whose: 'ours', content: 'enough' };
export const seenAs = (...documents: Array<Partial<Sighting>>): Seen => ({
	id: '7',
	finished: true,
	ours: false,
	made: undefined,
	documents: documents.map((one): Sighting => ({ ...signed, ...one })),
});
export const shows = (...documents: Array<Partial<Sighting>>): Learnt => ({
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
	known?: Partial<Known>;
	learnt: Learnt;
	documents?: number;
	now?: number;
	step: Step;
	/** The changes in what is known. */
	after?: Partial<Known>;
}

/** Checks the protocol against a case. */
export function leadsTo({ known, learnt, documents, now, step, after }: Case): void {
	const before: Known = { ...begin(), ...known };
	const rules = { ...single, documents: documents ?? 1 };
	expect(next(before, learnt, rules, now ?? 0)).toEqual([{ ...before, ...after }, step]);
}

export const looking: Partial<Known> = { doing: 'look', sent: true };
export const taken: Partial<Known> = { doing: 'look', registered: 'earlier' };
export const waiting: Partial<Known> = { doing: 'wait', waitUntil: 60_000, seen: seenAs({}) };
export const fetching: Partial<Known> = { doing: 'fetch', seen: seenAs({ content: 'missing' }) };

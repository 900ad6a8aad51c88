import { Fault } from '../Fault';
import type { Operation, OperationDocument } from '../service/Operation';
import { notRead } from './faults';
import type { Ports } from './Ports';
import { lookUp, readPatiently, waitUntilFinished } from './reading';
import { baseReference, referenceRow } from './references';
import { documentIn, stateOf } from './sightings';

/** A document that was found under a member of the row. */
export interface Recovered {
	is: 'signed' | 'pending' | 'unclear' | 'failed';
	reference: string;
	operation: Operation;
	document?: OperationDocument;
}

/** What is known of a reference. */
export type Recovery = Recovered | { is: 'notFound' };

/** What is better to know comes first. */
const order: ReadonlyArray<Recovered['is']> = ['signed', 'pending', 'unclear', 'failed'];

/** How long an unfinished operation is waited for, in milliseconds, and whether the signed content is wanted. */
interface Wanted {
	completion: number;
	content: boolean;
}

/**
 * Walks the whole row of a reference (`R`, `R~2`, …), the member that was asked for first, and prefers what
 * is signed, then what is pending. A look-up without an answer ends the walk: it takes nothing away
 * from what was seen, and must not read as 'there is none' when nothing was.
 */
export async function recover(ports: Ports, reference: string, wanted: Wanted): Promise<Recovery> {
	const base = baseReference(reference);
	let best: Recovered | undefined;
	for (const member of referenceRow(reference)) {
		const found = await readPatiently(
			ports,
			async () => await lookUp(ports, member, wanted.content),
		);
		if (found.is === 'nothing' && member === reference && member !== base) continue;
		if (found.is === 'nothing') break;
		if (found.is !== 'found') {
			if (best) break;
			throw notRead(found, `the reference '${member}'`);
		}
		const one = await endOf(ports, member, found.operation, wanted);
		if (one.is === 'signed') return one;
		if (!best || order.indexOf(one.is) < order.indexOf(best.is)) best = one;
	}
	return best ?? { is: 'notFound' };
}

async function endOf(
	ports: Ports,
	reference: string,
	found: Operation,
	{ completion, content }: Wanted,
): Promise<Recovered> {
	const state = (one: Operation) => stateOf(one, documentIn(one, reference, true));
	const operation =
		state(found) === 'pending' ? await waitUntilFinished(ports, found, completion, content) : found;
	return {
		is: resultOf[state(operation)],
		reference,
		operation,
		document: documentIn(operation, reference, true),
	};
}

const resultOf = {
	signed: 'signed',
	pending: 'pending',
	unclear: 'unclear',
	absent: 'unclear',
	failed: 'failed',
	failedForGood: 'failed',
} as const;

/** 'Not found' as a fault, for those who did not choose to go on. */
export function neverRegistered(reference: string): Fault {
	return new Fault(
		`Sign'Stash knows no document with the external reference '${reference}'`,
		"It answers as for a reference that nobody has. Check 'External Reference', and that the credential is the one it was signed with. If both are right, sign the document under this reference: the service takes it once only.",
		{ externalReference: reference, parameter: 'External Reference' },
	);
}

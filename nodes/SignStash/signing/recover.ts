import { Fault } from '../Fault';
import type { OperationDocument, SignOperation } from '../service/messages';
import { notRead } from './faults';
import { lookUp, waitUntilFinished } from './lookUp';
import { classifyDocument } from './outcome';
import { referenceRow } from './references';
import type { World } from './World';

/** What is known of a reference; `next` says in words what to do. */
export type Recovery =
	| { is: 'signed'; reference: string; operation: SignOperation; document: OperationDocument }
	| { is: 'pending'; reference: string; operation: SignOperation }
	| { is: 'failed'; reference: string; operation: SignOperation }
	| { is: 'notFound' };

/**
 * Walks the row of a reference (`R`, `R~2`, …) and prefers what is signed, then what is pending.
 * A look-up without an answer is a fault: it must not read as 'there is none'.
 */
export async function recover(
	world: World,
	reference: string,
	completion: number,
): Promise<Recovery> {
	let best: Recovery = { is: 'notFound' };
	for (const candidate of referenceRow(reference)) {
		const found = await lookUp(world, candidate);
		if (found.is === 'notFound') break;
		if (found.is === 'dontKnow') throw notRead(found.reply, `the reference '${candidate}'`);
		const state = await stateOf(world, candidate, found.operation, completion);
		if (state.is === 'signed') return state;
		best = state;
	}
	return best;
}

async function stateOf(
	world: World,
	reference: string,
	operation: SignOperation,
	completion: number,
): Promise<Recovery> {
	let current = operation;
	if (classifyDocument(current, reference).is === 'pending')
		current = await waitUntilFinished(world, current, world.now() + completion);
	const outcome = classifyDocument(current, reference);
	if (outcome.is === 'signed')
		return { is: 'signed', reference, operation: current, document: outcome.document };
	return { is: outcome.is === 'notSigned' ? 'failed' : 'pending', reference, operation: current };
}

/** 'Not found' as a fault, for those who did not choose to go on. */
export function neverRegistered(reference: string): Fault {
	return new Fault(
		`Sign'Stash knows no document with the external reference '${reference}'`,
		"Check 'External Reference'. If it is right, the document was never registered and can be signed.",
		{ externalReference: reference, parameter: 'External Reference' },
	);
}

import { Fault } from '../Fault';
import type { OperationDocument, SignOperation } from '../service/messages';
import { notRead } from './faults';
import { lookUp, waitUntilFinished } from './lookUp';
import { stateOf } from './outcome';
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
	content: boolean,
): Promise<Recovery> {
	let best: Recovery = { is: 'notFound' };
	for (const candidate of referenceRow(reference)) {
		const found = await lookUp(world, candidate, content);
		if (found.is === 'notFound') break;
		if (found.is === 'dontKnow') throw notRead(found.reply, `the reference '${candidate}'`);
		const state = await endOf(world, candidate, found.operation, { completion, content });
		if (state.is === 'signed') return state;
		if (best.is !== 'pending') best = state;
	}
	return best;
}

async function endOf(
	world: World,
	reference: string,
	operation: SignOperation,
	{ completion, content }: { completion: number; content: boolean },
): Promise<Recovery> {
	let current = operation;
	if (stateOf(current, reference).is === 'pending')
		current = await waitUntilFinished(world, current, world.now() + completion, content);
	const state = stateOf(current, reference);
	if (state.is === 'signed')
		return { is: 'signed', reference, operation: current, document: state.document };
	return { is: state.is === 'notSigned' ? 'failed' : 'pending', reference, operation: current };
}

/** 'Not found' as a fault, for those who did not choose to go on. */
export function neverRegistered(reference: string): Fault {
	return new Fault(
		`Sign'Stash knows no document with the external reference '${reference}'`,
		"Check 'External Reference'. If it is right, the document was never registered and can be signed.",
		{ externalReference: reference, parameter: 'External Reference' },
	);
}

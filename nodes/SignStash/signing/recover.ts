import { Fault } from '../Fault';
import {
	idInOutput,
	type Operation,
	type OperationDocument,
	type OperationId,
} from '../service/Operation';
import type { NoAnswer } from '../service/Reply';
import { notRead, whyOf } from './callFaults';
import type { Ports } from './Ports';
import { lookUp, readPatiently, waitUntilFinished, type Found } from './reading';
import { baseReference, referenceRow } from './references';
import { documentIn, outcomeOf } from './sightings';

/** A document that was found under a member of the row. */
export interface Recovered {
	is: 'signed' | 'pending' | 'unclear' | 'failed';
	reference: string;
	operation: Operation;
	document?: OperationDocument;
}

/** What is known about a reference. */
export type Recovery = Recovered | { is: 'notFound' };

/** The most useful result comes first. */
const order: ReadonlyArray<Recovered['is']> = ['signed', 'pending', 'unclear', 'failed'];

/** How long to wait for an unfinished operation, in milliseconds, and whether the signed content is wanted. */
interface Wanted {
	completion: number;
	content: boolean;
}

/**
 * Walks the whole row of a reference (`R`, `R~2`, …), starting with the requested member, and prefers a signed
 * document, then a pending one. A look-up that gets no answer ends the walk: it takes nothing away from what was
 * seen, must not read as 'there is none', and a failure before it is not final.
 */
export async function recover(ports: Ports, reference: string, wanted: Wanted): Promise<Recovery> {
	const base = baseReference(reference);
	let best: Recovered | undefined;
	for (const member of referenceRow(reference)) {
		const found = await lookUpPatiently(ports, member, wanted.content);
		if (found.is === 'nothing' && member === reference && member !== base) continue;
		if (found.is === 'nothing') break;
		if (found.is !== 'found') {
			if (best) return { ...best, is: best.is === 'failed' ? 'unclear' : best.is };
			throw found.is === 'unread'
				? unreadable(member, found.id, found.reply)
				: notRead(found, `the reference '${member}'`);
		}
		const one = await endOf(ports, member, found.operation, wanted);
		if (one.is === 'signed') return one;
		if (!best || order.indexOf(one.is) < order.indexOf(best.is)) best = one;
	}
	return best ?? { is: 'notFound' };
}

/** A detail may lag behind the look-up that names its operation: it is read again like one that got no answer. */
async function lookUpPatiently(ports: Ports, member: string, content: boolean): Promise<Found> {
	let unread: Extract<Found, { is: 'unread' }> | undefined;
	const found = await readPatiently(ports, async () => {
		const one = await lookUp(ports, member, content);
		if (one.is !== 'unread') return one;
		unread = one;
		const again: NoAnswer = { is: 'unreadable', status: 200, why: whyOf(one.reply) };
		return again;
	});
	return found.is === 'found' ? found : (unread ?? found);
}

async function endOf(
	ports: Ports,
	reference: string,
	found: Operation,
	{ completion, content }: Wanted,
): Promise<Recovered> {
	const outcome = (one: Operation) => outcomeOf(one, documentIn(one, reference));
	const operation =
		outcome(found) === 'pending'
			? await waitUntilFinished(ports, found, completion, content)
			: found;
	return {
		is: resultOf[outcome(operation)],
		reference,
		operation,
		document: documentIn(operation, reference),
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

/** An operation that a look-up named is a fact, even if nothing more of it can be read. */
function unreadable(reference: string, id: OperationId, reply: NoAnswer): Fault {
	return new Fault(
		`Operation ${id} holds the external reference '${reference}', but cannot be read (${whyOf(reply)})`,
		`Use 'Get Operation' with ${id} later, or look it up in the backoffice. Do not sign the document under another reference.`,
		{ externalReference: reference, operationId: idInOutput(id) },
	);
}

/** 'Not found' as a fault, for users who did not choose to continue. */
export function neverRegistered(reference: string): Fault {
	return new Fault(
		`Sign'Stash shows no document with the external reference '${reference}'`,
		"That is its answer for any reference that is not in use. Check 'External Reference', and check that the credential is the one used for signing. An address without look-ups, such as an on-premise proxy, may answer like this too: in that case, look in the backoffice.",
		{ externalReference: reference, parameter: 'External Reference' },
	);
}

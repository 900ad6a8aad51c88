import type { OperationDocument, SignOperation } from '../service/messages';
import { foreignReference, notFetched, notSigned, stillPending } from './faults';
import { isFinished, lookUp, waitUntilFinished } from './lookUp';
import { documentIn, stateOf } from './outcome';
import type { SignedDocument, SigningJob } from './SigningJob';
import type { World } from './World';

/** Waits for an operation that is not finished, as long as the job allows, and gives it as last seen. */
export async function finished(
	world: World,
	job: SigningJob,
	operation: SignOperation,
): Promise<SignOperation> {
	const waiting = operation.documentList?.some(
		({ externalReference }) => stateOf(operation, externalReference ?? '').is === 'pending',
	);
	if (isFinished(operation) || !waiting) return operation;
	const until = world.now() + job.patience.completion;
	return await waitUntilFinished(world, operation, until, job.wantContent);
}

/**
 * The end of one document in an operation that has ended, or was waited for long enough: its signed
 * content, or a fault that says what is known.
 */
export async function settle(
	world: World,
	job: SigningJob,
	reference: string,
	operation: SignOperation,
	recovered: boolean,
): Promise<SignedDocument> {
	const state = stateOf(operation, reference);
	if (state.is === 'notSigned')
		throw notSigned(state.document, { operationId: operation.id, externalReference: reference });
	if (state.is !== 'signed') throw stillPending(operation.id, reference);
	const { document } = state;
	if (!job.wantContent) return { operation, document, recovered };
	const content = document.signedContent ?? (await fetched(world, reference));
	if (!content) throw notFetched(operation.id, reference);
	return { operation, document, content, recovered };
}

/** A signed answer may come without its content; reading it again changes nothing. */
async function fetched(world: World, reference: string): Promise<Buffer | undefined> {
	const found = await lookUp(world, reference, true);
	if (found.is !== 'found') return undefined;
	const state = stateOf(found.operation, reference);
	return state.is === 'signed' ? state.document.signedContent : undefined;
}

/**
 * Refuses an operation that was found under the job's reference but holds another document: the
 * length before signing and the name tell; a derived reference stands for the bytes, whatever the name.
 */
export function checkOurs(job: SigningJob, reference: string, operation: SignOperation): void {
	const document = documentIn(operation, reference);
	if (!document || !isOurs(job, document)) throw foreignReference(reference, operation.id);
}

function isOurs(job: SigningJob, { contentLength, name }: OperationDocument): boolean {
	const sameLength = contentLength === undefined || contentLength === job.contentLength;
	return sameLength && (job.derived || name === job.name);
}

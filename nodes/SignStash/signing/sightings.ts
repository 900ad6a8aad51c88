import { signErrors } from '../service/errorCodes';
import type { Operation, OperationDocument } from '../service/Operation';
import { whose } from './evidence';
import type { Known, Seen, Sighting, State } from './known';
import { rowReference } from './references';
import type { SigningJob } from './SigningJob';

const finalStatuses = new Set(['EXECUTED', 'EXECUTION_FAILED']);

/** Whether the service is done with the operation; EXECUTION_ERROR means it will try again (contract: OperationStatus). */
export const isFinished = ({ status }: Operation): boolean =>
	status !== undefined && finalStatuses.has(status);

/**
 * The document of an operation that has this reference, in whatever case the service gives it back. When
 * the operation was found under the reference, its only document is meant, whatever it is called there.
 */
export function documentIn(
	{ documents }: Operation,
	reference: string,
	found: boolean,
): OperationDocument | undefined {
	const lower = reference.toLowerCase();
	return (
		documents.find(({ externalReference }) => externalReference === reference) ??
		documents.find(({ externalReference }) => externalReference.toLowerCase() === lower) ??
		(found && documents.length === 1 ? documents[0] : undefined)
	);
}

/** What a document that the service could not sign says of itself by its error. */
function failedState(error = ''): State {
	const { of } = signErrors.get(error) ?? {};
	if (of === 'signed') return 'unclear';
	return of === 'document' ? 'failedForGood' : 'failed';
}

/** Words of a document that has no signature (contract: DocumentSignStatus). */
const unsigned = new Set(['RECEIVED', 'ERROR_SIGNING']);

/**
 * The state of a document: a signature is final, its failure only in an operation that is finished. A
 * content shows a signature whatever new word stands beside it.
 */
export function stateOf(operation: Operation, document: OperationDocument | undefined): State {
	const finished = isFinished(operation);
	if (!document) return finished || operation.documents.length > 0 ? 'absent' : 'pending';
	const { signStatus, signError, content } = document;
	if (signStatus === 'SIGNED') return 'signed';
	if (content !== undefined && !unsigned.has(signStatus ?? '')) return 'signed';
	if (!finished) return 'pending';
	if (signStatus === 'ERROR_SIGNING') return failedState(signError);
	const untouched = signStatus === undefined || signStatus === 'RECEIVED';
	return operation.status === 'EXECUTION_FAILED' && untouched ? failedState(signError) : 'unclear';
}

function contentOf({ wantContent, flaw }: SigningJob, document: OperationDocument) {
	const { content, contentFlaw } = document;
	if (!wantContent) return 'enough';
	if (content === undefined) return contentFlaw === undefined ? 'missing' : 'flawed';
	return flaw(content) === undefined ? 'enough' : 'flawed';
}

/** What an operation shows of the jobs of one request, in their order. */
export async function seenIn(
	operation: Operation,
	jobs: SigningJob[],
	requestReference: string,
	{ doing, origin, attempt, asked, sent }: Known,
): Promise<Seen> {
	const found = doing === 'look' || (doing !== 'send' && origin === 'found');
	const documents = jobs.map(async (job, index): Promise<Sighting> => {
		const reference = rowReference(job.reference, attempt);
		const document = documentIn(operation, reference, found && index === asked);
		const state = stateOf(operation, document);
		if (!document) return { state, whose: 'unknown', content: 'missing' };
		const shown = found && document.content ? await job.shows(document.content) : undefined;
		return {
			state,
			whose: found ? whose(job, operation, document, { shown, doubt: sent }) : 'ours',
			content: contentOf(job, document),
		};
	});
	const own = requestReference.toLowerCase();
	return {
		id: operation.id,
		finished: isFinished(operation),
		ours: operation.requestReferences.some((one) => one.toLowerCase() === own),
		documents: await Promise.all(documents),
	};
}

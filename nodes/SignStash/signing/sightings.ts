import { signErrors } from '../service/errorCodes';
import type { Operation, OperationDocument } from '../service/Operation';
import { isOfAnotherRequest, whose, type Word } from './evidence';
import type { Execution } from './Execution';
import type { State, Seen, Sighting, Outcome } from './state';
import { comparable, mayBeCut } from './references';
import type { SigningJob } from './SigningJob';

const finalStatuses = new Set(['EXECUTED', 'EXECUTION_FAILED']);

/**
 * Whether the service is done with the operation; EXECUTION_ERROR means that it will try again (contract:
 * OperationStatus).
 */
export const isFinished = ({ status }: Operation): boolean =>
	status !== undefined && finalStatuses.has(status);

/** The most useful state comes first. */
const order: readonly Outcome[] = ['signed', 'pending', 'unclear', 'failedForGood', 'failed'];

/**
 * The document of an operation that has this reference, however the service writes it. An operation may list
 * several tries of one document: the best of them counts. A reference that is missing or cut short counts as ours
 * if there is no other like it.
 */
export function documentIn(operation: Operation, reference: string): OperationDocument | undefined {
	const own = comparable(reference);
	const { documents } = operation;
	const rank = (one: OperationDocument): number => order.indexOf(outcomeOf(operation, one));
	const alike = documents.filter((one) => comparable(one.externalReference) === own);
	// Two references of one request may differ in upper and lower case only.
	const same = alike.filter((one) => one.externalReference === reference);
	const [best] = (same.length > 0 ? same : alike).sort((one, other) => rank(one) - rank(other));
	if (best) return best;
	const [only, ...others] = documents.filter((one) => mayMean(one, own));
	return others.length === 0 ? only : undefined;
}

/** Whether a document's reference is missing, or may be ours cut short. */
const mayMean = ({ externalReference }: OperationDocument, own: string): boolean =>
	mayBeCut(comparable(externalReference), own);

/** What the error of a document that the service could not sign means. */
function failedOutcome(error = ''): Outcome {
	const { of } = signErrors.get(error) ?? {};
	if (of === 'signed') return 'unclear';
	return of === 'document' ? 'failedForGood' : 'failed';
}

/** Statuses of a document that has no signature (contract: DocumentSignStatus). */
const unsigned = new Set(['RECEIVED', 'ERROR_SIGNING']);

/**
 * The state of a document: a signature is final, a failure only in an operation that is finished. A content shows
 * a signature even with an unknown status.
 */
export function outcomeOf(operation: Operation, document: OperationDocument | undefined): Outcome {
	const finished = isFinished(operation);
	if (!document) return finished || operation.documents.length > 0 ? 'absent' : 'pending';
	const { signStatus, signError, content } = document;
	if (signStatus === 'SIGNED') return 'signed';
	if (content !== undefined && !unsigned.has(signStatus ?? '')) return 'signed';
	if (!finished) return 'pending';
	if (signStatus === 'ERROR_SIGNING') return failedOutcome(signError);
	const untouched = signStatus === undefined || signStatus === 'RECEIVED';
	return operation.status === 'EXECUTION_FAILED' && untouched
		? failedOutcome(signError)
		: 'unclear';
}

function contentOf({ wantContent, flaw }: SigningJob, document: OperationDocument) {
	const { content, contentFlaw } = document;
	if (!wantContent) return 'enough';
	if (content === undefined) return contentFlaw === undefined ? 'missing' : 'flawed';
	return flaw(content) === undefined ? 'enough' : 'flawed';
}

/** What is known when an operation is compared with the documents of a request. */
export interface Standpoint {
	state: State;
	execution: Execution;
	/** External reference of the request. */
	requestReference: string;
	/** The member of its row that a document was sent under. */
	memberOf(job: SigningJob): string;
}

/** What an operation shows about the jobs of one request, and its document for each, in their order. */
export interface View {
	seen: Seen;
	/** Whether the operation shows the mark of another request. */
	replayed: boolean;
	documents: Array<OperationDocument | undefined>;
}

/** Looks at an operation from the standpoint of a request; every witness of each document is heard. */
export async function viewOf(
	operation: Operation,
	jobs: SigningJob[],
	standpoint: Standpoint,
): Promise<View> {
	const { state, execution, requestReference, memberOf } = standpoint;
	const documents = await documentsIn(operation, jobs, standpoint);
	const sightings = jobs.map(async (job, index): Promise<Sighting> => {
		const document = documents[index];
		const outcome = outcomeOf(operation, document);
		if (!document) return { outcome, whose: 'unknown', content: 'missing' };
		const content = document.content && (await byContent(job, document.content, jobs));
		const showing = { member: memberOf(job), content, doubt: state.sent };
		return {
			outcome,
			whose: whose(job, operation, document, showing),
			content: contentOf(job, document),
		};
	});
	const own = comparable(requestReference);
	const seen = {
		id: operation.id,
		finished: isFinished(operation),
		ours: operation.requestReferences.some((one) => comparable(one) === own),
		made: execution.madeWhen(operation),
		documents: await Promise.all(sightings),
	};
	return { seen, replayed: isOfAnotherRequest(operation, requestReference), documents };
}

/**
 * What a content says: if it does not show that it is its own document's, it may show that it is another one of
 * the request.
 */
async function byContent(job: SigningJob, content: Buffer, jobs: SigningJob[]): Promise<Word> {
	const own = await job.shows(content);
	if (own !== undefined) return own;
	for (const other of jobs) if (other !== job && (await other.isIn(content))) return "another's";
	return undefined;
}

/**
 * The document of each job: by its reference; if the operation shows none, or cuts it short, by its content, and
 * finally by a name that only one document and one job have. A document that was found under a reference counts
 * for it, whatever its name is there: the witnesses say whose it is.
 */
async function documentsIn(
	operation: Operation,
	jobs: SigningJob[],
	{ state: { doing, origin, asked }, memberOf }: Standpoint,
): Promise<Array<OperationDocument | undefined>> {
	const own = new Set(jobs.map((job) => comparable(memberOf(job))));
	const left = operation.documents.filter((one) => !own.has(comparable(one.externalReference)));
	const isFound = doing === 'look' || (doing !== 'send' && origin === 'found');
	const documents = jobs.map(async (job, index) => {
		const member = memberOf(job);
		const named = documentIn(operation, member);
		if (named && comparable(named.externalReference) === comparable(member)) return named;
		const likely = left.filter((one) => mayMean(one, comparable(member)));
		const meant = await meantBy(job, likely, jobs);
		const only =
			isFound && index === asked && operation.documents.length === 1 ? left[0] : undefined;
		return meant ?? only;
	});
	return await Promise.all(documents);
}

async function meantBy(
	job: SigningJob,
	likely: OperationDocument[],
	jobs: SigningJob[],
): Promise<OperationDocument | undefined> {
	if (jobs.length === 1 && likely.length === 1) return likely[0];
	for (const one of likely) if (one.content && (await job.isIn(one.content))) return one;
	const isOfName = ({ name }: { name?: string }) => name === job.name;
	const [only, ...others] = likely.filter(isOfName);
	return others.length === 0 && jobs.filter(isOfName).length === 1 ? only : undefined;
}

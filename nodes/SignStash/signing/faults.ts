import { Fault, Unsettled, type FaultDetails } from '../Fault';
import { explanationOf, signErrors } from '../service/errorCodes';
import {
	idInOutput,
	type Operation,
	type OperationDocument,
	type OperationId,
} from '../service/Operation';
import type { NoAnswer } from '../service/Reply';
import { failureOf, noToken, notSent, refused, tokenRemedy, whyOf } from './callFaults';
import type { FaultName } from './state';
import { baseReference, rowLength } from './references';

/** What is known about a document whose signing ended without a file. */
export interface FaultContext {
	/** The document's name. */
	name: string;
	/** The member of the row of references that the last request was sent under. */
	reference: string;
	/** Whether a request of this run may have arrived under it. */
	sent: boolean;
	/** Whether the service was seen to hold the reference, whoever registered it. */
	registered?: boolean;
	/** Whether another signature is requested if there already is one ('If Already Signed' set to Sign Again). */
	signsAgain?: boolean;
	/** Whether the service does not show when a signature was made. */
	cannotTellWhen?: boolean;
	/** The operation that was found, and the document in it. */
	operation?: Operation;
	document?: OperationDocument;
	/** The operation that holds the reference and could not be read. */
	unread?: OperationId;
	/** What to check when settings and document do not fit. */
	misfit?: string;
	/** Why the content that came cannot be used. */
	flaw?: string;
	/** The last reply that was not an answer. */
	last?: NoAnswer;
}

const recover = (reference: string) =>
	`Use 'Recover by Reference' with '${reference}': it returns the signed document, or says what became of it.`;

/** What happens if the step is run again. */
const again = ({ signsAgain }: Pick<FaultContext, 'signsAgain'>): string =>
	signsAgain === true
		? "Running the workflow again may sign it once more, as 'If Already Signed' is set to Sign Again."
		: 'Running this step again with the same document and settings uses the same reference, and finds the signature if there is one.';

const idOf = ({ operation, unread }: FaultContext): string =>
	operation?.id ?? unread ?? 'without an ID';

function detailsOf({ reference, operation, unread, last }: FaultContext): FaultDetails {
	const refusal = last?.is === 'refusal' ? last : undefined;
	const id = operation?.id ?? unread;
	return {
		externalReference: reference,
		operationId: id === undefined ? undefined : idInOutput(id),
		serviceCode: refusal?.code,
		httpStatus: refusal?.status,
	};
}

/** The words for each end without a file. Each says no more than was seen, and none leads to a second signature. */
const words: Record<FaultName, (context: FaultContext, details: FaultDetails) => Fault> = {
	refused: (context, details) =>
		context.last?.is === 'refusal'
			? refused(context.last, details, ` '${context.name}' was not signed this time.`)
			: tokenRefused(context, details),
	busy: (context, details) =>
		new Fault(
			`Sign'Stash is busy and turned '${context.name}' away each time (${whyOf(context.last)})`,
			`No look-up shows that it was signed. Run the workflow again later, or lower 'Parallel Requests'. ${again(context)}`,
			details,
			context.last?.is === 'refusal' ? failureOf(context.last) : { cause: 'rate-limited' },
		),
	nothingSent: ({ name, last }, details) => notSent(whyOf(last), `'${name}'`, details),
	noToken: ({ last }, details) => noToken(last?.is === 'noToken' ? last.why : whyOf(last), details),
	stopped: ({ name, sent, registered, reference }, details) =>
		sent || registered
			? new Fault(
					`The execution was stopped while '${name}' may have been with the service`,
					recover(reference),
					details,
				)
			: new Fault(
					`The execution was stopped before the service accepted '${name}'`,
					'It was not signed this time.',
					details,
				),
	unknown: (context, details) =>
		new Unsettled(
			`It is not known whether '${context.name}' was signed (${whyOf(context.last)})`,
			`The request may have reached Sign'Stash, and no look-up has given a clear answer.${failedIn(context)}${remedyIn(context)} ${recover(context.reference)} ${again(context)}`,
			details,
			(context.last?.is === 'refusal' &&
				context.last.class === 'busy' &&
				failureOf(context.last)) || {
				cause: 'temporarily-unavailable',
			},
		),
	unread: (context, details) =>
		new Unsettled(
			`Operation ${idOf(context)} holds '${context.name}', but its information about the document cannot be read (${whyOf(context.last)})`,
			`Do not send it under another reference. ${recover(context.reference)} 'Get Operation' with ${idOf(context)} shows the operation.`,
			details,
			{ cause: 'temporarily-unavailable' },
		),
	hidden: (context, details) =>
		new Fault(
			`The external reference '${context.reference}' of '${context.name}' is in use, but Sign'Stash does not show which document uses it`,
			`Another client service may hold it, or look-ups may be lagging. ${recover(context.reference)} If it still finds nothing, look the reference up in the backoffice. ${again(context)}`,
			details,
		),
	foreign: (context, details) =>
		new Fault(
			`What Sign'Stash shows under the external reference '${context.reference}' is not '${context.name}' as it is now${otherIn(context)}`,
			`Operation ${idOf(context)} holds a document with different content, a different reference or different settings: compare the two with 'Get Operation'. If it is the same document, it may be signed already.${context.sent ? '' : ` If '${context.name}' is a separate document, give it its own 'External Reference'.`}`,
			details,
		),
	swapped: (context, details) =>
		new Fault(
			`What came back as '${context.name}' is another document${otherIn(context)}`,
			`Operation ${idOf(context)} says that '${context.name}' is signed, but returns another document's content for it. The signature stands, so do not sign it again. Look for the right file among the operation's other documents with 'Get Operation', or in the backoffice, and report this to signstash@multicert.com.`,
			details,
		),
	cannotTell: (context, details) =>
		new Fault(
			`Sign'Stash returns operation ${idOf(context)} for the external reference '${context.reference}', and it does not show whether its document is '${context.name}'`,
			`'Get Operation' with ${idOf(context)} returns its document: compare the two. If it is the same document, it is signed: do not sign it again.`,
			details,
		),
	notSigned: (context, details) => notSigned(context, details),
	pending: (context, details) =>
		new Unsettled(
			`Sign'Stash has not finished operation ${idOf(context)} with '${context.name}' yet`,
			`The document is registered, so do not send it under another reference. ${recover(context.reference)} 'Get Operation' with ${idOf(context)} shows its state.`,
			details,
		),
	unclear: (context, details) =>
		new Unsettled(
			`Operation ${idOf(context)} does not say clearly whether '${context.name}' was signed${stateIn(context)}`,
			`${meaningIn(context)}Do not send it under another reference until that is known. ${recover(context.reference)}`,
			{ ...details, serviceCode: context.document?.signError ?? details.serviceCode },
		),
	notFetched: (context, details) =>
		context.document?.storageStatus === 'CONTENT_NOT_STORED'
			? notStored(context, details)
			: new Fault(
					`'${context.name}' is signed, but operation ${idOf(context)} did not return it`,
					`The signature stands, so do not sign it again. ${recover(context.reference)} Look-ups return no files for documents that an on-premise proxy signed: in that case, look for the file at the proxy, then ask signstash@multicert.com.`,
					details,
				),
	unusable: (context, details) =>
		new Fault(
			`'${context.name}' is signed, but what came back ${context.flaw ?? 'cannot be used'}`,
			`The signature stands, so do not sign it again. ${recover(context.reference)} If it returns the same, fetch the document from the backoffice.`,
			details,
		),
	alreadySigned: (context, details) =>
		context.cannotTellWhen
			? new Fault(
					`'${context.name}' is signed by operation ${idOf(context)}, but Sign'Stash does not show whether that was before this execution`,
					`'If Already Signed' is set to Fail. ${recover(context.reference)}`,
					details,
				)
			: new Fault(
					`'${context.name}' was signed before, by operation ${idOf(context)}`,
					`'If Already Signed' is set to Fail. ${recover(context.reference)} It was not signed this time.`,
					details,
				),
	rowSpent: ({ name, reference }, details) =>
		new Fault(
			`The external reference '${baseReference(reference)}' of '${name}' and the ${rowLength - 1} that follow it are used up`,
			"Each of them already holds an operation. Find out in the backoffice why they ended as they did, then sign with another 'External Reference'. It was not signed this time.",
			details,
		),
};

/** Rejected because of its token; only if a new token was refused as well is the credential at fault. */
const tokenRefused = ({ name, last }: FaultContext, details: FaultDetails): Fault =>
	new Fault(
		`Sign'Stash rejected '${name}' because it does not accept the access token`,
		last?.is === 'noToken'
			? `It was not signed this time. ${tokenRemedy}`
			: `It was not signed this time, and no new token could be obtained (${whyOf(last)}). Run the workflow again later.`,
		details,
		{ cause: last?.is === 'noToken' ? 'credential-invalid' : 'temporarily-unavailable' },
	);

/** The only case in which the file is gone: it was signed, and the service kept no copy. */
const notStored = (context: FaultContext, details: FaultDetails): Fault =>
	new Fault(
		`'${context.name}' is signed, but the service does not have the file`,
		`Operation ${idOf(context)} keeps no copy, so no look-up can return it. The document stays signed. Before you decide to sign it again, which is billed again, ask signstash@multicert.com for the file and give the operation's ID.`,
		details,
	);

/** The other document, if its operation names it. */
function otherIn({ name, document }: FaultContext): string {
	const other = document?.name;
	return other === undefined || other === name ? '' : `: it is called '${other}' there`;
}

/** An operation that failed, while a request of ours got no answer. */
function failedIn({ operation, document }: FaultContext): string {
	const known = document?.signError === undefined ? undefined : signErrors.get(document.signError);
	if (!operation || document?.signStatus !== 'ERROR_SIGNING') return '';
	const why = known ? `: ${known.meaning}` : '';
	return ` Operation ${operation.id} under the same reference failed${why}; it may be an earlier one.`;
}

/**
 * What to do about the refusal that came instead of an answer: what has to be put right at the service. Anything
 * that changes the request would make it another one, while this one may have been signed.
 */
function remedyIn({ last }: FaultContext): string {
	if (last?.is === 'noToken') return ` ${tokenRemedy}`;
	if (last?.is !== 'refusal') return '';
	const isOfAccess = last.class === 'token' || last.status === 403 || last.code?.startsWith('1.');
	return isOfAccess ? ` ${explanationOf(last.status, last.code).remedy}` : '';
}

/** How one document's signing ended, in words that say what to do. */
export const faultOf = (name: FaultName, context: FaultContext): Fault =>
	words[name](context, detailsOf(context));

/** The service tried to sign and could not. */
function notSigned({ name, document, misfit }: FaultContext, details: FaultDetails): Fault {
	const code = document?.signError ?? 'no reason given';
	const known = signErrors.get(code);
	return new Fault(
		`'${name}' was not signed: ${known ? `${known.meaning} (${code})` : code}`,
		(known?.of === 'document' ? misfit : undefined) ??
			known?.remedy ??
			'Look the operation up in the backoffice.',
		{ ...details, serviceCode: document?.signError },
	);
}

const stateIn = ({ operation, document }: FaultContext): string => {
	const said = [operation?.status, document?.signStatus, document?.signError].filter(Boolean);
	return said.length === 0 ? '' : ` (${said.join(', ')})`;
};

function meaningIn({ document }: FaultContext): string {
	const known = document?.signError === undefined ? undefined : signErrors.get(document.signError);
	return known ? `${known.meaning}. ` : '';
}

/** Anything that went wrong after the document was signed, such as a full disk: the signature stands. */
export function afterSigning(error: unknown, { name, reference, operation }: FaultContext): Fault {
	const why = error instanceof Error ? error.message : String(error);
	return new Fault(
		`'${name}' is signed, but n8n could not process it (${why})`,
		`The signature stands, so do not sign it again under another reference. Fix the cause first. ${recover(reference)}`,
		{ externalReference: reference, operationId: operation && idInOutput(operation.id) },
	);
}

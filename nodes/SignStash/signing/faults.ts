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
import type { FaultName } from './known';
import { baseReference, rowLength } from './references';

/** What is known about a document whose signing ended without a file. */
export interface Told {
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
const again = ({ signsAgain }: Pick<Told, 'signsAgain'>): string =>
	signsAgain === true
		? "Running the workflow again may sign it once more, as 'If Already Signed' is set to Sign Again."
		: 'Running this step again with the same document and settings uses the same reference, and finds the signature if there is one.';

const idOf = ({ operation, unread }: Told): string => operation?.id ?? unread ?? 'without an ID';

function detailsOf({ reference, operation, unread, last }: Told): FaultDetails {
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
const words: Record<FaultName, (told: Told, details: FaultDetails) => Fault> = {
	refused: (told, details) =>
		told.last?.is === 'refusal'
			? refused(told.last, details, ` '${told.name}' was not signed this time.`)
			: tokenRefused(told, details),
	busy: (told, details) =>
		new Fault(
			`Sign'Stash is busy and turned '${told.name}' away each time (${whyOf(told.last)})`,
			`No look-up shows that it was signed. Run the workflow again later, or lower 'Parallel Requests'. ${again(told)}`,
			details,
			told.last?.is === 'refusal' ? failureOf(told.last) : { cause: 'rate-limited' },
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
	unknown: (told, details) =>
		new Unsettled(
			`It is not known whether '${told.name}' was signed (${whyOf(told.last)})`,
			`The request may have reached Sign'Stash, and no look-up has given a clear answer.${failedIn(told)}${remedyIn(told)} ${recover(told.reference)} ${again(told)}`,
			details,
			(told.last?.is === 'refusal' && told.last.class === 'busy' && failureOf(told.last)) || {
				cause: 'temporarily-unavailable',
			},
		),
	unread: (told, details) =>
		new Unsettled(
			`Operation ${idOf(told)} holds '${told.name}', but its information about the document cannot be read (${whyOf(told.last)})`,
			`Do not send it under another reference. ${recover(told.reference)} 'Get Operation' with ${idOf(told)} does the same.`,
			details,
			{ cause: 'temporarily-unavailable' },
		),
	hidden: (told, details) =>
		new Fault(
			`The external reference '${told.reference}' of '${told.name}' is in use, but Sign'Stash does not show which document uses it`,
			`Another client service may hold it, or look-ups may be lagging. ${recover(told.reference)} If it still finds nothing, look the reference up in the backoffice. ${again(told)}`,
			details,
		),
	foreign: (told, details) =>
		new Fault(
			`What Sign'Stash shows under the external reference '${told.reference}' is not '${told.name}' as it is now${otherIn(told)}`,
			`Operation ${idOf(told)} holds a document with different content, a different reference or different settings: compare the two with 'Get Operation'.${told.sent ? '' : ` If '${told.name}' is a separate document, give it its own 'External Reference'.`}`,
			details,
		),
	swapped: (told, details) =>
		new Fault(
			`What came back as '${told.name}' is another document${otherIn(told)}`,
			`Operation ${idOf(told)} says that '${told.name}' is signed, but returns another document's content for it. The signature stands, so do not sign it again. Look for the right file among the operation's other documents with 'Get Operation', or in the backoffice, and report this to signstash@multicert.com.`,
			details,
		),
	cannotTell: (told, details) =>
		new Fault(
			`Sign'Stash returns operation ${idOf(told)} for the external reference '${told.reference}', and it does not show whether its document is '${told.name}'`,
			`'Get Operation' with ${idOf(told)} returns its document: compare the two before you sign it under another reference.`,
			details,
		),
	notSigned: (told, details) => notSigned(told, details),
	pending: (told, details) =>
		new Unsettled(
			`Sign'Stash has not finished operation ${idOf(told)} with '${told.name}' yet`,
			`The document is registered, so do not send it under another reference. ${recover(told.reference)} 'Get Operation' with ${idOf(told)} shows its state.`,
			details,
		),
	unclear: (told, details) =>
		new Unsettled(
			`Operation ${idOf(told)} does not say clearly whether '${told.name}' was signed${stateIn(told)}`,
			`${meaningIn(told)}Do not send it under another reference until that is known. ${recover(told.reference)}`,
			{ ...details, serviceCode: told.document?.signError ?? details.serviceCode },
		),
	notFetched: (told, details) =>
		told.document?.storageStatus === 'CONTENT_NOT_STORED'
			? notStored(told, details)
			: new Fault(
					`'${told.name}' is signed, but operation ${idOf(told)} did not return it`,
					`The signature stands, so do not sign it again. ${recover(told.reference)} Look-ups return no files for documents that an on-premise proxy signed: in that case, look for the file at the proxy, then ask signstash@multicert.com.`,
					details,
				),
	unusable: (told, details) =>
		new Fault(
			`'${told.name}' is signed, but what came back ${told.flaw ?? 'cannot be used'}`,
			`The signature stands, so do not sign it again. ${recover(told.reference)} If it returns the same, fetch the document from the backoffice.`,
			details,
		),
	alreadySigned: (told, details) =>
		told.cannotTellWhen
			? new Fault(
					`'${told.name}' is signed by operation ${idOf(told)}, but Sign'Stash does not show whether that was before this execution`,
					`'If Already Signed' is set to Fail. ${recover(told.reference)}`,
					details,
				)
			: new Fault(
					`'${told.name}' was signed before, by operation ${idOf(told)}`,
					`'If Already Signed' is set to Fail. ${recover(told.reference)} It was not signed this time.`,
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
const tokenRefused = ({ name, last }: Told, details: FaultDetails): Fault =>
	new Fault(
		`Sign'Stash rejected '${name}' because it does not accept the access token`,
		last?.is === 'noToken'
			? `It was not signed this time. ${tokenRemedy}`
			: `It was not signed this time, and no new token could be obtained (${whyOf(last)}). Run the workflow again later.`,
		details,
		{ cause: last?.is === 'noToken' ? 'credential-invalid' : 'temporarily-unavailable' },
	);

/** The only case in which the file is gone: it was signed, and the service kept no copy. */
const notStored = (told: Told, details: FaultDetails): Fault =>
	new Fault(
		`'${told.name}' is signed, but the service does not have the file`,
		`Operation ${idOf(told)} keeps no copy, so no look-up can return it. The document stays signed. Before you decide to sign it again, which is billed again, ask signstash@multicert.com for the file and give the operation's ID.`,
		details,
	);

/** The other document, if its operation names it. */
function otherIn({ name, document }: Told): string {
	const other = document?.name;
	return other === undefined || other === name ? '' : `: it is called '${other}' there`;
}

/** An operation that failed, while a request of ours got no answer. */
function failedIn({ operation, document }: Told): string {
	const known = document?.signError === undefined ? undefined : signErrors.get(document.signError);
	if (!operation || document?.signStatus !== 'ERROR_SIGNING') return '';
	const why = known ? `: ${known.meaning}` : '';
	return ` Operation ${operation.id} under the same reference failed${why}; it may be an earlier one.`;
}

/** What to do about the refusal that came instead of an answer; never to send the document again. */
function remedyIn({ last }: Told): string {
	if (last?.is === 'noToken') return ` ${tokenRemedy}`;
	if (last?.is !== 'refusal' || last.class === 'unknown' || last.class === 'duplicate') return '';
	return ` ${explanationOf(last.status, last.code).remedy}`;
}

/** How one document's signing ended, in words that say what to do. */
export const faultOf = (name: FaultName, told: Told): Fault => words[name](told, detailsOf(told));

/** The service tried to sign and could not. */
function notSigned({ name, document, misfit }: Told, details: FaultDetails): Fault {
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

const stateIn = ({ operation, document }: Told): string => {
	const said = [operation?.status, document?.signStatus, document?.signError].filter(Boolean);
	return said.length === 0 ? '' : ` (${said.join(', ')})`;
};

function meaningIn({ document }: Told): string {
	const known = document?.signError === undefined ? undefined : signErrors.get(document.signError);
	return known ? `${known.meaning}. ` : '';
}

/** Anything that went wrong after the document was signed, such as a full disk: the signature stands. */
export function afterSigning(error: unknown, { name, reference, operation }: Told): Fault {
	const why = error instanceof Error ? error.message : String(error);
	return new Fault(
		`'${name}' is signed, but n8n could not process it (${why})`,
		`The signature stands, so do not sign it again under another reference. Fix the cause first. ${recover(reference)}`,
		{ externalReference: reference, operationId: operation && idInOutput(operation.id) },
	);
}

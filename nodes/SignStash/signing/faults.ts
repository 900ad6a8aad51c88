import { Fault, type FaultDetails } from '../Fault';
import { explanationOf, signErrors } from '../service/errorCodes';
import { idInOutput, type Operation, type OperationDocument } from '../service/Operation';
import { inWords, type NoAnswer, type Refusal } from '../service/Reply';
import type { FaultName } from './known';
import { baseReference, rowLength } from './references';

/** What is known of a document whose signing ended without a file. */
export interface Told {
	/** Member of the row of references that the last request stood under. */
	reference: string;
	/** Whether a request of this run may have arrived under it. */
	sent: boolean;
	/** Whether the service was seen to hold the reference, whoever registered it. */
	registered?: boolean;
	/** Whether another signature is asked for where there is one ('If Already Signed' at Sign Again). */
	signsAgain?: boolean;
	/** The operation in sight, and the document in it. */
	operation?: Operation;
	document?: OperationDocument;
	/** Why the content that came cannot be used. */
	flaw?: string;
	/** The last reply that was no answer. */
	last?: NoAnswer;
}

const recover = (reference: string) =>
	`Use 'Recover by Reference' with '${reference}': it returns the signed document, or says that there is none.`;

/** What comes of running the step again. */
const again = ({ signsAgain }: Pick<Told, 'signsAgain'>): string =>
	signsAgain === true
		? "Running this step again may sign it once more, as 'If Already Signed' is set to Sign Again."
		: 'Running this step again with the same document and settings is safe: it is never signed twice.';

/** A reply that is no answer, in one line. */
export function whyOf(reply: NoAnswer | undefined): string {
	if (reply === undefined) return 'no reason given';
	if (reply.is === 'refusal') return inWords(reply);
	return 'why' in reply ? reply.why : 'the execution was stopped';
}

const idOf = ({ operation }: Told): string => operation?.id ?? 'without a number';

function detailsOf({ reference, operation, last }: Told): FaultDetails {
	const refusal = last?.is === 'refusal' ? last : undefined;
	return {
		externalReference: reference,
		operationId: operation && idInOutput(operation.id),
		serviceCode: refusal?.code,
		httpStatus: refusal?.status,
	};
}

/** A refusal in the catalogue's words, with the service's own behind them. */
export function refused(refusal: Refusal, details: FaultDetails = {}, end = ''): Fault {
	const { code, status, meaning, cause } = refusal;
	const known = explanationOf(status, code);
	const words = [meaning, cause].filter(Boolean).join(' ');
	const said = words ? `Sign'Stash says: ${words} ` : '';
	return new Fault(
		`${known.meaning} (${code ?? `HTTP ${status}`})`,
		`${said}${known.remedy}${end}`,
		{ ...details, serviceCode: code, httpStatus: status },
		failureOf(refusal),
	);
}

/** What n8n may know of a refusal, to act on it (n8n-workflow: NodeFailure). */
function failureOf({ class: kind, status, retryAfter }: Refusal): Fault['failure'] {
	if (kind === 'busy') return { cause: 'rate-limited', retryAfterMs: retryAfter };
	if (kind === 'token') return { cause: 'credential-invalid' };
	return status >= 500 && kind === 'unknown' ? { cause: 'temporarily-unavailable' } : undefined;
}

/** No access token, so this call never left. */
export function noToken(why: string, details: FaultDetails = {}): Fault {
	return new Fault(
		`Sign'Stash gave no access token (${why})`,
		"Open the credential, check 'Client ID', 'Client Secret' and 'Environment', and save it again. This request was not sent.",
		details,
		{ cause: 'credential-invalid' },
	);
}

/** The call never left. */
export function notSent(why: string, what: string, details: FaultDetails = {}): Fault {
	return new Fault(
		`Sign'Stash could not be reached, and ${what} was not sent (${why})`,
		"Check the network and the credential's 'Environment', then run the workflow again.",
		details,
		{ cause: 'temporarily-unavailable' },
	);
}

/** The words for each end without a file. Each says no more than was seen, and none leads to a second signature. */
const words: Record<FaultName, (told: Told, details: FaultDetails) => Fault> = {
	refused: (told, details) =>
		told.last?.is === 'refusal'
			? refused(told.last, details, ' The document was not signed now.')
			: new Fault("Sign'Stash did not accept the request", again(told), details),
	busy: ({ last }, details) =>
		new Fault(
			`Sign'Stash is busy, and turned the document away each time (${whyOf(last)})`,
			"It was not signed now. Run the workflow again later, or lower 'Parallel Requests'.",
			details,
			last?.is === 'refusal' ? failureOf(last) : undefined,
		),
	nothingSent: ({ last }, details) => notSent(whyOf(last), 'the document', details),
	noToken: ({ last }, details) => noToken(whyOf(last), details),
	stopped: ({ sent, registered, reference }, details) =>
		sent || registered
			? new Fault(
					'The execution was stopped while the document was with the service',
					recover(reference),
					details,
				)
			: new Fault(
					'The execution was stopped before the service took the document',
					'It was not signed now.',
					details,
				),
	unknown: (told, details) =>
		new Fault(
			`It is not known whether the document was signed (${whyOf(told.last)})`,
			`The request may have reached Sign'Stash, and look-ups gave no clear answer. ${recover(told.reference)} ${again(told)}`,
			details,
			{ cause: 'temporarily-unavailable' },
		),
	hidden: (told, details) =>
		new Fault(
			`The external reference '${told.reference}' is in use, and Sign'Stash does not show by which document`,
			`Another client service may hold it, or look-ups are late. ${recover(told.reference)} If it still finds nothing, look the reference up in the backoffice. ${again(told)}`,
			details,
		),
	foreign: (told, details) =>
		new Fault(
			`The external reference '${told.reference}' holds a document of other bytes, another name or other settings`,
			`It stands in operation ${idOf(told)}: compare the two with 'Get Operation'. If this one is a document of its own, give it an 'External Reference' of its own.${told.sent ? '' : ' It was not signed now.'}`,
			details,
		),
	cannotTell: (told, details) =>
		new Fault(
			`Operation ${idOf(told)} holds the external reference '${told.reference}', and does not show whether it is this document`,
			`'Get Operation' with ${idOf(told)} returns its document: compare the two before you sign it under another reference.`,
			details,
		),
	notSigned: (told, details) => notSigned(told, details),
	pending: (told, details) =>
		new Fault(
			`Sign'Stash has not finished operation ${idOf(told)} yet`,
			`The document is registered, so do not send it under another reference. ${recover(told.reference)} 'Get Operation' with ${idOf(told)} tells its state.`,
			details,
		),
	unclear: (told, details) =>
		new Fault(
			`Operation ${idOf(told)} does not say clearly whether the document was signed${stateIn(told)}`,
			`${explainedIn(told)}Do not send it under another reference before it is known. ${recover(told.reference)}`,
			{ ...details, serviceCode: told.document?.signError ?? details.serviceCode },
		),
	notFetched: (told, details) =>
		new Fault(
			`The document is signed, but operation ${idOf(told)} did not give it out`,
			`Nothing is lost: the signature stands, so do not sign it again. ${recover(told.reference)}`,
			details,
		),
	unusable: (told, details) =>
		new Fault(
			`The document is signed, but what came back ${told.flaw ?? 'cannot be used'}`,
			`The signature stands, so do not sign it again. ${recover(told.reference)} If it brings the same, fetch the document from the backoffice.`,
			details,
		),
	alreadySigned: (told, details) =>
		new Fault(
			`The document was signed before, by operation ${idOf(told)}`,
			`'If Already Signed' is set to Fail. ${recover(told.reference)} It was not signed now.`,
			details,
		),
	rowSpent: ({ reference }, details) =>
		new Fault(
			`The external reference '${baseReference(reference)}' and its ${rowLength - 1} successors are used up`,
			"Each holds an operation already. Find out in the backoffice why they ended as they did, then sign with another 'External Reference'. It was not signed now.",
			details,
		),
};

/** How one document's signing ended, in words that tell what to do. */
export const faultOf = (name: FaultName, told: Told): Fault => words[name](told, detailsOf(told));

/** The service tried to sign and could not. */
function notSigned({ document }: Told, details: FaultDetails): Fault {
	const code = document?.signError ?? 'no reason given';
	const known = signErrors.get(code);
	return new Fault(
		`The document was not signed: ${known ? `${known.meaning} (${code})` : code}`,
		known?.remedy ?? 'Look the operation up in the backoffice.',
		{ ...details, serviceCode: document?.signError },
	);
}

const stateIn = ({ operation, document }: Told): string => {
	const said = [operation?.status, document?.signStatus, document?.signError].filter(Boolean);
	return said.length === 0 ? '' : ` (${said.join(', ')})`;
};

function explainedIn({ document }: Told): string {
	const known = document?.signError === undefined ? undefined : signErrors.get(document.signError);
	return known ? `${known.meaning}. ${known.remedy} ` : '';
}

/** A reading call (look-up, status, detail) that gave no answer; reading again does no harm. */
export function notRead(reply: NoAnswer, what: string): Fault {
	if (reply.is === 'noToken') return noToken(reply.why);
	if (reply.is !== 'refusal')
		return new Fault(
			`Sign'Stash gave no answer for ${what} (${whyOf(reply)})`,
			'Nothing was changed: run the workflow again when the service can be reached.',
		);
	if (reply.status !== 404 || reply.form === 'page') return refused(reply);
	const said = [reply.meaning, reply.cause].filter(Boolean).join(' ');
	return new Fault(
		`Sign'Stash finds nothing for ${what}`,
		`Check the parameter, and that the credential is the one it was signed with.${said ? ` Sign'Stash says: ${said}` : ''}`,
		{ serviceCode: reply.code, httpStatus: reply.status },
	);
}

/** Whatever went wrong after the document was signed, such as a full disk: the signature stands. */
export function afterSigning(error: unknown, { reference, operation }: Told): Fault {
	const why = error instanceof Error ? error.message : String(error);
	return new Fault(
		`The document is signed, but n8n could not take it over (${why})`,
		`The signature stands, so do not sign it again under another reference. Mend the cause first. ${recover(reference)}`,
		{ externalReference: reference, operationId: operation && idInOutput(operation.id) },
	);
}

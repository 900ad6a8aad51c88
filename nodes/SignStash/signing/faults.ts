import { Fault, type FaultDetails } from '../Fault';
import { errorCodes, signErrors } from '../service/errorCodes';
import type { OperationDocument } from '../service/messages';
import type { Refusal, Reply } from '../service/Reply';
import { rowLength } from './references';

const recover = (reference: string) =>
	`Use 'Recover by Reference' with '${reference}': it returns the signed document, or says that there is none.`;

/** The service said no: its own words, with the catalogue's meaning and remedy where the code is known. */
export function refused(refusal: Refusal, details: FaultDetails = {}): Fault {
	const { code, status, meaning, cause } = refusal;
	const known = code === undefined ? undefined : errorCodes[code];
	const words = [meaning, cause].filter(Boolean).join(' ');
	const label = code ?? `HTTP ${status}`;
	return new Fault(
		`${known?.meaning ?? "Sign'Stash did not accept the request"} (${label})`,
		`${words ? `Sign'Stash says: ${words} ` : ''}${known?.remedy ?? `Look the answer ${label} up with signstash@multicert.com.`}`,
		{ ...details, serviceCode: code, httpStatus: status },
	);
}

/** The service tried to sign and could not; nothing was signed. */
export function notSigned(document: OperationDocument, details: FaultDetails): Fault {
	const code = document.signError ?? 'no reason given';
	const known = signErrors[code];
	return new Fault(
		`The document was not signed: ${known?.meaning ?? code} (${code})`,
		known?.remedy ?? 'Look the operation up in the backoffice.',
		{ ...details, serviceCode: code },
	);
}

/** The operation is registered and not finished; sending anew is needless. */
export function stillPending(operationId: number, reference: string): Fault {
	return new Fault(
		`Sign'Stash has not finished operation ${operationId} yet`,
		`The document is registered, so do not send it under another reference. ${recover(reference)} 'Get Operation' with ${operationId} tells its state.`,
		{ operationId, externalReference: reference },
	);
}

/** Nothing is known for certain: the only safe way on is to look. */
export function outcomeUnknown(why: string, reference: string): Fault {
	return new Fault(
		`It is not known whether the document was signed (${why})`,
		`The request may have reached Sign'Stash, and look-ups gave no answer. ${recover(reference)} Running this step again with the same document and settings is safe too.`,
		{ externalReference: reference },
	);
}

/** The signature stands, and only its content is missing: it can be fetched at any time. */
export function notFetched(operationId: number, reference: string): Fault {
	return new Fault(
		`The document is signed, but operation ${operationId} did not give it out`,
		`Nothing is lost: the signature stands, so do not sign it again. ${recover(reference)}`,
		{ operationId, externalReference: reference },
	);
}

/** The request never left. */
export function nothingSent(why: string, reference: string): Fault {
	return new Fault(
		`Sign'Stash could not be reached, and nothing was sent (${why})`,
		"Check the network and the credential's 'Environment' and secret, then run the workflow again.",
		{ externalReference: reference },
	);
}

/** The authorization server refused the credential, so nothing could be sent. */
export function noToken(why: string): Fault {
	return new Fault(
		`Sign'Stash gave no access token (${why})`,
		"Open the credential, check 'Client ID', 'Client Secret' and 'Environment', and save it again. Nothing was sent.",
	);
}

/** The user stopped the execution; `sent` tells whether a request may have arrived. */
export function stopped(sent: boolean, reference: string): Fault {
	return new Fault(
		sent
			? 'The execution was stopped while the document was with the service'
			: 'The execution was stopped before the document was sent',
		sent ? recover(reference) : 'Nothing was sent.',
		{ externalReference: reference },
	);
}

/** The document has its signature, and the user chose not to take one of before. */
export function alreadySigned(reference: string, operationId: number): Fault {
	return new Fault(
		`The document was signed before, by operation ${operationId}`,
		`'If Already Signed' is set to Fail. ${recover(reference)} Nothing was signed now.`,
		{ externalReference: reference, operationId },
	);
}

/** Every reference of the row is used up by operations that failed. */
export function rowSpent(reference: string): Fault {
	return new Fault(
		`The external reference '${reference}' and its ${rowLength - 1} successors are used up`,
		"Each holds an operation already. Find out in the backoffice why they ended as they did, then sign with another 'External Reference'. Nothing was signed now.",
		{ externalReference: reference },
	);
}

/** The reference is registered and its operation is shown: it holds another document. */
export function foreignReference(reference: string, operationId: number): Fault {
	return new Fault(
		`The external reference '${reference}' belongs to another document`,
		`Operation ${operationId} holds it, with another name or size. Give another 'External Reference'. Nothing was signed.`,
		{ externalReference: reference, operationId },
	);
}

/** The reference is registered, and look-ups do not find it: someone else's, unless they lag behind for very long. */
export function hiddenReference(reference: string): Fault {
	return new Fault(
		`The external reference '${reference}' is in use, and Sign'Stash does not show by which document`,
		`It belongs to another client service, unless it was registered just now. ${recover(reference)} If it finds nothing, give another 'External Reference'.`,
		{ externalReference: reference },
	);
}

/** A reading call (look-up, status, detail) that gave no answer; reading again does no harm. */
export function notRead(reply: Exclude<Reply<unknown>, { is: 'answer' }>, what: string): Fault {
	if (reply.is === 'refusal' && reply.status === 404) {
		const words = [reply.meaning, reply.cause].filter(Boolean).join(' ');
		return new Fault(
			`Sign'Stash finds nothing for ${what}`,
			`Check the parameter, and that the credential is the one it was signed with.${words ? ` Sign'Stash says: ${words}` : ''}`,
			{ serviceCode: reply.code, httpStatus: reply.status },
		);
	}
	if (reply.is === 'refusal') return refused(reply);
	if (reply.is === 'noToken') return noToken(reply.why);
	const why = 'why' in reply ? reply.why : 'the execution was stopped';
	return new Fault(
		`Sign'Stash gave no answer for ${what} (${why})`,
		'Nothing was changed: run the workflow again when the service can be reached.',
	);
}

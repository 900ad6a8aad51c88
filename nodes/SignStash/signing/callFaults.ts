import { Fault, type FaultDetails } from '../Fault';
import { explanationOf } from '../service/errorCodes';
import { inWords, type NoAnswer, type Refusal } from '../service/Reply';

/** A reply that is no answer, in one line. */
export function whyOf(reply: NoAnswer | undefined): string {
	if (reply === undefined) return 'no reason given';
	if (reply.is === 'refusal') return inWords(reply);
	return 'why' in reply ? reply.why : 'the execution was stopped';
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
export function failureOf({ class: kind, status, retryAfter }: Refusal): Fault['failure'] {
	if (kind === 'busy') return { cause: 'rate-limited', retryAfterMs: retryAfter };
	if (kind === 'token') return { cause: 'credential-invalid' };
	return status >= 500 && kind === 'unknown' ? { cause: 'temporarily-unavailable' } : undefined;
}

/** What to do when there is no token, or one that is not accepted. */
export const tokenRemedy =
	"Open the credential, check 'Client ID', 'Client Secret' and 'Environment', and save it again.";

/** No access token, so this call never left. */
export function noToken(why: string, details: FaultDetails = {}): Fault {
	return new Fault(
		`Sign'Stash gave no access token (${why})`,
		`${tokenRemedy} This request was not sent.`,
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

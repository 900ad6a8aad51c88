import { Fault, type FaultDetails } from '../Fault';
import { explanationOf } from '../service/errorCodes';
import { inWords, type NoAnswer, type Refusal } from '../service/Reply';

/** A reply that is not an answer, in one line. */
export function whyOf(reply: NoAnswer | undefined): string {
	if (reply === undefined) return 'no reason given';
	if (reply.is === 'refusal') return inWords(reply);
	if (reply.is === 'noToken') return `no access token: ${reply.why}`;
	return 'why' in reply ? reply.why : 'the execution was stopped';
}

/** The service's own words as a sentence, followed by a space; empty if there are none. */
function saidIn({ meaning, cause }: Refusal): string {
	const words = [meaning, cause].flatMap((one) => one?.trim().replace(/\.+$/, '') || []);
	return words.length === 0 ? '' : `Sign'Stash says: "${words.join(': ')}". `;
}

/** A refusal in the catalogue's words, followed by the service's own. */
export function refused(refusal: Refusal, details: FaultDetails = {}, end = ''): Fault {
	const { code, status } = refusal;
	const known = explanationOf(status, code);
	const said = saidIn(refusal);
	return new Fault(
		`${known.meaning} (${code ?? `HTTP ${status}`})`,
		`${said}${known.remedy}${end}`,
		{ ...details, serviceCode: code, httpStatus: status },
		failureOf(refusal),
	);
}

/** What n8n may know about a refusal, to act on it (n8n-workflow: NodeFailure). */
export function failureOf({ class: kind, status, retryAfter }: Refusal): Fault['failure'] {
	if (kind === 'busy') return { cause: 'rate-limited', retryAfterMs: retryAfter };
	if (kind === 'token') return { cause: 'credential-invalid' };
	return status >= 500 && kind === 'unknown' ? { cause: 'temporarily-unavailable' } : undefined;
}

/** What to do when there is no token, or the token is not accepted. */
export const tokenRemedy =
	"Open the credential, check 'Client ID', 'Client Secret' and 'Environment', and save it again.";

/** There is no access token, so this call was never sent. */
export function noToken(why: string, details: FaultDetails = {}): Fault {
	return new Fault(
		`Sign'Stash gave no access token (${why})`,
		`${tokenRemedy} This request was not sent.`,
		details,
		{ cause: 'credential-invalid' },
	);
}

/** The call was never sent. */
export function notSent(why: string, what: string, details: FaultDetails = {}): Fault {
	return new Fault(
		`Sign'Stash could not be reached, and ${what} was not sent (${why})`,
		"Check the network and the credential's 'Environment', then run the workflow again.",
		details,
		{ cause: 'temporarily-unavailable' },
	);
}

/** A reading call (look-up, status, detail) that got no answer; reading again does no harm. */
export function notRead(reply: NoAnswer, what: string): Fault {
	if (reply.is === 'noToken') return noToken(reply.why);
	if (reply.is !== 'refusal')
		return new Fault(
			`Sign'Stash gave no answer for ${what} (${whyOf(reply)})`,
			'Nothing was changed: run the workflow again when the service can be reached.',
		);
	return findsNothing(reply) ? nothingFound(reply, what) : refused(reply);
}

/** Whether the service itself says that it has nothing of that name; a page may come from another server. */
export const findsNothing = ({ status, form }: Refusal): boolean =>
	status === 404 && form !== 'page';

/** The service has nothing of that name. @param end what that means for the call, after what to do */
export function nothingFound(
	reply: Refusal,
	what: string,
	details: FaultDetails = {},
	end = '',
): Fault {
	return new Fault(
		`Sign'Stash found nothing for ${what}`,
		`${saidIn(reply)}Check the parameter, and check that the credential is the one used for signing.${end}`,
		{ ...details, serviceCode: reply.code, httpStatus: reply.status },
	);
}

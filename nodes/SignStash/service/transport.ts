import type { IDataObject } from 'n8n-workflow';
import { parseJson, property, textIn } from './json';
import { classify } from './refusals';
import type { NoAnswer, Refusal } from './Reply';

/** What n8n's request helper returns with `returnFullResponse` and `encoding: 'stream'`. */
export interface RawAnswer {
	statusCode: number;
	headers: IDataObject;
	/** A stream of the body's bytes. */
	body: unknown;
}

/**
 * Faults that occur only if a connection was never made: the request did not leave this machine. An unreachable
 * host or network is not among them, as it can also end a connection that has carried the request.
 */
const neverSent = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EPROTO',
	'CERT_HAS_EXPIRED',
	'DEPTH_ZERO_SELF_SIGNED_CERT',
	'ERR_TLS_CERT_ALTNAME_INVALID',
	'SELF_SIGNED_CERT_IN_CHAIN',
	'UNABLE_TO_GET_ISSUER_CERT',
	'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
	'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	'ERR_INVALID_URL',
]);

/** n8n replaces a message that contains such a code with its own words and its own advice. */
const plainWords: Record<string, string> = {
	ECONNREFUSED: 'the connection was refused: no service listens at that address',
	ENOTFOUND: 'the host name is not known',
	EAI_AGAIN: 'the host name could not be looked up',
	EHOSTUNREACH: 'the host cannot be reached',
	ENETUNREACH: 'the network cannot be reached',
	EPROTO: 'no TLS connection could be made',
	CERT_HAS_EXPIRED: "the server's certificate has expired",
	DEPTH_ZERO_SELF_SIGNED_CERT: "the server's certificate is self-signed",
	ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host",
	SELF_SIGNED_CERT_IN_CHAIN: "the server's certificate comes from an authority that is not trusted",
	UNABLE_TO_GET_ISSUER_CERT: "the server's certificate comes from an unknown authority",
	UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "the server's certificate comes from an unknown authority",
	UNABLE_TO_VERIFY_LEAF_SIGNATURE: "the server's certificate comes from an unknown authority",
	ECONNRESET: 'the connection was reset',
	ECONNABORTED: 'no answer came in time',
	ETIMEDOUT: 'no answer came in time',
	EPIPE: 'the connection was closed',
};

/**
 * Words that occur only in faults of the token call: n8n's own, for the first token and for an answer without one,
 * and those of its OAuth2 client, which are all that n8n 2.0 keeps of such a fault.
 */
const ofTokenCall =
	/acquire OAuth2 access token|sign without access token|^HTTP status \d+$|^Unsupported content type: /;

/** Codes that n8n's OAuth2 client gives to an answer of the authorization server that it cannot use. */
const tokenCodes = new Set(['EAUTH', 'ESTATUS']);

/**
 * A token call that failed on its way, in the words of axios and Node; any other words are the authorization
 * server's.
 */
const unreachable = new RegExp(
	`\\b(${Object.keys(plainWords).join('|')})\\b|socket hang up|timeout of \\d+ ?ms`,
);

/**
 * Statuses and words of an authorization server that does not refuse, but asks to try later (RFC 6749, section
 * 4.1.2.1; RFC 8628, section 3.5).
 */
const notNow = {
	status: /\bstatus(?: code)? (429|5\d\d)\b/,
	words: /\b(server_error|temporarily_unavailable|slow_down)\b|rate.?limit|too.?many|slow down/i,
};

const retryAfterSeconds = /^\s*\d+(\.\d+)?\s*$/;

/** Milliseconds that a Retry-After header asks for, in either of its forms (RFC 9110, section 10.2.3). */
function retryAfterOf(header: unknown): number | undefined {
	const asked = String(header);
	if (retryAfterSeconds.test(asked)) return Number(asked) * 1000;
	const date = Date.parse(asked);
	return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

/**
 * Reads a non-2xx answer. A challenge that names what is wrong with the token (RFC 6750, section 3) is the
 * service's own word, too. The fields are those of the contract's ErrorBody, each of which may be missing.
 */
export function readRefusal(status: number, body: string, headers: IDataObject = {}): Refusal {
	const fields = parseJson(body);
	const code = textIn(property(fields, 'errorCode'));
	const meaning = textIn(property(fields, 'errorCodeDescription'));
	const cause = textIn(property(fields, 'causeMessage'));
	const isOfToken = /^Bearer\b.*\berror=/i.test(String(headers['www-authenticate']));
	const form = isOfToken
		? 'words'
		: (code ?? meaning ?? cause)
			? 'words'
			: fields === null || body.trim() === ''
				? 'empty'
				: 'page';
	const retryAfter = retryAfterOf(headers['retry-after']);
	return {
		is: 'refusal',
		class: classify(status, code),
		status,
		code,
		meaning,
		cause,
		form,
		retryAfter,
	};
}

/**
 * Whether a fault comes from the token call. This must be decided before the status is read: a token call that is
 * answered with 404 would otherwise read as the look-up's 'not found'.
 */
function isTokenFault(error: unknown): boolean {
	const cause = property(error, 'cause');
	const codes = [property(error, 'httpCode'), property(cause, 'code')];
	const form = textIn(property(property(cause, 'config'), 'data'));
	return (
		wordsOf(error).some((words) => ofTokenCall.test(words)) ||
		codes.some((code) => tokenCodes.has(String(code))) ||
		form?.startsWith('grant_type=') === true
	);
}

/** What a failed token call means for the call that needed it, which was never sent. */
export function readTokenFault(error: unknown): NoAnswer {
	const row = causesOf(error);
	if (property(error, 'httpCode') === 'ERR_CANCELED') return { is: 'stopped' };
	const words = wordsOf(error);
	const status = laterStatus(row, words.join(' '));
	const later =
		status === undefined
			? 'the token call was rejected for now'
			: `the token call was answered with HTTP ${status}`;
	if (status !== undefined || row.some(saysNotNow))
		return { is: 'broken', sent: false, why: later };
	const said = row.some((one) => codesOf(one).includes('EAUTH'));
	return !said && unreachable.test(words.join(' '))
		? { is: 'broken', sent: false, why: 'the token call got no answer' }
		: { is: 'noToken', why: words.find((one) => ofTokenCall.test(one)) ?? words.join(' ') };
}

/**
 * A fault and its causes: n8n and its OAuth2 client wrap one in the other, differently for a first token and a
 * renewal.
 */
const causesOf = (error: unknown): unknown[] => {
	const row: unknown[] = [];
	for (let one = error; one !== undefined && row.length < 5; one = property(one, 'cause'))
		row.push(one);
	return row;
};

const codesOf = (one: unknown): unknown[] => [property(one, 'httpCode'), property(one, 'code')];

/** A status that means 'later', wherever it is: on the fault, in the answer's body, or only in words. */
function laterStatus(row: unknown[], words: string): number | undefined {
	const places = row.flatMap((one) => [one, property(one, 'response'), property(one, 'body')]);
	const told = places.map((one) => Number(property(one, 'status')));
	return [...told, Number(notNow.status.exec(words)?.[1])].find(
		(status) => status === 429 || (status >= 500 && status <= 599),
	);
}

/** Whether the OAuth2 client kept an answer that says so in words: it drops the status of such an answer. */
function saysNotNow(one: unknown): boolean {
	const body = property(one, 'body');
	const said = ['error', 'error_description'].map((name) => textIn(property(body, name)) ?? '');
	return said.some((words) => notNow.words.test(words));
}

const wordsOf = (error: unknown): string[] =>
	[
		property(error, 'message'),
		property(property(error, 'cause'), 'message'),
		property(error, 'description'),
	].flatMap((words) => textIn(words) ?? []);

/** Whether some fault in the chain of causes says that it happened while connecting; of several addresses, all. */
function diedConnecting(error: unknown): boolean {
	for (let one = error, depth = 0; depth < 5; one = property(one, 'cause'), depth++) {
		const errors = property(one, 'errors');
		const tried: unknown[] = Array.isArray(errors) ? errors : [one];
		if (tried.length > 0 && tried.every((each) => property(each, 'syscall') === 'connect'))
			return true;
	}
	return false;
}

/**
 * Works out from what n8n's helper throws what became of the request. Anything that is not known for certain to
 * have stayed here counts as sent.
 */
export function readThrown(error: unknown): NoAnswer {
	if (isTokenFault(error)) return readTokenFault(error);
	const message = textIn(property(error, 'message')) ?? 'no reason given';
	const cause = property(error, 'cause');
	const code =
		textIn(property(error, 'httpCode')) ??
		textIn(property(error, 'code')) ??
		textIn(property(cause, 'code')) ??
		'';
	if (code === 'ERR_CANCELED') return { is: 'stopped' };
	const status = Number(code);
	if (status >= 300) return { ...readRefusal(status, ''), form: 'page' };
	if (status >= 200) return { is: 'unreadable', status, why: 'the answer was cut off' };
	const why = plainWords[code] ?? (code || message);
	return { is: 'broken', sent: !neverSent.has(code) && !diedConnecting(error), why };
}

/**
 * What a refusal means for the request that was refused:
 * - `rejected`: it was rejected, and repeating it is of no use
 * - `duplicate`: its reference is in use
 * - `token`: the token is not accepted
 * - `busy`: it was throttled, for now
 * - `unknown`: its outcome is not known
 */
export type RefusalClass = 'rejected' | 'duplicate' | 'token' | 'busy' | 'unknown';

/** A refusal of the service, in its own words (contract: ErrorBody); an answer may lack all of them. */
export interface Refusal {
	is: 'refusal';
	/** What the refusal means for the request; the only part that decides anything. */
	class: RefusalClass;
	/** HTTP status, for the user's eyes. */
	status: number;
	code?: string;
	meaning?: string;
	cause?: string;
	/** `page`: the body is neither empty nor in the service's error format, so it may come from another server. */
	form: 'empty' | 'words' | 'page';
	/** Milliseconds the service asks to wait (header Retry-After, in seconds or as a date). */
	retryAfter?: number;
}

/**
 * What became of one call, without judging it:
 * - `answer`: a 2xx that could be read
 * - `refusal`: every other status
 * - `unreadable`: a 2xx that could not be read, or was cut off
 * - `broken`: no complete answer came; `sent` says whether the request may have reached the service
 * - `noToken`: the token call was refused or failed, so the call itself was never sent
 * - `stopped`: the execution was stopped by the user
 */
export type Reply<Body> =
	| { is: 'answer'; body: Body }
	| Refusal
	| { is: 'unreadable'; status: number; why: string }
	| { is: 'broken'; sent: boolean; why: string }
	| { is: 'noToken'; why: string }
	| { is: 'stopped' };

/** A reply that is not an answer. */
export type NoAnswer = Exclude<Reply<never>, { is: 'answer' }>;

/** A refusal in one line: its status, its code, and the service's own words. */
export function inWords({ status, code, meaning, cause }: Refusal): string {
	const words = [code, meaning, cause].filter(Boolean).join(' ');
	return `HTTP ${status}${words ? `: ${words}` : ''}`;
}

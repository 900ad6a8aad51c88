/** A refusal of the service, in its own words (contract: ErrorBody); an answer may lack all of them. */
export interface Refusal {
	is: 'refusal';
	status: number;
	code?: string;
	meaning?: string;
	cause?: string;
	/** Seconds the service asks to wait (header Retry-After). */
	retryAfterSeconds?: number;
}

/**
 * What became of one call, told without judging it:
 * - `answer`: a 2xx that could be read
 * - `refusal`: any other status
 * - `unreadable`: a 2xx that could not be read, or was cut
 * - `broken`: no whole answer came; `sent` tells whether the request may have reached the service
 * - `noToken`: the token call was refused or failed, so the call itself never left
 * - `stopped`: the execution was stopped by the user
 */
export type Reply<Body> =
	| { is: 'answer'; body: Body }
	| Refusal
	| { is: 'unreadable'; status: number; why: string }
	| { is: 'broken'; sent: boolean; why: string }
	| { is: 'noToken'; why: string }
	| { is: 'stopped' };

/** A refusal in one line: its status, its code, and the service's own words. */
export function inWords({ status, code, meaning, cause }: Refusal): string {
	const words = [code, meaning, cause].filter(Boolean).join(' ');
	return `HTTP ${status}${words ? `: ${words}` : ''}`;
}

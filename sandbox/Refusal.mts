import { ERROR_CODES } from './contract.mts';
import type { ErrorBody } from './types.mts';

/** Ends a call with an answer other than success. */
export class Refusal extends Error {
	readonly status: number;
	/** JSON value, text, or undefined for an empty body. */
	readonly body: unknown;
	readonly headers: Readonly<Record<string, string>>;

	constructor(status: number, body?: unknown, headers: Readonly<Record<string, string>> = {}) {
		super(`HTTP ${status}`);
		this.name = 'Refusal';
		this.status = status;
		this.body = body;
		this.headers = headers;
	}

	/**
	 * A refusal with one of the contract's error codes and the HTTP status that it goes with.
	 * @param cause the causeMessage: what is wrong in this particular request
	 */
	static withCode(errorCode: string, cause: string): Refusal {
		const known = ERROR_CODES.get(errorCode);
		if (known === undefined) throw new Error(`the contract has no error code ${errorCode}`);
		const body: ErrorBody = {
			errorCode,
			errorCodeDescription: known.meaning,
			causeMessage: cause,
		};
		return new Refusal(known.status, body);
	}
}

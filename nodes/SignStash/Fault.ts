/** What a fault contains besides its words; shown to the user as `details`, never with content or secrets. */
export interface FaultDetails {
	/** The service's own code, such as `0.0.7` (contract: ErrorBody). */
	serviceCode?: string;
	/** HTTP status of the answer that settled the matter. */
	httpStatus?: number;
	/** External reference of the document, for 'Recover by Reference'. */
	externalReference?: string;
	/** Operation the service registered, for 'Get Operation'; in digits if a number would lose some. */
	operationId?: number | string;
	/** Display name of the parameter to correct. */
	parameter?: string;
}

/** What n8n may know about a fault's cause, under n8n's own names (n8n-workflow: Failure). */
export type FaultFailure =
	| {
			cause: 'rate-limited' | 'temporarily-unavailable';
			/** Milliseconds the service asks to wait. */
			retryAfterMs?: number;
	  }
	| { cause: 'credential-invalid' };

/**
 * A fault the user can act on: what happened, and what to do about it. The operations turn it into n8n's own kind
 * of fault, with the item it belongs to.
 */
export class Fault extends Error {
	override readonly name = 'Fault';

	constructor(
		message: string,
		readonly remedy: string,
		readonly details: FaultDetails = {},
		readonly failure?: FaultFailure,
	) {
		super(message);
	}
}

/** Input that was rejected before anything was sent for it. The operation knows what was not sent. */
export class BadInput extends Fault {}

/** It is not known yet what became of a document, or it is not finished: its reference must reach the user. */
export class Unsettled extends Fault {}

/** Bad input; `parameter` is the display name the user sees. */
export function badInput(parameter: string, message: string, remedy: string): BadInput {
	return new BadInput(message, remedy, { parameter });
}

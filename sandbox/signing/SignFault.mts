import type { SignError } from '../types.mts';

/** A document cannot be signed as it is asked for; `signError` is what the service reports of it. */
export class SignFault extends Error {
	readonly signError: SignError;

	constructor(signError: SignError, message: string, cause?: unknown) {
		super(message, { cause });
		this.name = 'SignFault';
		this.signError = signError;
	}
}

/** The fault for a document or for settings with which no signature can be made. */
export function misconfigured(message: string, cause?: unknown): SignFault {
	return new SignFault('CONFIGURATION_SIGN_ERROR', message, cause);
}

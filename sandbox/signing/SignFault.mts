import type { SignError } from '../types.mts';

/** A document cannot be signed as requested; `signError` is what the service reports. */
export class SignFault extends Error {
	readonly signError: SignError;

	constructor(signError: SignError, message: string, cause?: unknown) {
		super(message, { cause });
		this.name = 'SignFault';
		this.signError = signError;
	}
}

/** The fault for a document or settings that do not allow a signature. */
export function misconfigured(message: string, cause?: unknown): SignFault {
	return new SignFault('CONFIGURATION_SIGN_ERROR', message, cause);
}

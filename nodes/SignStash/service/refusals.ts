import { errorCodes } from './errorCodes';
import type { RefusalClass } from './Reply';

/** Statuses that mean something without a code; 503 may come from a gateway after the signature. */
const classOfStatus = new Map<number, RefusalClass>([
	[401, 'token'],
	[408, 'unknown'],
	[429, 'busy'],
]);

/** Codes of this family refuse the signing request, whatever their status (one of them is public: `2.2.1`). */
const SIGNING_REFUSALS = '2.';

/**
 * A refusal's class. A 409 with an unknown code may mean that a reference is in use, as `0.0.7` does, and is
 * looked up in the same way. Otherwise its code comes first, then its status: the service uses 500 for bad
 * requests and 409 for tokens. Only a documented code, or a 4xx, counts as a rejected request; anything else may
 * come after the signature.
 */
export function classify(status: number, code?: string): RefusalClass {
	if (code !== undefined) {
		const known = errorCodes.get(code)?.class;
		if (known) return known;
		if (status !== 409 && code.startsWith(SIGNING_REFUSALS)) return 'rejected';
	}
	const ofStatus = classOfStatus.get(status);
	if (ofStatus) return ofStatus;
	if (status === 409) return code === undefined ? 'unknown' : 'duplicate';
	return status >= 400 && status < 500 ? 'rejected' : 'unknown';
}

import type { OperationDocument, SignOperation } from '../service/messages';
import type { Refusal, Reply } from '../service/Reply';

/** What a signing request led to; every reply falls in exactly one of these. */
export type Outcome =
	| { is: 'signed'; operation: SignOperation; document: OperationDocument }
	| { is: 'notSigned'; operation: SignOperation; document: OperationDocument }
	| { is: 'pending'; operation: SignOperation }
	| { is: 'rejected'; refusal: Refusal }
	| { is: 'duplicate'; refusal: Refusal }
	| { is: 'token'; refusal: Refusal }
	| { is: 'busy'; refusal: Refusal }
	| { is: 'notSent'; why: string }
	| { is: 'noToken'; why: string }
	| { is: 'unknown'; why: string }
	| { is: 'stopped' };

type RefusalClass = Extract<Outcome, { refusal: Refusal }>['is'] | 'unknown';

/** Codes that decide alone, whatever the status: the service uses 500 for bad requests and 409 for tokens. */
const classOfCode: Record<string, RefusalClass> = {
	'0.0.1': 'unknown',
	'0.0.7': 'duplicate',
	'0.0.10': 'token',
};

const classOfStatus: Record<number, RefusalClass> = { 429: 'busy', 502: 'unknown', 504: 'unknown' };

/** A refusal's class: its code first, then its status. */
export function classifyRefusal(refusal: Refusal): RefusalClass {
	const { code, status, retryAfterSeconds } = refusal;
	if (code !== undefined) return classOfCode[code] ?? classOfStatus[status] ?? 'rejected';
	if (status === 401) return 'token';
	if (status === 503 && retryAfterSeconds !== undefined) return 'busy';
	return classOfStatus[status] ?? (status >= 500 ? 'unknown' : 'rejected');
}

/** The state of one document within an operation: signed and refused are final, anything else may change. */
export function classifyDocument(operation: SignOperation, reference: string): Outcome {
	const document = operation.documentList?.find((one) => one.externalReference === reference);
	if (!document) return { is: 'unknown', why: 'the answer does not hold the document' };
	if (document.signStatus === 'SIGNED') return { is: 'signed', operation, document };
	if (document.signStatus === 'ERROR_SIGNING' || operation.status === 'EXECUTION_FAILED')
		return { is: 'notSigned', operation, document };
	return { is: 'pending', operation };
}

/** The table of outcomes as one pure function: what a reply to a signing request means for one document. */
export function classify(reply: Reply<SignOperation>, reference: string): Outcome {
	switch (reply.is) {
		case 'answer':
			return classifyDocument(reply.body, reference);
		case 'refusal': {
			const is = classifyRefusal(reply);
			return is === 'unknown'
				? { is, why: `HTTP ${reply.status}${reply.code ? ` (${reply.code})` : ''}` }
				: { is, refusal: reply };
		}
		case 'unreadable':
			return { is: 'unknown', why: reply.why };
		case 'broken':
			return reply.sent ? { is: 'unknown', why: reply.why } : { is: 'notSent', why: reply.why };
		case 'noToken':
		case 'stopped':
			return reply;
	}
}

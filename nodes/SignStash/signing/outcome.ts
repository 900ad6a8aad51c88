import { errorCodes } from '../service/errorCodes';
import type { OperationDocument, SignOperation } from '../service/messages';
import { inWords, type Refusal, type Reply } from '../service/Reply';

/** What a reply to a signing request means before its documents are looked at. */
export type Verdict =
	| { is: 'answered'; operation: SignOperation }
	| { is: 'rejected'; refusal: Refusal }
	| { is: 'duplicate'; refusal: Refusal }
	| { is: 'token'; refusal: Refusal }
	| { is: 'busy'; refusal: Refusal }
	| { is: 'notSent'; why: string }
	| { is: 'noToken'; why: string }
	| { is: 'unknown'; why: string }
	| { is: 'stopped' };

/** What became of one document within an operation. */
export type DocumentState =
	| { is: 'signed'; operation: SignOperation; document: OperationDocument }
	| { is: 'notSigned'; operation: SignOperation; document: OperationDocument }
	| { is: 'pending'; operation: SignOperation }
	| { is: 'unknown'; why: string };

type RefusalClass = Extract<Verdict, { refusal: Refusal }>['is'] | 'unknown';

/**
 * Codes that decide alone, whatever the status: the service uses 500 for bad requests and 409 for
 * tokens. An e-mail that could not be sent (`0.0.5`) says nothing against the signature, which stands.
 */
const classOfCode: Record<string, RefusalClass> = {
	...Object.fromEntries(Object.keys(errorCodes).map((code) => [code, 'rejected'])),
	'0.0.1': 'unknown',
	'0.0.5': 'unknown',
	'0.0.7': 'duplicate',
	'0.0.10': 'token',
};

const classOfStatus: Record<number, RefusalClass> = { 401: 'token', 408: 'unknown', 429: 'busy' };

/**
 * A refusal's class: its code first, then its status. Only a documented code, or a 4xx, is taken for
 * a request that was turned away; anything else may come after the signature.
 */
export function classifyRefusal(refusal: Refusal): RefusalClass {
	const { code, status, retryAfterSeconds } = refusal;
	const known = code === undefined ? undefined : classOfCode[code];
	if (known !== undefined) return known;
	if (status === 503 && retryAfterSeconds !== undefined) return 'busy';
	if (status === 409 && code === undefined) return 'unknown';
	return classOfStatus[status] ?? (status >= 400 && status < 500 ? 'rejected' : 'unknown');
}

/** The state of one document within an operation: signed and refused are final, anything else may change. */
export function stateOf(operation: SignOperation, reference: string): DocumentState {
	const document = documentIn(operation, reference);
	if (!document) return { is: 'unknown', why: 'the answer does not hold the document' };
	if (document.signStatus === 'SIGNED') return { is: 'signed', operation, document };
	if (document.signStatus === 'ERROR_SIGNING' || operation.status === 'EXECUTION_FAILED')
		return { is: 'notSigned', operation, document };
	return { is: 'pending', operation };
}

/** The document of an operation that has this reference. */
export function documentIn(
	operation: SignOperation,
	reference: string,
): OperationDocument | undefined {
	return operation.documentList?.find((one) => one.externalReference === reference);
}

/** The table of outcomes as a pure function: what a reply to a signing request says of the request; what of each document, {@link stateOf} tells. */
export function judge(reply: Reply<SignOperation>): Verdict {
	return reply.is === 'answer' ? { is: 'answered', operation: reply.body } : judgeFault(reply);
}

/** The verdict on a reply that is no answer. */
export function judgeFault(
	reply: Exclude<Reply<never>, { is: 'answer' }>,
): Exclude<Verdict, { is: 'answered' }> {
	switch (reply.is) {
		case 'refusal': {
			const is = classifyRefusal(reply);
			return is === 'unknown' ? { is, why: inWords(reply) } : { is, refusal: reply };
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

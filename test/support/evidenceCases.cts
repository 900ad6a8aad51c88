import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import {
	requestReference,
	whose,
	type Claim,
	type Showing,
	type Whose,
} from '../../nodes/SignStash/signing/evidence';

export const claim: Claim = {
	reference: 'R',
	fingerprint: 'a'.repeat(64),
	derived: false,
	name: 'a.pdf',
	contentLength: 1000,
};
export const derived: Claim = { ...claim, derived: true };
export const corrected: Claim = { ...claim, fingerprint: 'b'.repeat(64) };
/** The next document in the folder, with its own reference. */
export const neighbour: Claim = { ...corrected, reference: 'S' };

const shownIn = (...requestReferences: string[]): Operation => ({
	id: '1',
	requestReferences,
	documents: [],
	receivers: [],
	raw: {},
});

export const markOf = (first: Claim, ...others: Claim[]): string =>
	requestReference(first.reference, [first, ...others]);

/** An operation that shows a document, and whose document it is. */
export interface Case {
	name: string;
	/** References of requests that the operation shows. */
	marks?: string[];
	document?: Partial<OperationDocument>;
	claim?: Claim;
	/** The document's present reference, if not its first one. */
	member?: string;
	content?: Showing['content'];
	doubt?: boolean;
	is: Whose;
}

/** Whose document the one in a case is. */
export const judged = (one: Omit<Case, 'name' | 'is'>): Whose => {
	const { reference } = one.claim ?? claim;
	const member = one.member ?? reference;
	const document = { externalReference: reference, ...one.document };
	const { content, doubt = false } = one;
	const operation = shownIn(...(one.marks ?? []));
	return whose(one.claim ?? claim, operation, document, { member, content, doubt });
};

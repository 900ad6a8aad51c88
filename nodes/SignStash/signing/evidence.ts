import { createHash } from 'crypto';
import type { Operation, OperationDocument } from '../service/Operation';

/** Whose a document is that was found under our reference; `unknown` when nothing tells. */
export type Whose = 'ours' | 'anothers' | 'unknown';

/** What is known of our document, to be held against what was found. */
export interface Claim {
	/** SHA-256 over client id, settings and bytes, in hexadecimal: what a derived reference ends in. */
	fingerprint: string;
	/** True for a reference of our own making, which stands for the bytes whatever else differs. */
	derived: boolean;
	name: string;
	/** Bytes before signing. */
	contentLength: number;
}

/** What the signed content itself shows: made of our bytes, of others, or nothing either way. */
export type Shown = boolean | undefined;

const singleMark = /\.n8n-([0-9a-f]{16})$/;
const sharedMarks = /\.n8n-([0-9a-f]{12})-((?:[0-9a-z]{4})*)$/;

const single = (fingerprint: string): string => fingerprint.slice(0, 16);

/** Four letters that stand for a document among the many of a request: few enough for thirty to fit beside a reference of a hundred. */
const short = (fingerprint: string): string =>
	(parseInt(fingerprint.slice(0, 8), 16) % 36 ** 4).toString(36).padStart(4, '0');

/**
 * The external reference of a request, which its operation shows again: behind the documents' reference
 * stands a mark of their bytes and settings. The same documents always have the same one.
 */
export function requestReference(
	documents: Array<Pick<Claim, 'fingerprint' | 'derived'> & { reference: string }>,
): string {
	const [first] = documents;
	if (first === undefined) return '';
	if (documents.length === 1) return `${first.reference}.n8n-${single(first.fingerprint)}`;
	const all = createHash('sha256').update(
		documents.map(({ reference, fingerprint }) => `${reference} ${fingerprint}`).join('\n'),
	);
	const marks = documents.filter(({ derived }) => !derived).map((one) => short(one.fingerprint));
	return `${first.reference}.n8n-${all.digest('hex').slice(0, 12)}-${marks.join('')}`;
}

/** What the request's own reference tells; a service may change its case. */
function byMark(claim: Claim, { requestReferences }: Operation): Whose {
	for (const reference of requestReferences) {
		const [, mark] = singleMark.exec(reference.toLowerCase()) ?? [];
		if (mark !== undefined) return mark === single(claim.fingerprint) ? 'ours' : 'anothers';
		const [, , marks] = sharedMarks.exec(reference.toLowerCase()) ?? [];
		if (marks === undefined || marks === '') continue;
		return marks.match(/.{4}/g)?.includes(short(claim.fingerprint)) ? 'ours' : 'anothers';
	}
	return 'unknown';
}

/** Length and name, the weakest evidence: a missing one says nothing, a length may be capped, a name rewritten. */
function byLengthAndName(claim: Claim, document: OperationDocument): Whose {
	const { contentLength, additionalContentLength = 0, name } = document;
	if (contentLength !== undefined) {
		const lengths = [contentLength, contentLength + additionalContentLength];
		if (!lengths.includes(claim.contentLength)) return 'anothers';
	}
	return contentLength !== undefined && name === claim.name ? 'ours' : 'unknown';
}

/**
 * Whether a found document is ours, by the strongest evidence there is: the mark in its request's
 * reference, a derived reference, the signed content, and at last length and name, which never speak
 * against us alone while a request of ours has no answer.
 */
export function whose(
	claim: Claim,
	operation: Operation,
	document: OperationDocument,
	{ shown, doubt }: { shown?: Shown; doubt: boolean },
): Whose {
	const marked = byMark(claim, operation);
	if (marked !== 'unknown') return marked;
	if (claim.derived) return 'ours';
	if (shown !== undefined) return shown ? 'ours' : 'anothers';
	const weak = byLengthAndName(claim, document);
	return weak === 'anothers' && doubt ? 'unknown' : weak;
}

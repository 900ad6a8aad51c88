import { createHash } from 'crypto';
import type { Operation, OperationDocument } from '../service/Operation';
import { comparable, mayBeCut } from './references';

/** What one witness says about a document that is shown as ours; undefined when it says nothing. */
export type Word = 'mine' | "another's" | undefined;

/**
 * Whose a document is, after all witnesses were heard; `unknown` when none says anything, `swapped` when the
 * reference or the mark is ours and the content is not.
 */
export type Whose = 'ours' | 'anothers' | 'swapped' | 'unknown';

/** What is known about our document, to be compared with what was found. */
export interface Claim {
	/** The reference that it was first sent under. */
	reference: string;
	/** SHA-256 of client id, settings and bytes, in hexadecimal: a derived reference ends in it. */
	fingerprint: string;
	/** True for a reference that the node derived, which identifies the bytes. */
	derived: boolean;
	name: string;
	/** Bytes before signing. */
	contentLength: number;
}

const isMarked = /\.n8n-[0-9a-f]{12}/;
const singleMark = /\.n8n-([0-9a-f]{16})$/;
const sharedMarks = /\.n8n-[0-9a-f]{12}-([0-9a-z]{2})-((?:[0-9a-z]{4})*)$/;

/** Identifies a document under its reference: bytes, settings and reference together. */
const digestOf = ({ reference, fingerprint }: Pick<Claim, 'reference' | 'fingerprint'>): string =>
	createHash('sha256')
		.update(`${comparable(reference)} ${fingerprint}`)
		.digest('hex');

const single = (claim: Pick<Claim, 'reference' | 'fingerprint'>): string =>
	digestOf(claim).slice(0, 16);

/**
 * Four letters that identify a document among the many of a request: short enough for thirty to fit beside a
 * reference of a hundred characters.
 */
const short = (claim: Pick<Claim, 'reference' | 'fingerprint'>): string =>
	(parseInt(digestOf(claim).slice(0, 8), 16) % 36 ** 4).toString(36).padStart(4, '0');

const inTwoLetters = (count: number): string => count.toString(36).padStart(2, '0');

/**
 * The external reference of a request, which its operation shows again: `first`, the reference that its first
 * document is sent under, followed by a mark for each document. The same documents always have the same one.
 */
export function requestReference(
	first: string,
	claims: Array<Pick<Claim, 'reference' | 'fingerprint' | 'derived'>>,
): string {
	const [claim] = claims;
	if (claim === undefined) return first;
	if (claims.length === 1) return `${first}.n8n-${single(claim)}`;
	const all = createHash('sha256').update(claims.map(digestOf).join('\n'));
	const marks = claims.filter(({ derived }) => !derived).map(short);
	return `${first}.n8n-${all.digest('hex').slice(0, 12)}-${inTwoLetters(marks.length)}-${marks.join('')}`;
}

/** The reference that a document is shown under; one that is cut short says nothing. */
function byReference(
	{ derived }: Claim,
	member: string,
	{ externalReference }: OperationDocument,
): Word {
	const [shown, own] = [comparable(externalReference), comparable(member)];
	if (shown === own) return derived ? 'mine' : undefined;
	return mayBeCut(shown, own) ? undefined : "another's";
}

/** The mark in the request's own reference; a list of marks that was cut short says nothing. */
function byMark(claim: Claim, { requestReferences }: Operation): Word {
	for (const reference of requestReferences.map(comparable)) {
		const [, mark] = singleMark.exec(reference) ?? [];
		if (mark !== undefined) return mark === single(claim) ? 'mine' : "another's";
		const [, count = '', marks = ''] = sharedMarks.exec(reference) ?? [];
		if (marks === '' || inTwoLetters(marks.length / 4) !== count) continue;
		return marks.match(/.{4}/g)?.includes(short(claim)) ? 'mine' : "another's";
	}
	return undefined;
}

/**
 * Whether an operation shows the mark of a request other than this one: then it answers that request, whatever it
 * is shown for. A mark that is cut short says nothing.
 */
export function isOfAnotherRequest({ requestReferences }: Operation, own: string): boolean {
	const shown = requestReferences.map(comparable).filter((one) => isMarked.test(one));
	return shown.length > 0 && !shown.some((one) => comparable(own).startsWith(one));
}

/** The weakest witness: a missing length says nothing, and a length may be capped (contract: contentLength). */
function byLength({ contentLength: own }: Claim, document: OperationDocument): Word {
	const { contentLength, additionalContentLength = 0 } = document;
	if (contentLength === undefined) return undefined;
	return own === contentLength || own === contentLength + additionalContentLength
		? undefined
		: "another's";
}

/** How a document was shown: under which member of its row, and what its content says. */
export interface Showing {
	member: string;
	content: Word;
	/** Whether a request of ours got no answer: then the length says nothing. */
	doubt: boolean;
}

/**
 * Whose a document is that an operation shows as ours, however the operation was found. One witness that says
 * "another's" is enough, however many say "mine".
 */
export function whose(
	claim: Claim,
	operation: Operation,
	document: OperationDocument,
	{ member, content, doubt }: Showing,
): Whose {
	const named = [byReference(claim, member, document), byMark(claim, operation)];
	if (named.includes("another's")) return 'anothers';
	if (content === "another's") return named.includes('mine') ? 'swapped' : 'anothers';
	if (content === 'mine' || named.includes('mine')) return 'ours';
	return !doubt && byLength(claim, document) === "another's" ? 'anothers' : 'unknown';
}

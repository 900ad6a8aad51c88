import { createHash } from 'crypto';
import type { Content } from '../bytes/Content';
import type { SignatureInfo } from '../service/messages';

/** How many references a document may use up: the first and `~2` … `~5`. */
export const rowLength = 5;

/**
 * A reference in a form that is safe in the service's URL path: white space and `/ \ % ; ? #` become `_`
 * (Portuguese invoice numbers such as `FT 2025/123` contain both), and so do control characters, halves of
 * characters, and the path steps `.` and `..`. Making it safe twice changes nothing.
 */
export function safeReference(reference: string): string {
	const safe = reference.trim().replace(/[\s/\\%;?#\p{Cc}\p{Cs}]/gu, '_');
	return /^\.{1,2}$/.test(safe) ? '_'.repeat(safe.length) : safe;
}

/** The reference of the nth attempt (1 = the reference itself); a reference whose operation failed is spent. */
export function rowReference(reference: string, attempt: number): string {
	return attempt === 1 ? reference : `${reference}~${attempt}`;
}

/**
 * The form in which a reference is compared, however a service writes it: trimmed, without percent encoding, in
 * lower case.
 */
export function comparable(reference: string): string {
	const trimmed = reference.trim();
	try {
		return decodeURIComponent(trimmed).trim().toLowerCase();
	} catch {
		return trimmed.toLowerCase();
	}
}

/** A service that cuts references keeps more characters than this: a client id alone has as many. */
const cutsBehind = 32;

/**
 * Whether the first of two comparable references is missing, or may be the other one cut short. A short one that
 * ends within the other's number is complete: `FT_1` is another invoice than `FT_12`.
 */
export function mayBeCut(shown: string, own: string): boolean {
	const endsInNumber = /\d$/.test(shown) && /^\d/.test(own.slice(shown.length));
	return own.startsWith(shown) && (!endsInNumber || shown.length > cutsBehind);
}

/**
 * The reference of one more signature, which 'If Already Signed' set to Sign Again asks for. It contains the
 * execution's id, so that a retry of the same execution finds the signature instead of making another.
 */
export const againReference = (reference: string, execution: string): string =>
	`${reference}~run${execution}`;

const rowSuffix = new RegExp(`~[2-${rowLength}]$`);

/** The reference that a member of a row begins with; any other reference is its own. */
export const baseReference = (reference: string): string => reference.replace(rowSuffix, '');

/**
 * All references a document may have: the requested one first, then the others in the order in which they are
 * used.
 */
export function referenceRow(reference: string): string[] {
	const base = baseReference(reference);
	const row = Array.from({ length: rowLength }, (_, index) => rowReference(base, index + 1));
	return [...new Set([reference, ...row])];
}

/** JSON with sorted keys, so that equal settings give equal text. */
function stableJson(value: unknown): string {
	return JSON.stringify(value, (_, inner: unknown) =>
		typeof inner === 'object' && inner !== null && !Array.isArray(inner)
			? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
			: inner,
	);
}

/** SHA-256 of a document's bytes, in hexadecimal. */
export async function digestOf(content: Content): Promise<string> {
	const hash = createHash('sha256');
	for await (const piece of content.pieces()) hash.update(piece);
	return hash.digest('hex');
}

/**
 * The reference of a document for which none was given, and the hash it ends in: the client id (the vendor's
 * advice against collisions) with a SHA-256 of client id, signature settings and the document's own digest. The
 * same request always has the same reference, which is what makes a second signature impossible.
 */
export function derivedReference(
	clientId: string,
	digest: string,
	signatureInfo: SignatureInfo,
): { reference: string; fingerprint: string } {
	const hash = createHash('sha256').update(`${clientId}\n${stableJson(signatureInfo)}\n${digest}`);
	const fingerprint = hash.digest('hex');
	return { reference: safeReference(`${clientId}-${fingerprint}`), fingerprint };
}

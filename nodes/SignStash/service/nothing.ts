import { errorCodes } from './errorCodes';
import type { Refusal } from './Reply';

/** Statuses that may mean, without any words, that there is nothing. */
const emptyStatuses = new Set([404, 410]);

/**
 * What an answer to a look-up says, if it can mean that the reference is not in use: its status, its code and its
 * words, without the reference and without numbers, which differ from one answer to the next. It is not known
 * which answer the service gives (contract, x-unknown), so it means something only in comparison with the answer
 * for a control reference. Undefined for an answer that is about something else: a page of another server, a busy
 * service, a refused token, a licence.
 */
export function wordsOnReference(refusal: Refusal, reference: string): string | undefined {
	const { class: kind, form, status, code, meaning, cause } = refusal;
	if (form === 'page' || kind === 'busy' || kind === 'token') return undefined;
	if (form === 'empty') return emptyStatuses.has(status) ? `${status}` : undefined;
	const known = code === undefined ? undefined : errorCodes.get(code);
	if (known && !known.ofReference) return undefined;
	// Only its words could make such an error speak of the reference; without any it says nothing.
	if (kind === 'unknown' && known && !meaning && !cause) return undefined;
	if (code === undefined && status >= 500) return undefined;
	const words = [status, code, ...[meaning, cause].map((one) => without(reference, one ?? ''))];
	return words.join(' ');
}

/** Words without the reference, in whatever case and encoding they hold it, and without numbers. */
function without(reference: string, words: string): string {
	const forms = [reference, encodeURIComponent(reference)];
	const free = forms.reduce(
		(text, form) => text.split(form.toLowerCase()).join('*'),
		words.toLowerCase(),
	);
	return free.replace(/\d+/g, '0');
}

import { errorCodes } from './errorCodes';
import type { Refusal } from './Reply';

/** Statuses that may say without a word that there is nothing. */
const emptyStatuses = new Set([404, 410]);

/**
 * What an answer to a look-up says, if it can mean that nobody has the reference: its status, its code and
 * its words, but for the reference and for numbers, which differ from one answer to the next. No one
 * knows which answer the service gives (contract, x-unknown), so it means something only beside the
 * answer for a control reference. Undefined for what speaks of something else: a page of another server, a
 * busy service, a refused token, a licence.
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

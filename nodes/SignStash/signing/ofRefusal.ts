import type { Refusal } from '../service/Reply';
import type { Event } from './state';

/**
 * A page of a gateway, or an empty body, is not the service's own answer: the gateway may have seen that answer.
 */
export function ofRefusal({ class: kind, form, retryAfter: asked }: Refusal): Event {
	const said = form === 'words';
	if (kind === 'token') return { is: kind, said };
	if (kind === 'busy' || kind === 'unknown') return { is: kind, asked };
	return said ? { is: kind } : { is: 'unknown', asked };
}

import type { Refusal } from '../service/Reply';
import type { Learnt } from './known';

/**
 * A page of a gateway, or an empty body, is not the service's own answer: the gateway may have seen that answer.
 */
export function ofRefusal({ class: kind, form, retryAfter: asked }: Refusal): Learnt {
	const said = form === 'words';
	if (kind === 'token') return { is: kind, said };
	if (kind === 'busy' || kind === 'unknown') return { is: kind, asked };
	return said ? { is: kind } : { is: 'unknown', asked };
}

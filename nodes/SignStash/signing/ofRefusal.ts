import type { Refusal } from '../service/Reply';
import type { Learnt } from './known';

/** A page of a gateway, or an empty body, is no word of the service: the gateway may have seen its answer. */
export function ofRefusal({ class: kind, form, retryAfter: asked }: Refusal): Learnt {
	const said = form === 'words';
	if (kind === 'token') return { is: kind, said };
	if (kind === 'busy' || kind === 'unknown') return { is: kind, asked };
	return said ? { is: kind } : { is: 'unknown', asked };
}

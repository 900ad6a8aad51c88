import type { Operation } from '../../../nodes/SignStash/service/Operation';
import type { Refusal, Reply } from '../../../nodes/SignStash/service/Reply';
import { readRefusal } from '../../../nodes/SignStash/service/transport';

/** What the network and the gateways before the service do to a signing request. */
export const signingFates = [
	'arrives',
	'dropped',
	'delayed',
	'duplicated',
	'answer dropped',
	'answer cut',
	'wrong document in answer',
	'contents swapped in answer',
	'500 0.0.1 before',
	'500 0.0.1 after',
	'500 without code after',
	'502 before',
	'504 after',
	'500 0.0.5 after',
	'500 unknown code before',
	'429',
	'503 with Retry-After',
	'401',
	'409 0.0.10',
	'409 in other words',
	'403 of a gateway, after',
	'401 of a gateway, after',
	'429 of a gateway, after',
	'no token',
	'not sent',
] as const;

/** What they do to a reading call. */
export const readingFates = [
	'arrives',
	'dropped',
	'answer cut',
	'500 0.0.1',
	'502',
	'429',
	'401',
	'no token',
	'not sent',
] as const;

export const outcomes = [
	'now',
	'pending',
	'error first',
	'failed',
	'one bad',
	'no content',
] as const;

export const broken = (sent: boolean): Reply<never> => ({ is: 'broken', sent, why: 'reset' });
const cut: Reply<never> = { is: 'unreadable', status: 200, why: 'the answer was cut off' };
const noToken: Reply<never> = { is: 'noToken', why: 'refused' };
export const refusal = (status: number, code?: string, retryAfter?: string): Refusal =>
	readRefusal(status, code === undefined ? '' : JSON.stringify({ errorCode: code }), {
		'retry-after': retryAfter,
	});
const page = (status: number): Refusal => readRefusal(status, '<html>');

/** Replies in place of the service's own; `before` it has registered anything, or `after`. */
export const signingReplies: Partial<
	Record<(typeof signingFates)[number], { at: 'before' | 'after'; reply: Reply<never> }>
> = {
	dropped: { at: 'before', reply: broken(true) },
	'answer dropped': { at: 'after', reply: broken(true) },
	'answer cut': { at: 'after', reply: cut },
	'500 0.0.1 before': { at: 'before', reply: refusal(500, '0.0.1') },
	'500 0.0.1 after': { at: 'after', reply: refusal(500, '0.0.1') },
	'500 without code after': { at: 'after', reply: refusal(500) },
	'502 before': { at: 'before', reply: refusal(502) },
	'504 after': { at: 'after', reply: refusal(504) },
	'500 0.0.5 after': { at: 'after', reply: refusal(500, '0.0.5') },
	'500 unknown code before': { at: 'before', reply: refusal(500, '8.0.1') },
	'429': { at: 'before', reply: refusal(429) },
	'503 with Retry-After': { at: 'before', reply: refusal(503, undefined, '2') },
	'401': { at: 'before', reply: refusal(401) },
	'409 0.0.10': { at: 'before', reply: refusal(409, '0.0.10') },
	'403 of a gateway, after': { at: 'after', reply: page(403) },
	'401 of a gateway, after': { at: 'after', reply: page(401) },
	'429 of a gateway, after': { at: 'after', reply: page(429) },
	'no token': { at: 'before', reply: noToken },
	'not sent': { at: 'before', reply: broken(false) },
};

export const readingReplies: Record<(typeof readingFates)[number], Reply<never> | undefined> = {
	arrives: undefined,
	dropped: broken(true),
	'answer cut': cut,
	'500 0.0.1': refusal(500, '0.0.1'),
	'502': refusal(502),
	'429': refusal(429),
	'401': refusal(401),
	'no token': noToken,
	'not sent': broken(false),
};

/** Every document with a content gets that of the one before it. */
export function swapped(reply: Reply<Operation>): Reply<Operation> {
	if (reply.is !== 'answer') return reply;
	const contents = reply.body.documents.flatMap(({ content }) => content ?? []);
	const last = contents.pop();
	if (last) contents.unshift(last);
	const documents = reply.body.documents.map((document) =>
		document.content ? { ...document, content: contents.shift() } : document,
	);
	return { is: 'answer', body: { ...reply.body, documents } };
}

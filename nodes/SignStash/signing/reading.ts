import { randomBytes } from 'crypto';
import type { Operation, OperationId } from '../service/Operation';
import type { NoAnswer, Reply } from '../service/Reply';
import { patience, pauseOf, policies, type Policy } from './policies';
import type { Picked, Ports, Service } from './Ports';
import { documentIn, isFinished } from './sightings';

/**
 * What a look-up by reference returned; `nothing` is the service's own word that the reference is not in use,
 * `unread` an operation that has it and whose detail cannot be read.
 */
export type Found =
	| { is: 'found'; operation: Operation }
	| { is: 'nothing' }
	| { is: 'unread'; id: OperationId; reply: NoAnswer }
	| NoAnswer;

/** Waits as the policy says, with jitter, so that many waiting calls do not come back together. */
export const pause = async ({ sleep, random }: Ports, milliseconds: number): Promise<void> =>
	await sleep(milliseconds * (1 + random() / 4));

/**
 * Looks an operation up by a document's reference, with the signed content if that is wanted. An answer that says
 * nothing about the reference is compared with the answer for one that cannot exist.
 */
export async function lookUp(
	ports: Ports,
	reference: string,
	content: boolean,
	picked: Picked = (shown) => [documentIn(shown, reference)],
): Promise<Found> {
	const reply = await ports.service.find(reference);
	if (reply.is !== 'answer') return reply;
	if (reply.body.is === 'nothing') return await sameAsControl(ports, reply.body.words);
	const { id } = reply.body;
	const detail = await ports.service.detail(id, content, picked);
	if (detail.is === 'answer') return { is: 'found', operation: detail.body };
	const passes = detail.is === 'stopped' || detail.is === 'noToken' || isTokenRefused(detail);
	return passes ? detail : { is: 'unread', id, reply: detail };
}

const isTokenRefused = (reply: NoAnswer): boolean =>
	reply.is === 'refusal' && reply.class === 'token';

async function sameAsControl(ports: Ports, words: string): Promise<Found> {
	if (ports.control.words === undefined) {
		const reference = `n8n-control-${randomBytes(16).toString('hex')}`;
		const reply = await ports.service.find(reference);
		if (reply.is !== 'answer') return reply;
		ports.control.words = reply.body.is === 'nothing' ? reply.body.words : 'an operation';
	}
	if (ports.control.words === words) return { is: 'nothing' };
	return { is: 'unreadable', status: 200, why: 'the look-up was answered in a way of its own' };
}

/** Whether repeating a reading call may give another answer. */
function helpsToRepeat(reply: NoAnswer): boolean {
	if (reply.is === 'refusal') return reply.class === 'busy' || reply.class === 'unknown';
	return reply.is === 'unreadable' || reply.is === 'broken';
}

/** Makes a call, and repeats it once with a new token if its token is refused. */
export async function withRenewal<Value extends { is: string }>(
	service: Pick<Service, 'renewToken'>,
	call: () => Promise<Value | NoAnswer>,
): Promise<Value | NoAnswer> {
	const reply = await call();
	if (!isNoAnswer(reply) || !isTokenRefused(reply)) return reply;
	const renewed = await service.renewToken();
	return renewed.is === 'answer' ? await call() : renewed;
}

/** Repeats a reading call while repeating may help; the last reply is the result. */
export async function readPatiently<Value extends { is: string }>(
	ports: Ports,
	read: () => Promise<Value | NoAnswer>,
): Promise<Value | NoAnswer> {
	const deadline = ports.now() + patience;
	for (let tries = 0; ; tries++) {
		const reply = await withRenewal(ports.service, read);
		if (!isNoAnswer(reply)) return reply;
		const milliseconds = pauseOf(policies.read, tries, askedBy(reply));
		const late = ports.now() + milliseconds > deadline;
		if (!helpsToRepeat(reply) || tries >= policies.read.tries || late || ports.stopped())
			return reply;
		await pause(ports, milliseconds);
	}
}

const noAnswers = new Set(['refusal', 'unreadable', 'broken', 'noToken', 'stopped']);
const isNoAnswer = (reply: { is: string }): reply is NoAnswer => noAnswers.has(reply.is);

const askedBy = (reply: NoAnswer): number | undefined =>
	reply.is === 'refusal' ? reply.retryAfter : undefined;

/**
 * Waits until the operation is finished, or as long as `completion` says, and returns it as last seen, with its
 * signed content if wanted. A status that cannot be read is requested again: it says nothing about the operation.
 */
export async function waitUntilFinished(
	ports: Ports,
	operation: Operation,
	completion: number,
	content: boolean,
): Promise<Operation> {
	const deadline = ports.now() + completion;
	const policy: Policy = policies.wait;
	for (let tries = 0; !isFinished(operation); tries++) {
		const milliseconds = pauseOf(policy, tries);
		if (ports.stopped() || ports.now() + milliseconds > deadline) break;
		await pause(ports, milliseconds);
		const reply = await finishedOf(ports, operation.id, content);
		if (reply.is === 'answer') return reply.body;
	}
	return operation;
}

async function finishedOf(
	ports: Ports,
	id: OperationId,
	content: boolean,
): Promise<Reply<Operation> | { is: 'unfinished' }> {
	const status = await readPatiently(ports, async () => await ports.service.status(id));
	if (status.is !== 'answer') return status;
	if (!isFinished(status.body)) return { is: 'unfinished' };
	return await readPatiently(ports, async () => await ports.service.detail(id, content));
}

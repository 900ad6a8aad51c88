import type { SignOperation } from '../service/messages';
import type { Refusal, Reply } from '../service/Reply';
import { classifyRefusal } from './outcome';
import { growingPause, type World } from './World';

/**
 * What a look-up by reference tells. `notFound` is only an answer that says so; any other fault is
 * `dontKnow` and must never lead to a new signature.
 */
export type Found =
	| { is: 'found'; operation: SignOperation }
	| { is: 'notFound' }
	| { is: 'dontKnow'; reply: Exclude<Reply<unknown>, { is: 'answer' }> };

/** Reading calls may be repeated: a token is renewed once, a busy or broken service is asked again. */
const readingAttempts = 4;

/** Repeats a reading call while repeating may help; the last reply is the answer. */
export async function readPatiently<Body>(
	world: World,
	read: () => Promise<Reply<Body>>,
): Promise<Reply<Body>> {
	for (let attempt = 0; ; attempt++) {
		const reply = await read();
		if (reply.is === 'answer' || reply.is === 'stopped' || attempt >= readingAttempts - 1)
			return reply;
		if (reply.is === 'noToken' || world.stopped()) return reply;
		if (reply.is === 'refusal') {
			const kind = classifyRefusal(reply);
			if (kind === 'rejected' || kind === 'duplicate') return reply;
			if (kind === 'token' && (attempt > 0 || !(await world.service.renewToken()))) return reply;
			if (kind === 'token') continue;
		}
		const asked = reply.is === 'refusal' ? reply.retryAfterSeconds : undefined;
		await world.sleep(asked ? asked * 1000 : growingPause(world, attempt, 500, 8000));
	}
}

/** Only a 404 says for certain that there is no such reference (contract, x-unknown: other answers may mean it too). */
const saysNotFound = (refusal: Refusal): boolean => refusal.status === 404;

/** Looks an operation up by a document's reference, with the signed content when there is some. */
export async function lookUp(world: World, reference: string): Promise<Found> {
	const id = await readPatiently(world, async () => await world.service.find(reference));
	if (id.is === 'refusal' && saysNotFound(id)) return { is: 'notFound' };
	if (id.is !== 'answer') return { is: 'dontKnow', reply: id };
	const detail = await readPatiently(world, async () => await world.service.detail(id.body, true));
	if (detail.is !== 'answer') return { is: 'dontKnow', reply: detail };
	return { is: 'found', operation: detail.body };
}

/**
 * Waits until the operation is finished or the deadline is over, and gives it as last seen, with
 * its signed content. A status that cannot be read is asked again: it says nothing about the operation.
 */
export async function waitUntilFinished(
	world: World,
	operation: SignOperation,
	deadline: number,
): Promise<SignOperation> {
	for (let attempt = 0; ; attempt++) {
		const pause = growingPause(world, attempt, 500, 10_000);
		if (world.stopped() || world.now() + pause > deadline) return operation;
		await world.sleep(pause);
		const status = await world.service.status(operation.id);
		if (status.is === 'stopped') return operation;
		if (status.is !== 'answer' || !isFinished(status.body)) continue;
		const detail = await readPatiently(
			world,
			async () => await world.service.detail(operation.id, true),
		);
		if (detail.is === 'answer') return detail.body;
	}
}

/** Whether the service is done with the operation; EXECUTION_ERROR means it will try again (contract: OperationStatus). */
export function isFinished({ status }: Pick<SignOperation, 'status'>): boolean {
	return status === 'EXECUTED' || status === 'EXECUTION_FAILED';
}

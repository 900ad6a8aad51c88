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
	let renewals = 0;
	for (let attempt = 0; ; attempt++) {
		const reply = await read();
		if (reply.is === 'answer' || reply.is === 'stopped' || attempt >= readingAttempts - 1)
			return reply;
		if (reply.is === 'noToken' || world.stopped()) return reply;
		if (reply.is === 'refusal') {
			const kind = classifyRefusal(reply);
			if (kind === 'rejected' || kind === 'duplicate') return reply;
			if (kind === 'token') {
				const renewed = renewals++ === 0 ? await world.service.renewToken() : reply;
				if (renewed.is === 'answer') continue;
				return renewed;
			}
		}
		const asked = reply.is === 'refusal' ? reply.retryAfterSeconds : undefined;
		await world.sleep(asked ? asked * 1000 : growingPause(world, attempt, 500, 8000));
	}
}

/** Only a 404 says for certain that there is no such reference (contract, x-unknown: other answers may mean it too). */
const saysNotFound = (refusal: Refusal): boolean => refusal.status === 404;

/** Looks an operation up by a document's reference, with the signed content when that is wanted. */
export async function lookUp(world: World, reference: string, content: boolean): Promise<Found> {
	const id = await readPatiently(world, async () => await world.service.find(reference));
	if (id.is === 'refusal' && saysNotFound(id)) return { is: 'notFound' };
	if (id.is !== 'answer') return { is: 'dontKnow', reply: id };
	const detail = await readPatiently(
		world,
		async () => await world.service.detail(id.body, content),
	);
	if (detail.is !== 'answer') return { is: 'dontKnow', reply: detail };
	return { is: 'found', operation: detail.body };
}

/** How often an unknown outcome is looked up, over a window that grows from half a second to eight. */
const lookUps = 5;

/**
 * Looks for a reference over a growing window, since a look-up may lag behind a registration. The
 * last word counts: `notFound` only when the service says so at the window's end.
 */
export async function lookUpPatiently(
	world: World,
	reference: string,
	content: boolean,
	/** Throws when the execution was stopped. */
	unlessStopped: () => void,
): Promise<Found> {
	let found: Found = { is: 'notFound' };
	for (let attempt = 0; attempt < lookUps && found.is !== 'found'; attempt++) {
		await world.sleep(growingPause(world, attempt, 500, 8000));
		unlessStopped();
		found = await lookUp(world, reference, content);
	}
	return found;
}

/**
 * Waits until the operation is finished or the deadline is over, and gives it as last seen, with
 * its signed content if wanted. A status that cannot be read is asked again: it says nothing about the operation.
 */
export async function waitUntilFinished(
	world: World,
	operation: SignOperation,
	deadline: number,
	content: boolean,
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
			async () => await world.service.detail(operation.id, content),
		);
		if (detail.is === 'answer') return detail.body;
	}
}

/** Whether the service is done with the operation; EXECUTION_ERROR means it will try again (contract: OperationStatus). */
export function isFinished({ status }: Pick<SignOperation, 'status'>): boolean {
	return status === 'EXECUTED' || status === 'EXECUTION_FAILED';
}

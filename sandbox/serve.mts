import type { FastifyReply } from 'fastify';
import type { Endpoint } from './endpoints/Endpoint.mts';
import type { Exchange } from './Exchange.mts';
import type { FaultAction } from './Faults.mts';
import type { House } from './House.mts';
import { Refusal } from './Refusal.mts';
import type { Answer, Told } from './wire/Answer.mts';
import { json, plain } from './wire/Answer.mts';
import type { Ending } from './wire/Disturbance.mts';
import { Disturbance } from './wire/Disturbance.mts';
import { disturb, write } from './wire/write.mts';
import { swapped } from './wire/swapped.mts';
import { base64 } from './worlds/writing/base64.mts';
import { rewritten } from './worlds/writing/rewrite.mts';

function refused({ status, body, headers }: Refusal): Answer {
	return typeof body === 'object' && body !== null
		? json(body, status, headers)
		: plain(status, body, headers);
}

/** A fault of the sandbox itself: it is printed for its user, and the caller gets 0.0.1. */
function broken(error: unknown): Answer {
	console.error(error);
	return refused(Refusal.withCode('0.0.1', `sandbox fault: ${String(error)}`));
}

/** A successful answer that follows the contract, written the way the world writes it. */
function written(house: House, { on, deferred }: Exchange, { value, names }: Told): Answer {
	const { world } = house.settings.current;
	const held = deferred.some(({ type }) => type === 'swap') ? swapped(value) : value;
	const chunks = names.stringify(rewritten(world, on, held), base64(world));
	return { status: 200, headers: { 'content-type': 'application/json' }, chunks };
}

/** The answer, after it has been checked against the contract. */
function checked(house: House, exchange: Exchange, answer: Answer | Told): Answer {
	if (answer.value === undefined) return 'chunks' in answer ? answer : plain(200, undefined);
	const status = 'status' in answer ? answer.status : 200;
	const violations = house.validator.violations(exchange.on, status, answer.value);
	if (violations.length > 0)
		return broken(new Error(`the answer breaks the contract: ${violations.join('; ')}`));
	return 'chunks' in answer ? answer : written(house, exchange, answer);
}

/** The status that the caller sees after a fault; null for none. */
const STATUS_SEEN: Readonly<Record<FaultAction['type'], (action: FaultAction) => number | null>> = {
	hang: () => null,
	reset: () => null,
	cut: () => 200,
	answer: (action) => (action.type === 'answer' ? action.status : null),
	delay: () => null,
	drip: () => null,
	busy: () => null,
	swap: () => null,
};

async function end(house: House, reply: FastifyReply, ending: Ending): Promise<void> {
	if (ending.type === 'hang') keepHanging(house, reply);
	await disturb(reply.raw, ending);
}

function keepHanging({ hanging }: House, { raw }: FastifyReply): void {
	hanging.add(raw);
	raw.once('close', () => hanging.delete(raw));
}

/** Answers a call, applying the faults that were armed for it. */
export async function serve(
	house: House,
	endpoint: Endpoint,
	exchange: Exchange,
	reply: FastifyReply,
): Promise<void> {
	const { call } = exchange.admission;
	let answer: Answer;
	try {
		await exchange.reach('received');
		answer = checked(house, exchange, await endpoint.answer(house, exchange));
	} catch (error) {
		if (error instanceof Disturbance) {
			call.status = STATUS_SEEN[error.ending.type](error.ending);
			return await end(house, reply, error.ending);
		}
		answer = error instanceof Refusal ? refused(error) : broken(error);
	}
	const actions = exchange.answering();
	const substitute = actions.find((action) => action.type === 'answer');
	call.status = substitute?.status ?? answer.status;
	if (actions.some(({ type }) => type === 'hang')) keepHanging(house, reply);
	await write(reply.raw, answer, actions);
}

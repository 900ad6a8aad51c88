import type { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAction } from '../Faults.mts';
import type { Answer } from './Answer.mts';
import { plain } from './Answer.mts';
import type { Ending } from './Disturbance.mts';

/** Chunks per second of an answer that drips. */
const DRIPS_PER_SECOND = 20;

/** Stands in for the beginning of a cut answer when the real one does not exist yet. */
const STUB = plain(200, `{"id":1,"status":"EXECUTED"${' '.repeat(1000)}}`, {
	'content-type': 'application/json',
});

function lengthOf(chunks: readonly Buffer[]): number {
	return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function head(response: ServerResponse, { status, headers, chunks }: Answer): void {
	const bodiless = status === 204 || status === 304;
	response.writeHead(status, {
		...headers,
		...(bodiless ? {} : { 'content-length': lengthOf(chunks) }),
	});
	response.flushHeaders();
}

async function push(response: ServerResponse, chunk: Buffer): Promise<void> {
	if (chunk.length === 0 || response.destroyed) return;
	await new Promise<void>((resolve) => {
		response.once('close', resolve);
		response.write(chunk, () => {
			response.off('close', resolve);
			resolve();
		});
	});
}

/** Writes a span of the body; `from` and `to` are byte offsets over all its chunks. */
async function span(
	response: ServerResponse,
	answer: Answer,
	from: number,
	to: number,
): Promise<void> {
	let offset = 0;
	for (const chunk of answer.chunks) {
		const part = chunk.subarray(Math.max(0, from - offset), Math.max(0, to - offset));
		await push(response, part);
		offset += chunk.length;
	}
}

async function drip(
	response: ServerResponse,
	answer: Answer,
	bytesPerSecond: number,
): Promise<void> {
	const step = Math.max(1, Math.floor(bytesPerSecond / DRIPS_PER_SECOND));
	const total = lengthOf(answer.chunks);
	for (let from = 0; from < total && !response.destroyed; from += step) {
		await span(response, answer, from, from + step);
		await pause((step / bytesPerSecond) * 1000);
	}
}

/** Ends a call immediately with a fault; a hanging call is left for the caller to end. */
export async function disturb(response: ServerResponse, ending: Ending): Promise<void> {
	switch (ending.type) {
		case 'hang':
			return;
		case 'reset':
			response.socket?.resetAndDestroy();
			return;
		case 'cut':
			head(response, STUB);
			await span(response, STUB, 0, ending.afterBytes ?? lengthOf(STUB.chunks) / 2);
			response.destroy();
			return;
		case 'answer':
			await write(response, answerOf(ending), []);
	}
}

function answerOf(action: Extract<FaultAction, { type: 'answer' }>): Answer {
	const { status, headers, body, bodyBase64 } = action;
	if (bodyBase64 === undefined) return plain(status, body, headers);
	return plain(status, Buffer.from(bodyBase64, 'base64'), headers);
}

/** Applies a fault that strikes half-way through the body. @returns whether writing continues */
async function strikeHalfWay(
	response: ServerResponse,
	answer: Answer,
	action: FaultAction,
	half: number,
): Promise<boolean> {
	switch (action.type) {
		case 'hang':
			return false;
		case 'reset':
			response.socket?.resetAndDestroy();
			return false;
		case 'cut':
			await span(response, answer, half, action.afterBytes ?? half);
			response.destroy();
			return false;
		case 'delay':
			await pause(action.ms);
			return true;
		default:
			return true;
	}
}

/** Writes an answer and applies the faults that strike while it is written. */
export async function write(
	response: ServerResponse,
	answer: Answer,
	actions: readonly FaultAction[],
): Promise<void> {
	const substitute = actions.find((action) => action.type === 'answer');
	if (substitute !== undefined) {
		const others = actions.filter((action) => action !== substitute && action.type !== 'answer');
		return await write(response, answerOf(substitute), others);
	}
	head(response, answer);
	const slow = actions.find((action) => action.type === 'drip');
	if (slow !== undefined) {
		await drip(response, answer, slow.bytesPerSecond);
		response.end();
		return;
	}
	const total = lengthOf(answer.chunks);
	const cut = actions.find((action) => action.type === 'cut');
	const half = Math.min(Math.floor(total / 2), cut?.afterBytes ?? total);
	if (actions.length === 0) await span(response, answer, 0, total);
	else await span(response, answer, 0, half);
	for (const action of actions) {
		if (!(await strikeHalfWay(response, answer, action, half))) return;
	}
	if (actions.length > 0) await span(response, answer, half, total);
	response.end();
}

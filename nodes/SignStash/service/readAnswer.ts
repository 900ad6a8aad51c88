import { sleep } from 'n8n-workflow';
import type { Reply } from './Reply';
import { readRefusal, readThrown, type RawAnswer } from './transport';

/** How much of an answer is accepted, and until when. */
export interface AnswerLimits {
	bytes: number;
	/** Milliseconds of the monotonic clock (performance.now). */
	deadline: number;
}

/** How often the deadline is checked while a body is being read, in milliseconds. */
const watchInterval = 1000;

/** A fault of ours while a body is read, in words for the user. */
class Unreadable extends Error {}

interface Body extends AsyncIterable<Buffer> {
	destroy?: (error?: Error) => void;
}

const isBody = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/** Turns an answer into a reply; `read` returns undefined for a body that is not what the call promises. */
export async function readAnswer<Value>(
	{ statusCode: status, headers, body }: RawAnswer,
	limits: AnswerLimits,
	read: (pieces: AsyncIterable<Buffer>) => Promise<Value | undefined>,
): Promise<Reply<Value>> {
	const pieces = piecesOf(body, limits);
	if (status < 200 || status > 299)
		return readRefusal(status, await readText(pieces).catch(() => ''), headers);
	try {
		const value = await read(pieces);
		if (value !== undefined) return { is: 'answer', body: value };
		return { is: 'unreadable', status, why: 'the answer is not what the service sends' };
	} catch (error) {
		const thrown = readThrown(error);
		if (thrown.is === 'stopped') return thrown;
		const why = error instanceof Unreadable ? error.message : 'the answer was cut off';
		return { is: 'unreadable', status, why };
	}
}

/** A whole body as text. */
export async function readText(pieces: AsyncIterable<Buffer>): Promise<string> {
	const all: Buffer[] = [];
	for await (const piece of pieces) all.push(piece);
	return Buffer.concat(all).toString('utf8');
}

/** The body's pieces; a body that is too long or too late ends in a fault, and the connection is closed. */
async function* piecesOf(body: unknown, { bytes, deadline }: AnswerLimits): AsyncGenerator<Buffer> {
	if (!isBody(body)) return;
	const pieces = body[Symbol.asyncIterator]();
	const reading = { done: false };
	const late = lateness(deadline, reading);
	try {
		for (let taken = 0; ; ) {
			const next = await Promise.race([pieces.next(), late]);
			if (next === undefined) throw new Unreadable('the answer did not end in time');
			if (next.done) return;
			taken += next.value.length;
			if (taken > bytes) throw new Unreadable('the answer is too long');
			yield next.value;
		}
	} finally {
		reading.done = true;
		body.destroy?.();
	}
}

/**
 * Resolves at the deadline, or soon after the reading is done. A server that sends slowly, or stops sending, would
 * otherwise block the call for ever: n8n's time-out ends with the headers, and a stream that is destroyed waits
 * for the piece that it was asked for.
 */
async function lateness(deadline: number, reading: { done: boolean }): Promise<undefined> {
	for (
		let left = deadline - performance.now();
		left > 0 && !reading.done;
		left = deadline - performance.now()
	)
		await sleep(Math.min(left, watchInterval));
}

import type { State, Event, Sighting } from '../../nodes/SignStash/signing/state';
import { stepOf } from '../../nodes/SignStash/signing/begin';
import {
	executed,
	findIn,
	finished,
	memberOf,
	register,
	seenBy,
	type Doc,
	type Op,
	type Request,
	type Viewer,
} from './Service.cts';
import type { System } from './states.cts';

/** What a step of a client may yield, and how it changes the service. */
export interface Brought {
	label: string;
	/** 1 for a fault, 0 for what is usual. */
	cost: number;
	event: Event;
	ops?: Op[];
	wire?: Request[];
	/** Place of the operation that was seen. */
	op?: number;
	/** How many documents, from the first, came with another one's content. */
	swapped?: number;
	/** Whether the request got no answer. */
	open?: true;
}

/** A client's request in its current state. */
interface Asking extends Omit<Viewer, 'mark'> {
	system: System;
	state: State;
	/** Place of the operation that was last seen. */
	op?: number;
}

/** Everything that the next call of a client may yield; the usual things come first. */
export function* broughtBy(asking: Asking): Generator<Brought> {
	const step = stepOf(asking.state);
	if (step.do === 'send') yield* sending(asking);
	if (step.do === 'look') yield* looking(asking, step.document);
	if (step.do === 'status') yield* askingStatus(asking);
	if (step.do === 'fetch') yield* fetching(asking);
}

function requestOf({ run, docs, state }: Asking): Request {
	const documents = docs.map((doc) => ({
		reference: memberOf(doc, state, run),
		content: doc.content,
	}));
	const mark = documents.map(({ reference, content }) => `${reference}=${content}`).join('+');
	return { run, mark, documents };
}

function seen(
	asking: Asking,
	ops: Op[],
	at: number,
	content: Sighting['content'] = 'enough',
): Event {
	const op = ops[at];
	if (!op) throw new Error('there is no such operation');
	return seenBy({ ...op, at }, { ...asking, mark: requestOf(asking).mark }, content);
}

/** How the service may carry out what it has just registered; all but two are faults. */
const executions: Array<[label: string, cost: number, ...held: Parameters<typeof executed>[2]]> = [
	['signed', 0, 'signed'],
	['pending', 0],
	['failed', 1, 'failed'],
	['failed for good', 1, 'failedForGood'],
	['to be tried again', 1, 'error'],
];

function* sending(asking: Asking): Generator<Brought> {
	const { system, world } = asking;
	const request = requestOf(asking);
	const duplicate: Event = { is: 'duplicate' };
	const unknown: Event = { is: 'unknown' };
	const registered = register(system.ops, request, world);
	if (!registered && world.replays) {
		const op = replayed(system.ops, request);
		yield { label: 'sends, in use, replayed', cost: 0, event: seen(asking, system.ops, op), op };
	} else if (!registered) yield { label: 'sends, in use', cost: 0, event: duplicate };
	if (registered) {
		const op = registered.length - 1;
		const several = request.documents.length > 1;
		for (const [label, cost, ...held] of executions) {
			const ops = executed(registered, op, held);
			yield { label: `sends, ${label}`, cost, event: seen(asking, ops, op), ops, op };
		}
		const signed = executed(registered, op, ['signed']);
		if (several) {
			const ops = executed(registered, op, ['failed', 'signed']);
			yield { label: 'sends, one failed', cost: 1, event: seen(asking, ops, op), ops, op };
		}
		if (several) yield* swapping(asking, signed, op);
		const bare = seen(asking, signed, op, 'missing');
		yield { label: 'sends, signed, no content', cost: 1, event: bare, ops: signed, op };
		const nobody = { run: -1, mark: '', documents: [], at: op };
		const without = seenBy(nobody, { ...asking, mark: '' }, 'missing');
		yield { label: 'sends, answered without documents', cost: 1, event: without, ops: signed, op };
		const open = true;
		yield { label: 'sends, answer lost', cost: 1, event: unknown, ops: signed, open };
		yield { label: 'sends, answer lost, pending', cost: 1, event: unknown, ops: registered, open };
		const busy: Event = { is: 'busy' };
		yield { label: 'sends, signed, turned away by a gateway', cost: 1, event: busy, ops: signed };
		const twice = signed.map((one, at) => (at === op ? { ...one, twice: true as const } : one));
		yield { label: 'sends, arrives twice', cost: 1, event: duplicate, ops: twice };
	}
	const open = true;
	yield { label: 'sends, lost', cost: 1, event: unknown, open };
	yield {
		label: 'sends, delayed',
		cost: 1,
		event: unknown,
		wire: [...system.wire, request],
		open,
	};
	yield { label: 'sends, token', cost: 1, event: { is: 'token', said: true } };
	for (const is of ['busy', 'rejected', 'notSent', 'noToken'] as const)
		yield { label: `sends, ${is}`, cost: 1, event: { is } };
}

/** The operation that the service replays. */
function replayed(ops: Op[], { mark, documents }: Request): number {
	const references = new Set(documents.map(({ reference }) => reference));
	return ops.findLastIndex(
		(op) => op.mark === mark || op.documents.some(({ reference }) => references.has(reference)),
	);
}

/** The contents of the first two documents, or of all, are swapped; reference or mark still identify the documents. */
function* swapping(asking: Asking, ops: Op[], op: number): Generator<Brought> {
	const event = seen(asking, ops, op);
	if (event.is !== 'operation') return;
	const isNamed = ({ derived }: Doc) => asking.world.evidence === 'mark' || derived;
	if (!asking.docs.every(isNamed)) return;
	for (const swapped of new Set([2, asking.docs.length])) {
		const documents = event.documents.map(
			(one, place): Sighting => (place < swapped ? { ...one, whose: 'swapped' } : one),
		);
		const label = `sends, contents of ${swapped} swapped`;
		yield { label, cost: 1, event: { ...event, documents }, ops, op, swapped };
	}
}

function* looking(asking: Asking, document: number): Generator<Brought> {
	const { ops } = asking.system;
	const wanted = requestOf(asking).documents[document]?.reference ?? '';
	const at = findIn(ops, wanted);
	const op = at < 0 ? undefined : at;
	if (op !== undefined) {
		yield { label: 'looks, found', cost: 0, event: seen(asking, ops, op), op };
		yield { label: 'looks, no content', cost: 1, event: seen(asking, ops, op, 'missing'), op };
	}
	const older = op === undefined ? -1 : findIn(ops.slice(0, op), wanted);
	if (older >= 0)
		yield { label: 'looks, an older one', cost: 1, event: seen(asking, ops, older), op: older };
	if (op !== undefined) yield { label: 'looks, unread', cost: 1, event: { is: 'unread' } };
	yield { label: 'looks, nothing', cost: op === undefined ? 0 : 1, event: { is: 'nothing' } };
	yield* unanswered('looks');
}

function* askingStatus({ system, op = -1 }: Asking): Generator<Brought> {
	const one = system.ops[op];
	if (one) yield { label: 'asks', cost: 0, event: { is: 'status', finished: finished(one) } };
	yield* unanswered('asks');
}

function* fetching(asking: Asking): Generator<Brought> {
	const { op = -1 } = asking;
	const { ops } = asking.system;
	yield { label: 'fetches', cost: 0, event: seen(asking, ops, op) };
	yield { label: 'fetches, no content', cost: 1, event: seen(asking, ops, op, 'missing') };
	yield* unanswered('fetches');
}

function* unanswered(call: string): Generator<Brought> {
	yield { label: `${call}, no answer`, cost: 1, event: { is: 'unknown' } };
	yield { label: `${call}, token`, cost: 1, event: { is: 'token', said: true } };
}

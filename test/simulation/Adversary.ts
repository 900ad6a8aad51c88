import { createHash } from 'node:crypto';
import type {
	BaseOperation,
	SignOperation,
	SignRequest,
} from '../../nodes/SignStash/service/messages';
import type { Reply } from '../../nodes/SignStash/service/Reply';
import type { Service, World } from '../../nodes/SignStash/signing/World';

/** What the adversary may do to a signing request, and to a reading call; chosen by a number of the history. */
export const signingFaults = [
	'none',
	'lostBefore',
	'lostAfter',
	'cutAnswer',
	'late',
	'pending',
	'executionError',
	'failed',
	'errorSigning',
	'serverError',
	'gateway',
	'busy',
	'token401',
	'token409',
	'notSent',
	'noContent',
	'restart',
] as const;

export const readingFaults = ['none', 'lost', 'refused', 'empty', 'lag', 'busy', 'token'] as const;

/** One history: what happens to each call, in order; after its end the service is calm. */
export interface History {
	signing: Array<(typeof signingFaults)[number]>;
	reading: Array<(typeof readingFaults)[number]>;
}

interface Registered {
	operation: SignOperation;
	content: Buffer;
	/** Status polls until it is finished. */
	polls: number;
	/** Look-ups that do not see it yet. */
	lag: number;
}

/** Thrown in place of an answer when the client is killed: nothing after that await runs. */
export class Killed extends Error {}

const broken = (sent: boolean): Reply<never> => ({ is: 'broken', sent, why: 'reset' });
const refusal = (status: number, code?: string): Reply<never> => ({ is: 'refusal', status, code });

/** A model of the service with the contract's semantics, in the hands of an adversary with a written history. */
export class Adversary implements Service {
	readonly signatures = new Map<string, number>();
	readonly log: string[] = [];
	calls = 0;
	private readonly registered = new Map<string, Registered>();
	private readonly late: Array<() => void> = [];
	private time = 0;

	constructor(private readonly history: History) {}

	/** The world as the loop sees it; sleeping lets late requests arrive. */
	world(): World {
		return {
			service: this,
			now: () => this.time,
			sleep: async (milliseconds) => {
				this.time += milliseconds;
				if (milliseconds > 3000) this.late.shift()?.();
			},
			random: () => 0,
			stopped: () => false,
		};
	}

	/** From here on nothing fails any more; what was under way has arrived. */
	calm(): void {
		this.history.signing.length = 0;
		this.history.reading.length = 0;
		for (const arrive of this.late.splice(0)) arrive();
		for (const one of this.registered.values()) Object.assign(one, { polls: 0, lag: 0 });
		for (const one of this.registered.values()) this.finish(one);
	}

	signed(content: Buffer): number {
		return this.signatures.get(createHash('sha256').update(content).digest('hex')) ?? 0;
	}

	async sign(request: SignRequest): Promise<Reply<SignOperation>> {
		this.calls++;
		const reference = request.externalReference;
		const fault = this.history.signing.shift() ?? 'none';
		this.log.push(`sign ${reference} ${fault}`);
		if (fault === 'lostBefore') return broken(true);
		if (fault === 'notSent') return broken(false);
		if (fault === 'busy') return refusal(429);
		if (fault === 'token401') return refusal(401);
		if (fault === 'token409') return refusal(409, '0.0.10');
		if (fault === 'late') {
			this.late.push(() => this.register(request, 'none'));
			return broken(true);
		}
		const operation = this.register(request, fault);
		if (fault === 'restart') throw new Killed();
		if (fault === 'lostAfter') return broken(true);
		if (fault === 'cutAnswer') return { is: 'unreadable', status: 200, why: 'cut' };
		if (fault === 'serverError') return refusal(500, '0.0.1');
		if (fault === 'gateway') return refusal(504);
		if (operation === undefined) return refusal(409, '0.0.7');
		return { is: 'answer', body: this.shown(operation, fault !== 'noContent') };
	}

	async find(reference: string): Promise<Reply<number>> {
		const reply = this.read((): Reply<number> => {
			const found = this.registered.get(reference);
			if (found === undefined || found.lag-- > 0) return refusal(404);
			return { is: 'answer', body: found.operation.id };
		});
		const said = reply.is === 'refusal' && reply.status === 404 ? 'notFound' : reply.is;
		this.log.push(`find ${reference} ${said}`);
		return reply;
	}

	async status(id: number): Promise<Reply<BaseOperation>> {
		return this.read(() => {
			const one = this.byId(id);
			if (one.polls-- <= 0) this.finish(one);
			return { is: 'answer', body: one.operation };
		});
	}

	async detail(id: number, content: boolean): Promise<Reply<SignOperation>> {
		return this.read(() => ({ is: 'answer', body: this.shown(this.byId(id).operation, content) }));
	}

	async resend(): Promise<Reply<true>> {
		return { is: 'answer', body: true };
	}

	async renewToken(): Promise<boolean> {
		return true;
	}

	private read<Body>(answer: () => Reply<Body>): Reply<Body> {
		this.calls++;
		const fault = this.history.reading.shift() ?? 'none';
		if (fault === 'lost') return broken(true);
		if (fault === 'refused') return refusal(500, '5.0.1');
		if (fault === 'empty') return refusal(400);
		if (fault === 'busy') return refusal(429);
		if (fault === 'token') return refusal(401);
		return answer();
	}

	private byId(id: number): Registered {
		for (const one of this.registered.values()) if (one.operation.id === id) return one;
		throw new Error(`operation ${id} was never registered`);
	}

	private register(request: SignRequest, fault: string): SignOperation | undefined {
		const document = request.documents[0]?.documentRequest;
		if (document === undefined) throw new Error('a request without a document');
		if (this.registered.has(document.externalReference)) return undefined;
		const waiting = ['pending', 'executionError', 'failed'].includes(fault);
		const one: Registered = {
			content: document.content,
			polls: waiting ? 2 : 0,
			lag: this.history.reading[0] === 'lag' ? 1 : 0,
			operation: {
				id: this.registered.size + 1,
				status: fault === 'executionError' ? 'EXECUTION_ERROR' : 'PENDING_EXECUTION',
				documentList: [
					{
						externalReference: document.externalReference,
						name: document.name,
						contentLength: document.content.length,
						signStatus: 'RECEIVED',
					},
				],
			},
		};
		this.registered.set(document.externalReference, one);
		if (fault === 'failed') this.end(one, 'EXECUTION_FAILED', 'RECEIVED');
		if (fault === 'errorSigning') this.end(one, 'EXECUTED', 'ERROR_SIGNING');
		if (!waiting) this.finish(one);
		return one.operation;
	}

	private finish(one: Registered): void {
		if (one.operation.status === 'EXECUTED' || one.operation.status === 'EXECUTION_FAILED') return;
		this.end(one, 'EXECUTED', 'SIGNED');
		const hash = createHash('sha256').update(one.content).digest('hex');
		this.signatures.set(hash, (this.signatures.get(hash) ?? 0) + 1);
	}

	private end(
		one: Registered,
		status: SignOperation['status'],
		signStatus: 'SIGNED' | 'ERROR_SIGNING' | 'RECEIVED',
	): void {
		const documentList = one.operation.documentList?.map((each) => ({ ...each, signStatus }));
		one.operation = { ...one.operation, status, documentList };
	}

	private shown(operation: SignOperation, content: boolean): SignOperation {
		const current = this.byId(operation.id).operation;
		const documentList = current.documentList?.map((each) =>
			content && each.signStatus === 'SIGNED'
				? { ...each, signedContent: Buffer.from('signed') }
				: each,
		);
		return { ...current, documentList };
	}
}

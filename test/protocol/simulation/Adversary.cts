import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation, OperationId } from '../../../nodes/SignStash/service/Operation';
import type { Refusal, Reply } from '../../../nodes/SignStash/service/Reply';
import { readRefusal } from '../../../nodes/SignStash/service/transport';
import type { FindAnswer } from '../../../nodes/SignStash/service/SignStashService';
import type { Ports, Service } from '../../../nodes/SignStash/signing/Ports';
import { Model, type Execution, type NotFoundForm } from './Model.cts';

/** What the network and the service's front do to a signing request. */
export const signingFates = [
	'arrives',
	'dropped',
	'delayed',
	'duplicated',
	'answer dropped',
	'answer cut',
	'wrong document in answer',
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

export const executions = [
	'now',
	'pending',
	'error first',
	'failed',
	'one bad',
	'no content',
] as const;
export const notFoundForms: NotFoundForm[] = ['in the same words', 'never clearly'];

/** All that the adversary will do, in the order of the calls; after its end the world is calm. */
export interface History {
	signing: Array<{ fate: (typeof signingFates)[number]; execution: Execution; lag: number }>;
	reading: Array<(typeof readingFates)[number]>;
	notFound: NotFoundForm;
	/** Whether operations show the request's own reference. */
	showsMarks: boolean;
	/** For each run of the client, the await at which it is killed. */
	kills: number[];
	/** For each run of the client, the await at which the user stops the execution. */
	stops: number[];
}

/** Tells that a client was killed: nothing after that await runs. */
export class Killed extends Error {}

const broken = (sent: boolean): Reply<never> => ({ is: 'broken', sent, why: 'reset' });
const cut: Reply<never> = { is: 'unreadable', status: 200, why: 'the answer was cut' };
const noToken: Reply<never> = { is: 'noToken', why: 'refused' };
const refusal = (status: number, code?: string, retryAfter?: string): Refusal =>
	readRefusal(status, code === undefined ? '' : JSON.stringify({ errorCode: code }), {
		'retry-after': retryAfter,
	});

/** Replies that come instead of what the service would say; `before` it has registered anything, or `after`. */
const signingReplies: Partial<
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
	'no token': { at: 'before', reply: noToken },
	'not sent': { at: 'before', reply: broken(false) },
};

const readingReplies: Record<(typeof readingFates)[number], Reply<never> | undefined> = {
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

/** Awaits at which a client gives way to others; resolves when it is its turn again. */
export type Turn = () => Promise<void>;

/** The model of the service in the hands of someone who wants documents signed twice, or lost. */
export class Adversary {
	readonly model: Model;
	private unclear = 0;
	/** One line per call: what was asked for, and what was told. */
	log: string[] = [];
	time = 0;
	injected = new Map<string, number>();
	private readonly delayed: Array<() => void> = [];
	private readonly deaths = new Map<number, () => void>();

	constructor(private readonly history: History) {
		this.model = new Model(history.showsMarks);
	}

	/** Lets a run go on until it ends, or until its client is killed. @throws Killed */
	async untilKilled<Result>(run: number, going: Promise<Result>): Promise<Result> {
		const killed = new Promise<never>((_, reject) => {
			this.deaths.set(run, () => reject(new Killed()));
		});
		return await Promise.race([going, killed]);
	}

	private kill(run: number): void {
		this.deaths.get(run)?.();
	}

	/** A client of its own: killed at its nth await, if the history says so. */
	client(run: number, turn: Turn = async () => {}): Ports {
		const killAt = this.history.kills[run] ?? Infinity;
		const stopAt = this.history.stops[run] ?? Infinity;
		let awaits = 0;
		const step = async (): Promise<void> => {
			await turn();
			if (++awaits < killAt) return;
			this.kill(run);
			await new Promise(() => undefined);
		};
		const call = async <Body,>(act: () => Reply<Body>): Promise<Reply<Body>> => {
			await step();
			if (awaits >= stopAt) return { is: 'stopped' };
			const reply = act();
			await step();
			return awaits >= stopAt ? { is: 'stopped' } : reply;
		};
		const service: Service = {
			sign: async (request) => await call(() => this.sign(request)),
			find: async (reference) => await call(() => this.find(reference)),
			status: async (id) => await call(() => this.status(id)),
			detail: async (id, content) => await call(() => this.detail(id, content)),
			resend: async () => await call(() => ({ is: 'answer', body: true })),
			renewToken: async () => {
				await step();
				return { is: 'answer', body: true };
			},
		};
		return {
			service,
			now: () => this.time,
			sleep: async (milliseconds) => {
				this.time += milliseconds;
				if (milliseconds >= 2000) this.arriveLate();
				await step();
			},
			random: () => 0,
			stopped: () => awaits >= stopAt,
			control: {},
		};
	}

	/** From here on nothing fails any more, and what was under way has arrived. */
	calm(): void {
		this.history.signing.length = 0;
		this.history.reading.length = 0;
		this.history.kills.length = 0;
		this.history.stops.length = 0;
		while (this.delayed.length > 0) this.arriveLate();
		this.model.calm();
	}

	/** The latest that was delayed arrives first: requests overtake each other. */
	private arriveLate(): void {
		this.delayed.pop()?.();
	}

	private note(line: string, fate: string): void {
		this.log.push(line);
		if (fate !== 'arrives') this.injected.set(fate, (this.injected.get(fate) ?? 0) + 1);
	}

	private sign(request: SignRequest): Reply<Operation> {
		const { fate, execution, lag } = this.history.signing.shift() ?? {
			fate: 'arrives',
			execution: 'now',
			lag: 0,
		};
		for (const { documentRequest } of request.documents)
			this.note(`sign ${documentRequest.externalReference} ${fate}`, fate);
		const instead = signingReplies[fate];
		if (instead?.at === 'before') return instead.reply;
		if (fate === 'delayed') {
			this.delayed.push(() => this.model.register(request, execution, lag));
			return broken(true);
		}
		const operation = this.model.register(request, execution, lag);
		if (fate === 'duplicated') return this.answer(this.model.register(request, execution, lag));
		if (instead) return instead.reply;
		if (fate === 'wrong document in answer' && operation)
			return { is: 'answer', body: { ...operation, documents: [] } };
		return this.answer(operation);
	}

	private answer(operation: Operation | undefined): Reply<Operation> {
		const body = operation && this.model.detail(operation.id, true, true);
		return body ? { is: 'answer', body } : refusal(409, '0.0.7');
	}

	private find(reference: string): Reply<FindAnswer> {
		const reply = this.read((): Reply<FindAnswer> => {
			const id = this.model.find(reference);
			const words = this.history.notFound === 'never clearly' ? `words ${this.unclear++}` : 'none';
			return { is: 'answer', body: id === undefined ? { is: 'nothing', words } : { is: 'id', id } };
		});
		const said = reply.is === 'answer' ? reply.body.is : reply.is;
		this.log.push(`find ${reference} ${said}`);
		return reply;
	}

	private status(id: OperationId): Reply<Operation> {
		return this.read(() => this.known(this.model.poll(id)));
	}

	private detail(id: OperationId, content: boolean): Reply<Operation> {
		return this.read(() => this.known(this.model.detail(id, content)));
	}

	private known(body: Operation | undefined): Reply<Operation> {
		return body === undefined ? refusal(404, '7.0.1') : { is: 'answer', body };
	}

	private read<Body>(answer: () => Reply<Body>): Reply<Body> {
		const fate = this.history.reading.shift() ?? 'arrives';
		this.note(`read ${fate}`, fate);
		return readingReplies[fate] ?? answer();
	}
}

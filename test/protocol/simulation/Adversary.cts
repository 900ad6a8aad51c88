import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation, OperationId } from '../../../nodes/SignStash/service/Operation';
import type { Reply } from '../../../nodes/SignStash/service/Reply';
import type { FindAnswer } from '../../../nodes/SignStash/service/SignStashService';
import type { Execution } from '../../../nodes/SignStash/signing/Execution';
import type { Ports, Service } from '../../../nodes/SignStash/signing/Ports';
import { Model, type Outcome, type Sender, type World } from './Model.cts';
import {
	broken,
	readingReplies,
	refusal,
	signingReplies,
	swapped,
	type readingFates,
	type signingFates,
} from './fates.cts';

/** Everything that the adversary will do, in the order of the calls; once it ends, nothing fails any more. */
export interface History {
	signing: Array<{ fate: (typeof signingFates)[number]; outcome: Outcome; lag: number }>;
	reading: Array<(typeof readingFates)[number]>;
	world: World;
	/** For each run of the client, the await at which it is killed. */
	kills: number[];
	/** For each run of the client, the await at which the user stops the execution. */
	stops: number[];
}

/** Signals that a client was killed: nothing after that await runs. */
export class Killed extends Error {}

/** Called at awaits at which a client gives way to others; resolves when its turn comes again. */
export type Turn = () => Promise<void>;

/** The model of the service in the hands of someone who wants documents signed twice, or lost. */
export class Adversary {
	readonly model: Model;
	private unclear = 0;
	/** One line per call: what was asked for, and what was answered. */
	log: string[] = [];
	time = 0;
	injected = new Map<string, number>();
	private readonly delayed: Array<() => void> = [];
	private readonly deaths = new Map<number, () => void>();

	constructor(private readonly history: History) {
		this.model = new Model(history.world);
	}

	/** Lets a run continue until it ends, or until its client is killed. @throws Killed */
	async untilKilled<Result>(run: number, going: Promise<Result>): Promise<Result> {
		const killed = new Promise<never>((_, reject) => {
			this.deaths.set(run, () => reject(new Killed()));
		});
		return await Promise.race([going, killed]);
	}

	private kill(run: number): void {
		this.deaths.get(run)?.();
	}

	/** How many calls there were. */
	get calls(): number {
		return this.log.length;
	}

	/** Whether the user stopped a run. */
	readonly stopped = new Set<number>();

	/** A separate client, killed at its nth await if the history says so. */
	client(run: number, execution: Execution, turn: Turn = async () => {}): Ports {
		const killAt = this.history.kills[run] ?? Infinity;
		const stopAt = this.history.stops[run] ?? Infinity;
		let awaits = 0;
		const isStopped = (): boolean => {
			if (awaits >= stopAt) this.stopped.add(run);
			return awaits >= stopAt;
		};
		const step = async (): Promise<void> => {
			await turn();
			if (++awaits < killAt) return;
			this.kill(run);
			await new Promise(() => undefined);
		};
		const call = async <Body,>(act: () => Reply<Body>): Promise<Reply<Body>> => {
			await step();
			if (isStopped()) return { is: 'stopped' };
			const reply = act();
			await step();
			return isStopped() ? { is: 'stopped' } : reply;
		};
		const service: Service = {
			sign: async (request) => await call(() => this.sign(request, execution.id)),
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
			stopped: isStopped,
			onStop: () => () => undefined,
			execution,
			control: {},
		};
	}

	/** From here on nothing fails any more, and everything in transit has arrived. */
	calm(): void {
		this.history.signing.length = 0;
		this.history.reading.length = 0;
		this.history.kills.length = 0;
		this.history.stops.length = 0;
		while (this.delayed.length > 0) this.arriveLate();
		this.model.calm();
	}

	/** The request that was delayed last arrives first: requests overtake each other. */
	private arriveLate(): void {
		this.delayed.pop()?.();
	}

	private note(line: string, fate: string): void {
		this.log.push(line);
		if (fate !== 'arrives') this.injected.set(fate, (this.injected.get(fate) ?? 0) + 1);
	}

	private sign(request: SignRequest, execution: string): Reply<Operation> {
		const sender: Sender = { execution, call: this.calls };
		const { fate, outcome, lag } = this.history.signing.shift() ?? {
			fate: 'arrives',
			outcome: 'now',
			lag: 0,
		};
		for (const { documentRequest } of request.documents)
			this.note(`sign ${documentRequest.externalReference} ${fate}`, fate);
		const instead = signingReplies[fate];
		if (instead?.at === 'before') return instead.reply;
		const register = () => this.model.register(request, outcome, lag, sender, this.time);
		if (fate === 'delayed') {
			this.delayed.push(() => register());
			return broken(true);
		}
		const operation = register();
		if (fate === 'duplicated') return this.answer(register(), request);
		if (instead) return instead.reply;
		if (fate === '409 in other words' && !operation && !this.history.world.replays)
			return refusal(409, '2.0.3');
		if (fate === 'wrong document in answer' && operation)
			return { is: 'answer', body: { ...operation, documents: [] } };
		const reply = this.answer(operation, request);
		return fate === 'contents swapped in answer' ? swapped(reply) : reply;
	}

	private answer(operation: Operation | undefined, request: SignRequest): Reply<Operation> {
		const shown = operation ?? (this.history.world.replays && this.model.holding(request));
		const body = shown && this.model.detail(shown.id, true, true);
		if (!body) return refusal(409, '0.0.7');
		for (const { documentRequest } of request.documents)
			this.log.push(`answer ${documentRequest.externalReference} id`);
		return { is: 'answer', body };
	}

	private find(reference: string): Reply<FindAnswer> {
		const reply = this.read((): Reply<FindAnswer> => {
			const id = this.model.find(reference);
			const words =
				this.history.world.notFound === 'never clearly' ? `words ${this.unclear++}` : 'none';
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

import type { Refusal, Reply } from '../service/Reply';
import { patience, pauseOf, policies } from './policies';
import { withCalls, type Ports } from './Ports';

/** Calm answers in a row after which one more request may be in progress. */
const calmAnswers = 8;

/** The share of the width that remains after a request was throttled. */
const narrowed = 0.7;

/** Milliseconds for which an unused gate is kept, so that the next execution need not learn again. */
const remembered = 600_000;

type Clock = Pick<Ports, 'now' | 'sleep' | 'random' | 'stopped' | 'onStop'>;

/** How waiting for a place ended; `hopeless`: the service has let nobody in for longer than patience lasts. */
type Turn = 'in' | 'stopped' | 'hopeless';

interface Waiting {
	since: number;
	stopped(): boolean;
	go(turn: Turn): void;
}

/** What became of a call at the gate. */
interface Passed<Body> {
	reply: Reply<Body>;
	/** Milliseconds in the queue while others were served: not the service's fault. */
	queued: number;
}

const stoppedBefore = {
	is: 'broken',
	sent: false,
	why: 'the execution was stopped before the request left',
} as const;

/**
 * Lets through as many signing requests as the service accepts. There is no limit until the service says that it
 * is busy. Then fewer may be in progress, and one more after a row of calm answers. When even one at a time is too
 * many, the gate closes for a random pause, whose upper limit doubles each time. This bounds the requests of any
 * number of processes, though no process knows about another.
 */
export class Gate {
	private open = Infinity;
	private inFlight = 0;
	/** Calm answers since the width last changed. */
	private calm = 0;
	private lastCalm = -Infinity;
	/** Goes up whenever the gate narrows: a request that was sent before says nothing about the new width. */
	private round = 0;
	/** Times in a row that a single request was too many. */
	private shut = 0;
	private shutUntil = -Infinity;
	/** The last reply that says for certain that nothing was accepted. */
	private refusal?: Refusal;
	private readonly waiting: Waiting[] = [];

	constructor(private lastUse = 0) {}

	/** How many requests may be in progress right now. */
	get width(): number {
		return this.open;
	}

	/** Whether it has been unused for so long that it may be forgotten. */
	isForgotten(now: number): boolean {
		return this.inFlight === 0 && now - this.lastUse > remembered;
	}

	/** Makes the call when its turn comes, and learns from its reply. */
	async pass<Body>(call: () => Promise<Reply<Body>>, clock: Clock): Promise<Passed<Body>> {
		const since = clock.now();
		const turn = await this.turn(since, clock);
		const queued = this.lastCalm > since ? clock.now() - since : 0;
		if (turn === 'hopeless' && this.refusal) return { reply: this.refusal, queued };
		if (turn !== 'in') return { reply: stoppedBefore, queued };
		try {
			await this.untilOpen(clock);
			if (clock.stopped()) return { reply: stoppedBefore, queued };
			const { round } = this;
			const reply = await call();
			this.learn(reply, round, clock);
			return { reply, queued };
		} finally {
			this.inFlight--;
			this.callNext(clock.now());
		}
	}

	private async turn(since: number, { now, stopped, onStop }: Clock): Promise<Turn> {
		this.lastUse = since;
		if (this.inFlight < this.open) {
			this.inFlight++;
			return 'in';
		}
		const turn = new Promise<Turn>((go) => this.waiting.push({ since, stopped, go }));
		const forget = onStop(() => this.callNext(now()));
		return await turn.finally(forget);
	}

	private async untilOpen({ now, sleep, stopped }: Clock): Promise<void> {
		while (now() < this.shutUntil && !stopped()) await sleep(this.shutUntil - now());
	}

	private learn(reply: Reply<unknown>, round: number, clock: Clock): void {
		if (reply.is === 'refusal' && isBusy(reply)) this.narrow(reply, round, clock);
		else if (reply.is === 'answer' || (reply.is === 'refusal' && reply.class !== 'unknown'))
			this.widen(round, clock.now());
	}

	private widen(round: number, now: number): void {
		this.lastCalm = now;
		if (round < this.round) return;
		this.shut = 0;
		this.calm++;
		if (this.calm < calmAnswers || this.waiting.length === 0) return;
		this.calm = 0;
		this.open++;
	}

	/**
	 * When many requests are throttled at once, those in progress were accepted: that is how many the service
	 * accepts. A throttled request waits as long as it was asked to; the others wait no longer than a usual pause.
	 */
	private narrow(refusal: Refusal, round: number, { now, random }: Clock): void {
		if (refusal.class === 'busy') this.refusal = refusal;
		const asked = Math.min(refusal.retryAfter ?? 0, policies.busy.most);
		if (asked > 0) this.shutUntil = Math.max(this.shutUntil, now() + asked);
		const others = Math.max(1, this.inFlight - 1);
		if (round < this.round) {
			this.open = Math.min(this.open, others);
			return;
		}
		if (this.open === 1) {
			const longest = pauseOf(policies.busy, this.shut++);
			this.shutUntil = now() + asked + random() * longest;
		}
		this.open = Math.max(1, Math.min(Math.floor(this.open * narrowed), others));
		this.calm = 0;
		this.round++;
	}

	/** A place is taken before the waiting call wakes up, so that no newcomer slips in between. */
	private callNext(now: number): void {
		this.lastUse = now;
		const waiting = this.waiting.splice(0);
		for (const one of waiting) {
			const turn = this.turnOf(one, now);
			if (turn === 'in') this.inFlight++;
			if (turn) one.go(turn);
			else this.waiting.push(one);
		}
	}

	private turnOf({ since, stopped }: Waiting, now: number): Turn | undefined {
		if (stopped()) return 'stopped';
		if (this.refusal && now - since > patience && this.lastCalm < since) return 'hopeless';
		return this.inFlight < this.open ? 'in' : undefined;
	}
}

/**
 * Whether the service wants fewer requests: after a 503 with Retry-After, the outcome of the request is not known.
 */
const isBusy = ({ class: kind, retryAfter = 0 }: Refusal): boolean =>
	kind === 'busy' || (kind === 'unknown' && retryAfter > 0);

const gates = new Map<string, Gate>();

/** The gate shared by all executions of this process that sign with the same credential, which `key` identifies. */
export function gateFor(key: string, now: number): Gate {
	for (const [other, gate] of gates) if (gate.isForgotten(now)) gates.delete(other);
	const gate = gates.get(key) ?? new Gate(now);
	gates.set(key, gate);
	return gate;
}

/**
 * The ports with their signing requests behind a gate; reading calls pass freely. Their clock stands still while a
 * request waits for its turn and others are served, so that a long queue uses up no one's patience.
 */
export function gated(ports: Ports, gate: Gate): Ports {
	const { service } = ports;
	let queued = 0;
	return {
		...ports,
		now: () => ports.now() - queued,
		service: withCalls(service, {
			sign: async (request) => {
				const passed = await gate.pass(async () => await service.sign(request), ports);
				queued += passed.queued;
				return passed.reply;
			},
		}),
	};
}

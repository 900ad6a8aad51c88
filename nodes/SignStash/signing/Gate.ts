import type { Service } from './Ports';

/** Answers in a row without a 'busy' after which one more request may be under way again. */
const calmAnswers = 8;

/**
 * Lets a bounded number of signing requests through at a time: half as many whenever the service says
 * it is busy, one more after a row of calm answers, never above the user's choice.
 */
export class Gate {
	private open: number;
	private under = 0;
	private calm = 0;
	private readonly waiting: Array<() => void> = [];

	constructor(private readonly most: number) {
		this.open = most;
	}

	/** How many requests may be under way just now. */
	get width(): number {
		return this.open;
	}

	/** Waits for a place and gives it up when `call` has ended; `busy` tells a reply that narrows the gate. */
	async pass<Reply>(call: () => Promise<Reply>, busy: (reply: Reply) => boolean): Promise<Reply> {
		if (this.under < this.open) this.under++;
		else await new Promise<void>((go) => this.waiting.push(go));
		try {
			const reply = await call();
			this.learn(busy(reply));
			return reply;
		} finally {
			this.under--;
			this.callNext();
		}
	}

	private learn(busy: boolean): void {
		this.calm = busy ? 0 : this.calm + 1;
		if (busy) this.open = Math.max(1, Math.floor(this.open / 2));
		else if (this.calm % calmAnswers === 0) this.open = Math.min(this.most, this.open + 1);
	}

	/** The place is taken before the waiting call wakes up, so that no newcomer slips in between. */
	private callNext(): void {
		const free = Math.max(0, this.open - this.under);
		for (const go of this.waiting.splice(0, free)) {
			this.under++;
			go();
		}
	}
}

/** The service with its signing requests behind a gate; reading calls pass freely. */
export function gated(service: Service, gate: Gate): Service {
	return {
		find: async (reference) => await service.find(reference),
		status: async (id) => await service.status(id),
		detail: async (id, content) => await service.detail(id, content),
		resend: async (id, attach, receivers) => await service.resend(id, attach, receivers),
		renewToken: async () => await service.renewToken(),
		sign: async (request) =>
			await gate.pass(
				async () => await service.sign(request),
				(reply) => reply.is === 'refusal' && reply.class === 'busy',
			),
	};
}

import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

type Workflow = typeof import('n8n-workflow');

interface Sleeper {
	due: number;
	wake: () => void;
}

/** Turns of the event loop in which nothing may happen before time goes on. */
const quietTurns = 3;

/**
 * Time that stands still while anything is done, and jumps to the next sleeper's hour when all are
 * asleep and no request is on its way: hours of pauses take no time, and nothing comes too late
 * because a machine was slow.
 */
class VirtualClock {
	private readonly sleepers: Sleeper[] = [];
	private readonly open = new Set<ClientRequest>();
	private passed = 0;
	private stirred = 0;

	/** Milliseconds since it was made. */
	get now(): number {
		return this.passed;
	}

	began(request: ClientRequest): void {
		this.open.add(request);
		request.once('close', () => {
			this.open.delete(request);
			this.stir();
		});
	}

	async sleep(milliseconds: number): Promise<void> {
		await new Promise<void>((wake) => {
			this.sleepers.push({ due: this.passed + Math.max(0, milliseconds), wake });
			this.stir();
		});
	}

	private stir(): void {
		this.stirred++;
		this.afterTurns(quietTurns, this.stirred);
	}

	private afterTurns(turns: number, since: number): void {
		setImmediate(() => {
			if (since !== this.stirred) return;
			if (turns > 1) this.afterTurns(turns - 1, since);
			else this.jump();
		});
	}

	private jump(): void {
		if (this.open.size > 0) return;
		this.sleepers.sort((left, right) => left.due - right.due);
		const next = this.sleepers.shift();
		if (!next) return;
		this.passed = Math.max(this.passed, next.due);
		next.wake();
		this.stir();
	}
}

function isRequest(message: unknown): message is { request: ClientRequest } {
	return typeof message === 'object' && message !== null && 'request' in message;
}

/**
 * n8n-workflow with a clock that does not wait. `Date.now` and `performance.now` go by it. For
 * `jest.mock('n8n-workflow')`; time-outs of requests are n8n's own and take the time they take.
 */
export function withVirtualClock(): Workflow {
	const clock = new VirtualClock();
	subscribe('http.client.request.start', (message) => {
		if (isRequest(message)) clock.began(message.request);
	});
	const start = Date.now();
	Date.now = () => start + Math.round(clock.now);
	const { performance: real } = globalThis;
	const performance: unknown = new Proxy(real, {
		get: (target, key) => {
			if (key === 'now') return () => clock.now;
			const value: unknown = Reflect.get(target, key, target);
			return typeof value === 'function'
				? (...given: unknown[]): unknown => Reflect.apply(value, target, given)
				: value;
		},
	});
	Object.defineProperty(globalThis, 'performance', { value: performance, configurable: true });
	return {
		...jest.requireActual<Workflow>('n8n-workflow'),
		sleep: async (milliseconds: number) => await clock.sleep(milliseconds),
	};
}

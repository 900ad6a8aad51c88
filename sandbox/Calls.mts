import type { Occasion } from './Occasion.mts';

/** A call that the sandbox has had. */
export interface Call {
	/** ISO 8601. */
	at: string;
	/** `unknown`: a path that the contract does not have. */
	on: Occasion | 'unknown';
	method: string;
	/** As it was sent, query and escapes included. */
	path: string;
	/** Null as long as, or because, it was never answered. */
	status: number | null;
	clientId: string | null;
	externalReferences?: string[];
}

/** More than this many calls are not remembered, so that a long benchmark stays small. */
const MAX_CALLS = 50_000;

/** The calls to the contract's endpoints, in memory. */
export class Calls {
	#calls: Call[] = [];
	#requests = new Map<string, number>();
	#open = 0;
	#maxParallel = 0;

	/** Notes a call; its status and client are filled in as they become known. */
	begin(on: Call['on'], method: string, path: string): Call {
		const call: Call = {
			at: new Date().toISOString(),
			on,
			method,
			path,
			status: null,
			clientId: null,
		};
		this.#requests.set(on, (this.#requests.get(on) ?? 0) + 1);
		if (this.#calls.length < MAX_CALLS) this.#calls.push(call);
		return call;
	}

	/** Counts a business call as running until the returned function is called. */
	enter(): () => void {
		this.#open += 1;
		this.#maxParallel = Math.max(this.#maxParallel, this.#open);
		let left = false;
		return () => {
			if (left) return;
			left = true;
			this.#open -= 1;
		};
	}

	list(): Call[] {
		return this.#calls;
	}

	stats(): { requests: Record<string, number>; maxParallel: number; tokenCalls: number } {
		return {
			requests: Object.fromEntries(this.#requests),
			maxParallel: this.#maxParallel,
			tokenCalls: this.#requests.get('token') ?? 0,
		};
	}

	forget(): void {
		this.#calls = [];
		this.#requests = new Map();
		this.#maxParallel = this.#open;
	}
}

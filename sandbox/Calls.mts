import type { Occasion } from './Occasion.mts';

/** A call that the sandbox has received. */
export interface Call {
	/** ISO 8601. */
	at: string;
	/** `unknown`: a path that the contract does not have. */
	on: Occasion | 'unknown';
	method: string;
	/** As it was sent, query and escapes included. */
	path: string;
	/** Null until it is answered; it stays null if it never is. */
	status: number | null;
	clientId: string | null;
	externalReferences?: string[];
}

/** No more calls than this are kept, so that a long benchmark stays small. */
const MAX_CALLS = 50_000;

/** The calls to the contract's endpoints, in memory. */
export class Calls {
	#calls: Call[] = [];
	#requests = new Map<string, number>();
	#open = 0;
	#maxParallel = 0;

	/** Records a call; its status and client are filled in later. */
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

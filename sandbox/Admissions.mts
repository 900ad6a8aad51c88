import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Call, Calls } from './Calls.mts';
import type { Occasion } from './Occasion.mts';
import type { SettingsStore } from './state/SettingsStore.mts';

/** What was decided about a call when its head arrived, before its body. */
export interface Admission {
	readonly call: Call;
	/** Whether the rate limit's number of business calls was already running. */
	readonly overLimit: boolean;
}

/** Records every call when it arrives, and counts the calls that run at the same time. */
export class Admissions {
	readonly #calls: Calls;
	readonly #settings: SettingsStore;
	readonly #byRequest = new WeakMap<IncomingMessage, Admission>();
	#admitted = 0;

	constructor(calls: Calls, settings: SettingsStore) {
		this.#calls = calls;
		this.#settings = settings;
	}

	/** Token calls are recorded, but neither limited nor counted as running. */
	admit(on: Occasion, request: IncomingMessage, response: ServerResponse): void {
		const call = this.#calls.begin(on, request.method ?? '', request.url ?? '');
		const limit = this.#settings.current.rateLimit?.maxParallel ?? Infinity;
		const overLimit = on !== 'token' && this.#admitted >= limit;
		this.#byRequest.set(request, { call, overLimit });
		if (on === 'token') return;
		const leave = this.#calls.enter();
		if (!overLimit) this.#admitted += 1;
		response.once('close', () => {
			leave();
			if (!overLimit) this.#admitted -= 1;
		});
	}

	of(request: IncomingMessage): Admission {
		const found = this.#byRequest.get(request);
		if (found === undefined) throw new Error('the call was not admitted');
		return found;
	}
}

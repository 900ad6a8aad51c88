import type { FastifyRequest } from 'fastify';
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultAction, Faults } from './Faults.mts';
import type { Admission } from './Admissions.mts';
import type { House } from './House.mts';
import type { SettingsStore } from './state/SettingsStore.mts';
import { busyAnswer } from './worlds/load.mts';
import type { Moment, Occasion } from './Occasion.mts';
import type { Received } from './Validator.mts';
import { Disturbance } from './wire/Disturbance.mts';

/** One call on its way through the sandbox. */
export class Exchange {
	readonly on: Occasion;
	readonly request: FastifyRequest;
	readonly admission: Admission;
	/** Faults that struck early and shape the answer. */
	readonly deferred: FaultAction[] = [];
	readonly #faults: Faults;
	readonly #settings: SettingsStore;
	readonly #base: string;

	/** @param settings with the world that says how a busy service answers
	 *  @param base the path that the contract's paths are relative to */
	constructor(
		on: Occasion,
		request: FastifyRequest,
		admission: Admission,
		{ faults, settings }: Pick<House, 'faults' | 'settings'>,
		base: string,
	) {
		this.on = on;
		this.request = request;
		this.admission = admission;
		this.#faults = faults;
		this.#settings = settings;
		this.#base = base;
	}

	/** Lets the faults of a moment strike. @throws Disturbance when one of them ends the call */
	async reach(moment: Exclude<Moment, 'answering'>): Promise<void> {
		for (const action of this.#faults.strike(this.on, moment)) {
			if (action.type === 'delay') await pause(action.ms);
			else if (action.type === 'busy') throw busyAnswer(this.#settings.current.world)(undefined);
			else if (action.type === 'drip' || action.type === 'swap') this.deferred.push(action);
			else throw new Disturbance(action);
		}
	}

	/** All faults that strike while the answer is written. */
	answering(): FaultAction[] {
		return [...this.deferred, ...this.#faults.strike(this.on, 'answering')];
	}

	/** The request as the contract sees it, with its parsed body. */
	received(body?: unknown): Received {
		const { headers, url } = this.request;
		return { path: url.slice(this.#base.length), headers, body };
	}

	/** A parameter of the path, unescaped. */
	parameter(name: string): string {
		const value: unknown = new Map(Object.entries(this.request.params ?? {})).get(name);
		return typeof value === 'string' ? value : '';
	}

	/** The bytes of the body; empty for a multipart body, which is read part by part. */
	bytes(): Buffer {
		return Buffer.isBuffer(this.request.body) ? this.request.body : Buffer.alloc(0);
	}

	/** The media type of the body, without its parameters. */
	mediaType(): string {
		return (this.request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
	}
}

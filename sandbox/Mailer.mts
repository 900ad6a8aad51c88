import type { Deliveries, Delivery } from './state/Deliveries.mts';
import type { SettingsStore } from './state/SettingsStore.mts';
import type { DeliveryStatus } from './types.mts';

/** The contract's default: three retries after the first attempt. */
const MAX_ATTEMPTS = 4;

/** Sends emails, that is, puts them into the outbox; retries those that fail. */
export class Mailer {
	readonly #deliveries: Deliveries;
	readonly #settings: SettingsStore;
	readonly #timers = new Set<NodeJS.Timeout>();

	constructor(deliveries: Deliveries, settings: SettingsStore) {
		this.#deliveries = deliveries;
		this.#settings = settings;
		for (const mail of deliveries.all()) if (mail.status === 'SENDING_ERROR') this.#later(mail.id);
	}

	/** Tries to send; a failed attempt is retried in the background, up to a limit. */
	send(mail: Delivery): void {
		const status = this.#attempt(mail);
		if (status === 'SENDING_ERROR') this.#later(mail.id);
	}

	/** Tries once. @returns whether it was sent */
	sendOnce(mail: Delivery): boolean {
		const failing = this.#settings.client(mail.clientId).emailFailing === true;
		this.#deliveries.tried(mail.id, failing ? 'SENDING_FAILED' : 'SENT');
		return !failing;
	}

	#attempt(mail: Delivery): DeliveryStatus {
		const failing = this.#settings.client(mail.clientId).emailFailing === true;
		const last = mail.attempts + 1 >= MAX_ATTEMPTS;
		const status = failing ? (last ? 'SENDING_FAILED' : 'SENDING_ERROR') : 'SENT';
		this.#deliveries.tried(mail.id, status);
		return status;
	}

	#later(id: number): void {
		const timer = setTimeout(() => {
			this.#timers.delete(timer);
			const mail = this.#deliveries.find(id);
			if (mail?.status === 'SENDING_ERROR') this.send(mail);
		}, this.#settings.current.mailRetryMs);
		this.#timers.add(timer);
	}

	/** Cancels pending retries. */
	stop(): void {
		for (const timer of this.#timers) clearTimeout(timer);
		this.#timers.clear();
	}
}

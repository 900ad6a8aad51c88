import { DEFAULT_SETTINGS, settingsSchema } from '../settings.mts';
import type { ClientStates, Settings } from '../settings.mts';
import type { Database } from './Database.mts';

const KEY = 'settings';

/** The settings in force, kept with the state. */
export class SettingsStore {
	readonly #database: Database;
	#current: Settings;

	constructor(database: Database) {
		this.#database = database;
		const kept = database.kept(KEY);
		this.#current = kept === null ? DEFAULT_SETTINGS : settingsSchema.parse(JSON.parse(kept));
	}

	get current(): Settings {
		return this.#current;
	}

	/** The switched states of a client service. */
	client(clientId: string): ClientStates {
		return this.#current.clients[clientId] ?? {};
	}

	patch(changes: Partial<Settings>): Settings {
		this.#current = { ...this.#current, ...changes };
		this.#database.keep(KEY, JSON.stringify(this.#current));
		return this.#current;
	}

	forget(): void {
		this.patch(DEFAULT_SETTINGS);
	}
}

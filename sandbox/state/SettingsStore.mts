import { DEFAULT_SETTINGS, settingsSchema } from '../settings.mts';
import type { ClientStates, Settings } from '../settings.mts';
import type { World } from '../worlds/World.mts';
import type { Database } from './Database.mts';

const KEY = 'settings';

/** The current settings, kept with the state. */
export class SettingsStore {
	readonly #database: Database;
	readonly #initial: Settings;
	#current: Settings;

	/** @param world the world in which the sandbox starts and to which a reset returns */
	constructor(database: Database, world: World | undefined) {
		this.#database = database;
		this.#initial = world === undefined ? DEFAULT_SETTINGS : { ...DEFAULT_SETTINGS, world };
		const kept = database.kept(KEY);
		this.#current = kept === null ? this.#initial : settingsSchema.parse(JSON.parse(kept));
		if (world !== undefined) this.patch({ world });
	}

	get current(): Settings {
		return this.#current;
	}

	/** The states that are set for a client service. */
	client(clientId: string): ClientStates {
		return this.#current.clients[clientId] ?? {};
	}

	patch(changes: Partial<Settings>): Settings {
		this.#current = { ...this.#current, ...changes };
		this.#database.keep(KEY, JSON.stringify(this.#current));
		return this.#current;
	}

	forget(): void {
		this.patch(this.#initial);
	}
}

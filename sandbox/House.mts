import type { ServerResponse } from 'node:http';
import { Calls } from './Calls.mts';
import { Executor } from './Executor.mts';
import { Faults } from './Faults.mts';
import { Admissions } from './Admissions.mts';
import { Mailer } from './Mailer.mts';
import { createSigner } from './Signer.mts';
import type { Mode, Signer } from './Signer.mts';
import { Clients } from './state/Clients.mts';
import { Database } from './state/Database.mts';
import { Deliveries } from './state/Deliveries.mts';
import { Holders } from './state/Holders.mts';
import { Operations } from './state/Operations.mts';
import { SettingsStore } from './state/SettingsStore.mts';
import { Tokens } from './state/Tokens.mts';
import type { Validator } from './Validator.mts';
import { Validators } from './Validators.mts';
import type { World } from './worlds/World.mts';

/** All parts of a sandbox except its HTTP server. */
export interface House {
	readonly validator: Validator;
	readonly clients: Clients;
	readonly tokens: Tokens;
	readonly operations: Operations;
	readonly holders: Holders;
	readonly deliveries: Deliveries;
	readonly settings: SettingsStore;
	readonly faults: Faults;
	readonly calls: Calls;
	readonly admissions: Admissions;
	readonly signer: Signer;
	readonly mailer: Mailer;
	readonly executor: Executor;
	/** Answers that a fault leaves hanging. */
	readonly hanging: Set<ServerResponse>;
	/** Forgets everything except the clients and the certificates. */
	forget(): void;
	close(): void;
}

/**
 * @param stateFile file that holds the state; without it the state is in memory
 * @param world the world that it starts in; the usual one by default
 * @param mode `sign` really signs, `echo` hands documents back and keeps no contents
 */
export async function createHouse(
	stateFile: string | undefined,
	mode: Mode,
	world: World | undefined,
): Promise<House> {
	const database = new Database(stateFile);
	const settings = new SettingsStore(database, world);
	const operations = new Operations(database, mode === 'sign');
	const deliveries = new Deliveries(database);
	const calls = new Calls();
	const mailer = new Mailer(deliveries, settings);
	const signer = await createSigner(mode, database);
	const tokens = new Tokens(database);
	const faults = new Faults();
	const hanging = new Set<ServerResponse>();
	const validators = await Validators.create();
	return {
		get validator() {
			return validators.of(settings.current.world);
		},
		clients: new Clients(database),
		tokens,
		operations,
		holders: new Holders(database),
		deliveries,
		settings,
		faults,
		calls,
		admissions: new Admissions(calls, settings),
		signer,
		mailer,
		executor: new Executor({ operations, deliveries, settings, mailer, signer }),
		hanging,
		forget: () => {
			for (const response of hanging) response.destroy();
			mailer.stop();
			for (const part of [operations, deliveries, tokens, settings, faults, calls]) part.forget();
		},
		close: () => {
			mailer.stop();
			database.close();
		},
	};
}

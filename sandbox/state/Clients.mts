import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import { text } from './Database.mts';
import type { Database, Row } from './Database.mts';

/** A client service: who calls, and for which issuer. */
export interface Client {
	clientId: string;
	name: string;
	secret: string;
	issuer: { vatNumber: string; name: string };
}

const ISSUER_A = { vatNumber: '501234560', name: 'Issuer A, Lda.' };
const ISSUER_B = { vatNumber: '509876540', name: 'Issuer B, S.A.' };
const PARTNER_VAT = '505555550';

/** The client services that every sandbox has. */
const SEEDS = [
	{ name: 'alpha', issuer: ISSUER_A },
	{ name: 'beta', issuer: ISSUER_B },
	{ name: 'alpha2', issuer: ISSUER_A },
];

function digest(value: string): Buffer {
	return createHash('sha256').update(value).digest();
}

function clientOf(row: Row): Client {
	return {
		clientId: text(row, 'client_id'),
		name: text(row, 'name'),
		secret: text(row, 'secret'),
		issuer: { vatNumber: text(row, 'issuer_vat'), name: text(row, 'issuer_name') },
	};
}

/** The client services; they are created at the first start and kept with the state. */
export class Clients {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
		for (const { name, issuer } of SEEDS) {
			database.run(
				`INSERT OR IGNORE INTO clients (client_id, name, secret, issuer_vat, issuer_name)
				VALUES (?, ?, ?, ?, ?)`,
				`PRT.${issuer.vatNumber}-PRT.${PARTNER_VAT}-${randomUUID()}`,
				name,
				randomBytes(18).toString('base64url'),
				issuer.vatNumber,
				issuer.name,
			);
		}
	}

	all(): Client[] {
		return this.#database.all('SELECT * FROM clients ORDER BY rowid').map(clientOf);
	}

	find(clientId: string): Client | undefined {
		const row = this.#database.one('SELECT * FROM clients WHERE client_id = ?', clientId);
		return row && clientOf(row);
	}

	/** The client with this id and secret. */
	authenticate(clientId: string, secret: string): Client | undefined {
		const client = this.find(clientId);
		if (client === undefined) return undefined;
		return timingSafeEqual(digest(client.secret), digest(secret)) ? client : undefined;
	}
}

import { number, text } from './Database.mts';
import type { Database, Row } from './Database.mts';

/** The document or request that holds a reference. */
export interface Holder {
	operationId: number;
	issuerVat: string;
	clientId: string;
	/** The reference as it was sent. */
	held: string;
	/** Whether what was to be signed under it has finally failed. */
	failed: boolean;
	/** Whether its operation has ended. */
	finished: boolean;
}

function holderOf(row: Row): Holder {
	return {
		operationId: number(row, 'id'),
		issuerVat: text(row, 'issuer_vat'),
		clientId: text(row, 'client_id'),
		held: text(row, 'held'),
		failed: number(row, 'failed') === 1,
		finished: number(row, 'finished') === 1,
	};
}

/** Finds the holders of references; whether they count is up to the world. */
export class Holders {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	/** The documents that hold a reference, ignoring case, oldest first. */
	documents(reference: string): Holder[] {
		return this.#database
			.all(
				`SELECT operations.id AS id, operations.issuer_vat AS issuer_vat, client_id,
					documents.external_reference AS held,
					status IN ('EXECUTED', 'EXECUTION_FAILED') AS finished,
					status IN ('EXECUTED', 'EXECUTION_FAILED') AND sign_status = 'ERROR_SIGNING' AS failed
				FROM documents JOIN operations ON operation_id = operations.id
				WHERE documents.external_reference = ? COLLATE NOCASE ORDER BY documents.id`,
				reference,
			)
			.map(holderOf);
	}

	/** The requests that hold a reference, ignoring case, oldest first. */
	requests(reference: string): Holder[] {
		return this.#database
			.all(
				`SELECT id, issuer_vat, client_id, external_reference AS held,
					status IN ('EXECUTED', 'EXECUTION_FAILED') AS finished,
					status IN ('EXECUTED', 'EXECUTION_FAILED') AND NOT EXISTS (
						SELECT 1 FROM documents
						WHERE operation_id = operations.id AND sign_status <> 'ERROR_SIGNING'
					) AS failed
				FROM operations WHERE external_reference = ? COLLATE NOCASE ORDER BY id`,
				reference,
			)
			.map(holderOf);
	}
}

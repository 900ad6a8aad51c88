import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Bytes of n8n's database with nothing left beside it; n8n has to be stopped. */
export function databaseSize(file: string): number {
	const database = new DatabaseSync(file);
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	database.close();
	return statSync(file).size;
}

/** Reads an execution's status past n8n, so that asking costs n8n nothing. */
export class StatusReader {
	readonly #database: DatabaseSync;

	constructor(file: string) {
		this.#database = new DatabaseSync(file, { readOnly: true });
	}

	/** @returns n8n's word for the state; the last one is written together with the run's data */
	status(executionId: string): string {
		const row = this.#database
			.prepare('SELECT status FROM execution_entity WHERE id = ?')
			.get(executionId);
		return String(row?.status ?? 'new');
	}

	close(): void {
		this.#database.close();
	}
}

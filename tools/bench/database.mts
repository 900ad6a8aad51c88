import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Size of n8n's database in bytes, after its write-ahead log is merged; n8n must be stopped. */
export function databaseSize(file: string): number {
	const database = new DatabaseSync(file);
	database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
	database.close();
	return statSync(file).size;
}

/** Reads an execution's status directly from the database, so that asking costs n8n nothing. */
export class StatusReader {
	readonly #database: DatabaseSync;

	constructor(file: string) {
		this.#database = new DatabaseSync(file, { readOnly: true });
	}

	/** @returns n8n's own status; the final one is written together with the run's data */
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

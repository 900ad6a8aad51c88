import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';

const SCHEMA = `
	CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value TEXT NOT NULL);
	CREATE TABLE IF NOT EXISTS clients (
		client_id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, secret TEXT NOT NULL,
		issuer_vat TEXT NOT NULL, issuer_name TEXT NOT NULL
	);
	CREATE TABLE IF NOT EXISTS tokens (
		token TEXT PRIMARY KEY, client_id TEXT NOT NULL, expires_at INTEGER NOT NULL,
		revoked INTEGER NOT NULL DEFAULT 0
	);
	CREATE TABLE IF NOT EXISTS operations (
		id INTEGER PRIMARY KEY AUTOINCREMENT, issuer_vat TEXT NOT NULL, client_id TEXT NOT NULL,
		external_reference TEXT NOT NULL, description TEXT NOT NULL, status TEXT NOT NULL,
		created_at INTEGER NOT NULL, preservation TEXT, execution_ms INTEGER,
		pending_polls INTEGER NOT NULL, error_polls INTEGER NOT NULL, outcome TEXT NOT NULL,
		polls INTEGER NOT NULL DEFAULT 0, look_ups INTEGER NOT NULL DEFAULT 0
	);
	CREATE TABLE IF NOT EXISTS documents (
		id INTEGER PRIMARY KEY AUTOINCREMENT, operation_id INTEGER NOT NULL, issuer_vat TEXT NOT NULL,
		external_reference TEXT NOT NULL, name TEXT NOT NULL, content_type TEXT NOT NULL,
		signature_info TEXT NOT NULL, content_sha256 TEXT NOT NULL, content_length INTEGER NOT NULL,
		content BLOB, signed_content BLOB, sign_status TEXT NOT NULL, sign_error TEXT
	);
	CREATE INDEX IF NOT EXISTS documents_by_reference
		ON documents (external_reference COLLATE NOCASE);
	CREATE INDEX IF NOT EXISTS operations_by_reference
		ON operations (external_reference COLLATE NOCASE);
	CREATE INDEX IF NOT EXISTS documents_of_operation ON documents (operation_id);
	CREATE TABLE IF NOT EXISTS deliveries (
		id INTEGER PRIMARY KEY AUTOINCREMENT, operation_id INTEGER NOT NULL, client_id TEXT NOT NULL,
		kind TEXT NOT NULL, email TEXT NOT NULL, attach_documents INTEGER NOT NULL,
		status TEXT NOT NULL, attempts INTEGER NOT NULL DEFAULT 0, changed_at INTEGER NOT NULL
	);
	CREATE INDEX IF NOT EXISTS deliveries_of_operation ON deliveries (operation_id);
	CREATE TABLE IF NOT EXISTS signatures (
		content_sha256 TEXT NOT NULL, external_reference TEXT NOT NULL, client_id TEXT NOT NULL,
		count INTEGER NOT NULL, PRIMARY KEY (content_sha256, external_reference, client_id)
	);
`;

/** One row of a query, by column. */
export type Row = Record<string, SQLOutputValue>;

/** A row's column as text. @throws TypeError if it is not: a fault of the sandbox */
export function text(row: Row, column: string): string {
	const value = row[column];
	if (typeof value !== 'string') throw new TypeError(`${column} is not text`);
	return value;
}

/** A row's column as a number. @throws TypeError if it is not: a fault of the sandbox */
export function number(row: Row, column: string): number {
	const value = row[column];
	if (typeof value !== 'number') throw new TypeError(`${column} is not a number`);
	return value;
}

/** A row's column as one of the given texts. @throws TypeError if it is not: a fault of the sandbox */
export function oneOf<const Value extends string>(
	row: Row,
	column: string,
	values: readonly Value[],
): Value {
	const found = values.find((value) => value === row[column]);
	if (found === undefined) throw new TypeError(`${column} is none of ${values.join(', ')}`);
	return found;
}

/** A row's column as bytes; undefined when it is null. */
export function bytes(row: Row, column: string): Buffer | undefined {
	const value = row[column];
	if (!(value instanceof Uint8Array)) return undefined;
	return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** The sandbox's state: an SQLite database in a file, or in memory if no file is given. */
export class Database {
	readonly #sqlite: DatabaseSync;
	readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();

	constructor(file?: string) {
		this.#sqlite = new DatabaseSync(file ?? ':memory:');
		this.#sqlite.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
		this.#sqlite.exec(SCHEMA);
	}

	#statement(sql: string): ReturnType<DatabaseSync['prepare']> {
		const known = this.#statements.get(sql) ?? this.#sqlite.prepare(sql);
		this.#statements.set(sql, known);
		return known;
	}

	all(sql: string, ...values: SQLInputValue[]): Row[] {
		return this.#statement(sql).all(...values);
	}

	one(sql: string, ...values: SQLInputValue[]): Row | undefined {
		return this.#statement(sql).get(...values);
	}

	/** @returns the id of the row that was inserted last, and how many rows changed */
	run(sql: string, ...values: SQLInputValue[]): { id: number; changes: number } {
		const { lastInsertRowid, changes } = this.#statement(sql).run(...values);
		return { id: Number(lastInsertRowid), changes: Number(changes) };
	}

	/** Keeps all changes of the work, or none of them if it throws. */
	transaction<Result>(work: () => Result): Result {
		this.#sqlite.exec('BEGIN IMMEDIATE');
		try {
			const result = work();
			this.#sqlite.exec('COMMIT');
			return result;
		} catch (error) {
			this.#sqlite.exec('ROLLBACK');
			throw error;
		}
	}

	/** The JSON value that is stored under a key; null if there is none. */
	kept(key: string): string | null {
		const row = this.one('SELECT value FROM kept WHERE key = ?', key);
		return row === undefined ? null : text(row, 'value');
	}

	keep(key: string, value: string): void {
		this.run('INSERT OR REPLACE INTO kept (key, value) VALUES (?, ?)', key, value);
	}

	close(): void {
		this.#sqlite.close();
	}
}

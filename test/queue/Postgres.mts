import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../tools/n8n/freePort.mts';
import { Server } from './Server.mts';

/** Debian keeps PostgreSQL's programs in a folder per version, outside the PATH. */
const versions = '/usr/lib/postgresql';

function programs(): string {
	const [newest] = existsSync(versions) ? readdirSync(versions).sort().reverse() : [];
	if (newest === undefined)
		throw new Error("PostgreSQL is not installed: install Debian's package postgresql.");
	return join(versions, newest, 'bin');
}

/** The suite's own PostgreSQL. */
export class Postgres {
	readonly port: number;
	readonly #server: Server;

	private constructor(port: number, server: Server) {
		this.port = port;
		this.#server = server;
	}

	static async start(parent: string): Promise<Postgres> {
		const bin = programs();
		const server = new Server(parent, 'postgres');
		const { folder } = server;
		const data = join(folder, 'data');
		server.run(join(bin, 'initdb'), ['-D', data, '-U', 'n8n', '-A', 'trust', '-E', 'UTF8', '-N']);
		const postgres = new Postgres(await freePort(), server);
		await server.start(
			join(bin, 'postgres'),
			[
				...['-D', data, '-h', '127.0.0.1', '-p', String(postgres.port), '-k', folder],
				...['-c', 'max_connections=200'],
			],
			() => postgres.#answers(),
		);
		postgres.query('CREATE DATABASE n8n', 'postgres');
		return postgres;
	}

	#answers(): boolean {
		try {
			return this.query('SELECT 1', 'postgres') === '1';
		} catch {
			return false;
		}
	}

	/** @returns the rows, one a line */
	query(sql: string, database = 'n8n'): string {
		const { folder } = this.#server;
		const at = ['-h', folder, '-p', String(this.port), '-U', 'n8n', '-d', database];
		return this.#server.run('psql', ['-X', '-A', '-t', ...at], sql).trim();
	}

	/** What n8n needs to reach it. */
	get variables(): Record<string, string> {
		return {
			DB_TYPE: 'postgresdb',
			DB_POSTGRESDB_HOST: '127.0.0.1',
			DB_POSTGRESDB_PORT: String(this.port),
			DB_POSTGRESDB_DATABASE: 'n8n',
			DB_POSTGRESDB_USER: 'n8n',
			DB_POSTGRESDB_PASSWORD: 'n8n',
		};
	}

	async stop(): Promise<void> {
		await this.#server.stop();
	}
}

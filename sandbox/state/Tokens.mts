import { randomBytes, randomUUID } from 'node:crypto';
import { text } from './Database.mts';
import type { Database } from './Database.mts';
import type { TokenAnswer } from '../types.mts';

function segment(value: object): string {
	return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The access tokens: they look like JWTs, and are valid because the sandbox remembers them. */
export class Tokens {
	readonly #database: Database;

	constructor(database: Database) {
		this.#database = database;
	}

	issue(clientId: string, lifetimeSeconds: number): TokenAnswer {
		const jti = randomUUID();
		const expiresAt = Date.now() + lifetimeSeconds * 1000;
		const claims = { client_id: clientId, scope: ['read', 'write'], exp: expiresAt / 1000, jti };
		const header = segment({ alg: 'RS256', typ: 'JWT' });
		const token = `${header}.${segment(claims)}.${randomBytes(64).toString('base64url')}`;
		this.#database.run(
			'INSERT INTO tokens (token, client_id, expires_at) VALUES (?, ?, ?)',
			token,
			clientId,
			Math.round(expiresAt),
		);
		return {
			access_token: token,
			token_type: 'bearer',
			expires_in: Math.floor(lifetimeSeconds),
			scope: 'read write',
			jti,
		};
	}

	/** The id of the client that the token was issued to; undefined if it is not valid. */
	clientIdOf(token: string): string | undefined {
		const row = this.#database.one(
			'SELECT client_id FROM tokens WHERE token = ? AND revoked = 0 AND expires_at > ?',
			token,
			Date.now(),
		);
		return row && text(row, 'client_id');
	}

	revokeAll(): void {
		this.#database.run('UPDATE tokens SET revoked = 1');
	}

	forget(): void {
		this.#database.run('DELETE FROM tokens');
	}
}

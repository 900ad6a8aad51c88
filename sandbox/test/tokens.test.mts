import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import { open, until, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => await alpha.reset());

const PATH = '/api/v0/operation/status/1';

async function statusWith(authorization: string): Promise<number> {
	return (await fetch(alpha.info.baseUrl + PATH, { headers: { authorization } })).status;
}

describe('the token call', () => {
	it('exchanges credentials for a token of the documented form', async () => {
		const { status, body } = await alpha.token();
		assert.equal(status, 200);
		assert.deepEqual(
			[body.token_type, body.expires_in, body.scope],
			['bearer', 86_399, 'read write'],
		);
		assert.equal(body.access_token.split('.').length, 3);
	});

	it('refuses a wrong secret, a secret that is set to be rejected, and missing credentials', async () => {
		assert.equal((await alpha.token('wrong')).status, 401);
		assert.equal((await alpha.token('')).status, 401);
		await alpha.settings({ clients: { [alpha.clientId]: { secretRejected: true } } });
		const { status, text } = await alpha.token();
		assert.equal(status, 401);
		assert.match(text, /invalid_client/);
		const plain = await fetch(alpha.info.tokenUrl, { method: 'POST' });
		assert.equal(plain.status, 401);
	});

	it('refuses any grant other than client credentials', async () => {
		const other = await alpha.token(undefined, 'grant_type=password');
		assert.deepEqual([other.status, other.text.includes('unsupported_grant_type')], [400, true]);
		const none = await alpha.token(undefined, 'scope=read');
		assert.deepEqual([none.status, none.text.includes('invalid_request')], [400, true]);
	});
});

describe('a business call', () => {
	it('accepts the token with either spelling of the scheme', async () => {
		const { access_token: token } = (await alpha.token()).body;
		assert.equal(await statusWith(`Bearer ${token}`), 404);
		assert.equal(await statusWith(`bearer ${token}`), 404);
	});

	it('without a valid token is answered with 401, or with 409 0.0.10 if that is set', async () => {
		assert.equal(await statusWith('Bearer nonsense'), 401);
		assert.equal(await statusWith('Basic nonsense'), 401);
		await alpha.settings({ tokenFault: 'code0010' });
		const headers = { authorization: 'Bearer nonsense' };
		const response = await fetch(alpha.info.baseUrl + PATH, { headers });
		assert.equal(response.status, 409);
		assert.match(await response.text(), /"errorCode":"0\.0\.10"/);
	});

	it('is refused once the token has expired', async () => {
		await alpha.settings({ tokenLifetimeSeconds: 0.2 });
		const { access_token: token } = (await alpha.token()).body;
		const status = await until(
			async () => await statusWith(`Bearer ${token}`),
			(seen) => seen === 401,
		);
		assert.equal(status, 401);
	});

	it('is refused once the token has been revoked, and accepted with a new one', async () => {
		const old = `Bearer ${(await alpha.token()).body.access_token}`;
		assert.equal(await statusWith(old), 404);
		await alpha.control('POST', '/tokens/revoke');
		assert.equal(await statusWith(old), 401);
		assert.equal(await statusWith(`Bearer ${(await alpha.token()).body.access_token}`), 404);
	});
});

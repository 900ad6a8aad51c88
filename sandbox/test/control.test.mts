import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Sandbox } from '../Sandbox.mts';
import { DEFAULT_SETTINGS } from '../settings.mts';
import { idOf, open, type Caller } from './Caller.mts';

let sandbox: Sandbox;
let alpha: Caller;
before(async () => {
	({ sandbox, alpha } = await open());
});
after(async () => await sandbox.close());
beforeEach(async () => await alpha.reset());

describe('the control API', () => {
	it('shows addresses, clients of two issuers and certificates', async () => {
		const info = await alpha.control<Sandbox['info']>('GET', '/info');
		assert.deepEqual(info, sandbox.info);
		assert.deepEqual(
			info.clients.map(({ name }) => name),
			['alpha', 'beta', 'alpha2'],
		);
		const [first, second, third] = info.clients;
		assert.notEqual(first?.issuer, second?.issuer);
		assert.equal(first?.issuer, third?.issuer);
		for (const { clientId, issuer } of info.clients) {
			assert.match(clientId, new RegExp(`^PRT\\.${issuer}-PRT\\.\\d{9}-[0-9a-f-]{36}$`));
		}
	});

	it('shows operations, documents, signatures, calls and statistics', async () => {
		const id = idOf(await alpha.sign([{ externalReference: 'R', content: 'abc' }]));
		const [operation] = await alpha.control<Record<string, unknown>[]>('GET', '/operations');
		assert.deepEqual([operation?.['id'], operation?.['documents']], [id, ['R']]);
		const [document] = await alpha.control<Record<string, unknown>[]>('GET', '/documents');
		assert.deepEqual([document?.['externalReference'], document?.['contentLength']], ['R', 3]);
		assert.deepEqual(await alpha.control('GET', '/signatures'), [
			{
				contentSha256: createHash('sha256').update('abc').digest('hex'),
				externalReference: 'R',
				clientId: alpha.clientId,
				count: 1,
			},
		]);
		const calls = await alpha.control<Record<string, unknown>[]>('GET', '/calls');
		assert.deepEqual(
			calls.map(({ on, status, clientId, externalReferences }) => [
				on,
				status,
				clientId,
				externalReferences,
			]),
			[
				['token', 200, alpha.clientId, undefined],
				['sign', 200, alpha.clientId, ['R']],
			],
		);
		assert.deepEqual(await alpha.control('GET', '/stats'), {
			requests: { token: 1, sign: 1 },
			maxParallel: 1,
			tokenCalls: 1,
			signatures: 1,
		});
	});

	it('shows in one snapshot what it shows one by one', async () => {
		await alpha.sign([{ externalReference: 'R', content: 'abc' }]);
		await alpha.fault({ on: 'detail', moment: 'received', action: { type: 'reset' } });
		const shown: Record<string, unknown> = {};
		for (const part of ['faults', 'documents', 'signatures', 'stats'])
			shown[part] = await alpha.control('GET', `/${part}`);
		assert.deepEqual(await alpha.control('GET', '/snapshot'), shown);
	});

	it('changes only the settings it is given', async () => {
		await alpha.settings({ lookupLagMs: 5 });
		await alpha.settings({ tokenFault: 'code0010' });
		assert.deepEqual(await alpha.control('GET', '/settings'), {
			...DEFAULT_SETTINGS,
			lookupLagMs: 5,
			tokenFault: 'code0010',
		});
	});

	it('refuses settings that do not exist or have the wrong type', async () => {
		await assert.rejects(alpha.settings({ lookupLagMS: 5 }), /lookupLagMS/);
		await assert.rejects(alpha.settings({ tokenLifetimeSeconds: 'long' }), /tokenLifetimeSeconds/);
		assert.deepEqual(await alpha.control('GET', '/settings'), DEFAULT_SETTINGS);
	});

	it('forgets everything except the clients', async () => {
		await alpha.sign([{ externalReference: 'R' }]);
		await alpha.settings({ lookupLagMs: 5 });
		await alpha.fault({ on: 'any', moment: 'received', action: { type: 'reset' } });
		const old = await alpha.authorization();
		await alpha.control('POST', '/reset');
		for (const path of ['/operations', '/documents', '/signatures', '/outbox', '/faults']) {
			assert.deepEqual(await alpha.control('GET', path), [], path);
		}
		assert.deepEqual(await alpha.control('GET', '/calls'), []);
		assert.deepEqual(await alpha.control('GET', '/settings'), DEFAULT_SETTINGS);
		const headers = { authorization: old };
		const url = `${alpha.info.baseUrl}/api/v0/operation/status/1`;
		assert.equal((await fetch(url, { headers })).status, 401);
		alpha.forgetToken();
		assert.equal((await alpha.sign([{ externalReference: 'R' }])).status, 200);
	});
});

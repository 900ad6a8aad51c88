import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { SandboxInfo } from '../Sandbox.mts';
import { Caller, idOf, open, until } from './Caller.mts';
import { run } from './run.mts';

const infoIn = (line: string): SandboxInfo => {
	const info: SandboxInfo = JSON.parse(line);
	return info;
};

let folder: string;
before(async () => {
	folder = await mkdtemp(join(tmpdir(), 'signstash-sandbox-'));
});
after(async () => await rm(folder, { recursive: true }));

describe('state in a file', () => {
	it('survives a restart: clients, tokens, operations, settings, emails to retry', async () => {
		const options = { stateFile: join(folder, 'state.sqlite') };
		const first = await open(options);
		await first.alpha.settings({
			async: { pendingPolls: 1 },
			clients: { [first.alpha.clientId]: { emailFailing: true } },
			mailRetryMs: 3_600_000,
		});
		const preservationInfo = {
			preserveContent: false,
			deliveryInfo: { personReceiver: [{ email: 'a@x.example' }] },
		};
		const waiting = await first.alpha.sign([{ externalReference: 'R' }], { preservationInfo });
		const id = idOf(waiting);
		assert.equal(await first.alpha.status(id), 'PENDING_EXECUTION');
		assert.equal(await first.alpha.status(id), 'EXECUTED');
		await first.alpha.settings({ mailRetryMs: 20 });
		const authorization = await first.alpha.authorization();
		await first.sandbox.close();

		const second = await open(options);
		try {
			assert.deepEqual(second.sandbox.info.clients, first.sandbox.info.clients);
			const url = `${second.sandbox.info.baseUrl}/api/v0/operation/status/${id}`;
			assert.equal((await fetch(url, { headers: { authorization } })).status, 200);
			assert.equal((await second.alpha.lookup('R')).body, id);
			assert.equal((await second.alpha.sign([{ externalReference: 'R' }])).status, 409);
			assert.equal((await second.alpha.detail(id)).body.status, 'EXECUTED');
			const settings = await second.alpha.control<{ mailRetryMs: number }>('GET', '/settings');
			assert.equal(settings.mailRetryMs, 20);
		} finally {
			await second.sandbox.close();
		}
	});

	it('survives the process being killed in the middle of signing', async () => {
		const stateFile = join(folder, 'killed.sqlite');
		const args = ['--mode', 'echo', '--state', stateFile, '--json'];
		const first = await run(args);
		const before = new Caller(infoIn(first.line));
		await before.fault({ on: 'sign', moment: 'registered', action: { type: 'hang' } });
		const signing = before.sign([{ externalReference: 'R' }]).catch((error: unknown) => error);
		await until(
			async () => await before.lookup('R'),
			({ status }) => status === 200,
		);
		await first.end('SIGKILL');
		assert.ok((await signing) instanceof Error);

		const second = await run(args);
		const later = new Caller(infoIn(second.line));
		const id = (await later.lookup('R')).body;
		assert.equal(await later.status(id), 'PENDING_EXECUTION');
		assert.equal(await later.status(id), 'EXECUTED');
		assert.equal(await second.end('SIGTERM'), 0);
	});

	it('keeps the certificates that verify older signatures', async () => {
		const options = { stateFile: join(folder, 'authority.sqlite'), mode: 'sign' } as const;
		const first = await open(options);
		await first.sandbox.close();
		const second = await open(options);
		await second.sandbox.close();
		assert.match(first.sandbox.info.certificates.caPem, /BEGIN CERTIFICATE/);
		assert.deepEqual(second.sandbox.info.certificates, first.sandbox.info.certificates);
	});
});

import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { startSandbox } from '../Sandbox.mts';
import type { Sandbox } from '../Sandbox.mts';

let sandbox: Sandbox;
before(async () => {
	sandbox = await startSandbox();
});
after(async () => await sandbox.close());

/** The status of a call with headers that fetch would not allow. */
async function statusOf(
	path: string,
	headers: Record<string, string>,
	method = 'GET',
): Promise<number | undefined> {
	const { port } = sandbox.info;
	return await new Promise((resolve, reject) => {
		request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
			response.resume();
			resolve(response.statusCode);
		})
			.once('error', reject)
			.end();
	});
}

describe('the backoffice', () => {
	it('is served with all its parts, and loads nothing from elsewhere', async () => {
		const answer = await fetch(sandbox.info.backofficeUrl);
		const page = await answer.text();
		assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/);
		const parts = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path]) => path ?? '');
		assert.deepEqual(parts, ['/backoffice/page.css', '/backoffice/page.mts']);
		for (const part of [...parts, '/backoffice/switches.mts'])
			assert.equal((await fetch(new URL(part, answer.url))).status, 200, part);
	});

	it('and the control API are closed to pages from elsewhere', async () => {
		const own = `127.0.0.1:${sandbox.info.port}`;
		const evil = { host: own, origin: 'http://evil.example' };
		for (const path of ['/backoffice', '/_control/info']) {
			assert.equal(await statusOf(path, { host: own, origin: `http://${own}` }), 200, path);
			assert.equal(await statusOf(path, { host: 'evil.example' }), 403, path);
			assert.equal(await statusOf(path, evil), 403, path);
		}
		assert.equal(await statusOf('/_control/reset', evil, 'POST'), 403);
		assert.equal(await statusOf('/_control/reset', { host: own, origin: 'null' }, 'POST'), 403);
	});
});

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { SandboxInfo } from '../Sandbox.mts';
import { Caller, until } from './Caller.mts';
import { run } from './run.mts';

describe('the command line', () => {
	it('prints one line of JSON with all that calls need, and ends on SIGINT', async () => {
		const sandbox = await run(['--mode', 'echo', '--json']);
		const info: SandboxInfo = JSON.parse(sandbox.line);
		assert.equal((await new Caller(info).sign([{}])).status, 200);
		assert.equal(sandbox.output().trim().split('\n').length, 1);
		assert.equal(await sandbox.end('SIGINT'), 0);
	});

	it('prints addresses and credentials for people', async () => {
		const sandbox = await run(['--mode', 'echo']);
		const output = await until(
			async () => sandbox.output(),
			(text) => text.includes('Ctrl-C'),
		);
		assert.match(
			output,
			/API base URL +http:\/\/127\.0\.0\.1:\d+\/signstash\/einvoice-integration-ws/,
		);
		assert.match(output, /token URL +http:\/\/127\.0\.0\.1:\d+\/oauth2\/.*\/oauth\/token/);
		assert.match(output, /client id +PRT\./);
		assert.match(output, /client secret +\S+/);
		assert.equal(await sandbox.end('SIGTERM'), 0);
	});

	it('refuses unknown arguments and prints its usage', () => {
		const main = fileURLToPath(new URL('../main.mts', import.meta.url));
		for (const args of [['--mode', 'fast'], ['--port', 'x'], ['--colour']]) {
			const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
			assert.equal(status, 2);
			assert.match(stderr, /usage: /);
		}
	});
});

import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { keepWatch, kill } from '../../tools/n8n/children.mts';
import { exampleNames } from '../../tools/n8n/examples.mts';
import { N8nRest } from '../../tools/n8n/N8nRest.mts';
import { root } from '../../tools/n8n/root.mts';

const folder = mkdtempSync(join(tmpdir(), 'signstash-start-'));
const files = join(folder, 'files');

after(() => rmSync(folder, { recursive: true, force: true }));

/** One `npm start`, with its own home folder. */
class Start {
	readonly child: ChildProcess;
	said = '';

	constructor() {
		const program = join(root, 'tools', 'demo', 'start.mts');
		const args = [program, '--home', join(folder, 'home'), '--files', files];
		const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
		this.child = keepWatch(spawn(process.execPath, args, { detached: true, stdio }));
		this.child.stdout?.on('data', (chunk: Buffer) => (this.said += chunk.toString()));
	}

	/** Waits until it has said something; two minutes at most. */
	async says(pattern: RegExp): Promise<string> {
		for (let attempt = 0; attempt < 600; attempt++) {
			const found = pattern.exec(this.said);
			if (found) return found[1] ?? found[0];
			if (this.child.exitCode !== null) break;
			await wait(200);
		}
		throw new Error(`it did not say ${pattern}, but:\n${this.said}`);
	}

	async ready(): Promise<{ n8n: N8nRest; sandbox: string; id: string; secret: string }> {
		await this.says(/Ctrl-C stops both/);
		const n8n = new N8nRest(await this.says(/n8n +(http:\S+)\/home/));
		await n8n.logIn();
		return {
			n8n,
			sandbox: await this.says(/control +(http:\S+)/),
			id: await this.says(/client id +(\S+)/),
			secret: await this.says(/client secret +(\S+)/),
		};
	}

	async end(signal: NodeJS.Signals): Promise<number | null> {
		const exited = once(this.child, 'exit');
		this.child.kill(signal);
		const [code]: unknown[] = await exited;
		return typeof code === 'number' ? code : null;
	}
}

/** Whether nothing answers at an address any more; it has ten seconds to stop. */
async function isSilent(url: string): Promise<boolean> {
	for (let attempt = 0; attempt < 50; attempt++) {
		const answer = await fetch(url).catch(() => undefined);
		if (answer === undefined) return true;
		await wait(200);
	}
	return false;
}

async function workflows(n8n: N8nRest): Promise<Array<{ id: string; name: string }>> {
	return await n8n.json('GET', '/rest/workflows');
}

/** Runs 'sign a PDF invoice', and waits for the file that it writes. */
async function signInvoice(n8n: N8nRest): Promise<void> {
	const signed = join(files, 'signed', 'invoice_signed.pdf');
	rmSync(signed, { force: true });
	const found = (await workflows(n8n)).find(({ name }) => name.includes('sign a PDF invoice'));
	const start = { triggerToStartFrom: { name: 'Start' } };
	await n8n.json('POST', `/rest/workflows/${found?.id}/run`, start);
	for (let attempt = 0; attempt < 150 && !existsSync(signed); attempt++) await wait(200);
	assert.ok(existsSync(signed), "the signed invoice is in the user's own folder");
}

describe('npm start', () => {
	it('keeps its data when the terminal is closed, the process is killed, or it is started a second time', async () => {
		const first = new Start();
		const here = await first.ready();
		const names = (await workflows(here.n8n)).map(({ name }) => name).sort();
		assert.equal(names.length, exampleNames().length);
		await signInvoice(here.n8n);
		writeFileSync(join(files, 'own.txt'), 'mine');

		const second = new Start();
		await second.says(/is already running/);
		assert.ok(second.said.includes(here.n8n.url), 'the second start says where the first one is');
		assert.ok((await fetch(`${here.sandbox}/info`)).ok, 'the first one keeps running');

		assert.equal(await first.end('SIGHUP'), 129);
		assert.ok(await isSilent(here.n8n.url), 'n8n has ended');
		assert.ok(await isSilent(here.sandbox), 'the sandbox has ended');

		const third = new Start();
		const again = await third.ready();
		assert.deepEqual((await workflows(again.n8n)).map(({ name }) => name).sort(), names);
		assert.deepEqual([again.id, again.secret], [here.id, here.secret]);
		await signInvoice(again.n8n);
		const made: Array<{ count: number }> = await (
			await fetch(`${again.sandbox}/signatures`)
		).json();
		assert.deepEqual(
			made.map(({ count }) => count),
			[1],
			'the sandbox still knows the earlier signature',
		);
		assert.ok(existsSync(join(files, 'own.txt')));

		await kill(third.child);
		assert.ok(await isSilent(again.n8n.url), 'n8n ends when its parent is killed');
		assert.ok(await isSilent(again.sandbox), 'so does the sandbox');
	});
});

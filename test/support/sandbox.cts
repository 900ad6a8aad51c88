import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SandboxClient, type SandboxInfo } from '../../harness/SandboxClient.mts';

/** A sandbox in a process of its own; it ends with the test that started it. */
export class Sandbox extends SandboxClient {
	private constructor(
		private readonly process: ChildProcess,
		info: SandboxInfo,
	) {
		super(info);
	}

	static async start(...flags: string[]): Promise<Sandbox> {
		const root = join(__dirname, '..', '..');
		const main = join(root, 'sandbox', 'main.mts');
		const node = join(root, 'node_modules', '.bin', 'node');
		// Many tests start one: its code is compiled once for all.
		const env = { ...process.env, NODE_COMPILE_CACHE: join(root, '.cache', 'compile') };
		const child = spawn(node, [main, '--port', '0', '--json', ...flags], {
			stdio: ['ignore', 'pipe', 'inherit'],
			env,
		});
		for await (const line of createInterface({ input: child.stdout }))
			return new Sandbox(child, JSON.parse(line) as SandboxInfo);
		throw new Error('the sandbox ended before it was ready');
	}

	async stop(): Promise<void> {
		const ended = new Promise((resolve) => this.process.once('exit', resolve));
		this.process.kill('SIGTERM');
		await ended;
	}
}

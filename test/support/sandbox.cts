import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export interface SandboxInfo {
	baseUrl: string;
	tokenUrl: string;
	controlUrl: string;
	clients: Array<{ name: string; issuer: string; clientId: string; clientSecret: string }>;
	certificates: { caPem: string; signerPem: string; tsaPem: string };
}

/** A sandbox in a process of its own, as a test meets it: over HTTP only. */
export class Sandbox {
	private constructor(
		private readonly process: ChildProcess,
		readonly info: SandboxInfo,
	) {}

	static async start(...flags: string[]): Promise<Sandbox> {
		const root = join(__dirname, '..', '..');
		const main = join(root, 'sandbox', 'main.mts');
		const node = join(root, 'node_modules', '.bin', 'node');
		const child = spawn(node, [main, '--port', '0', '--json', ...flags], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		for await (const line of createInterface({ input: child.stdout }))
			return new Sandbox(child, JSON.parse(line) as SandboxInfo);
		throw new Error('the sandbox ended before it was ready');
	}

	get client() {
		const client = this.info.clients.find(({ name }) => name === 'alpha');
		if (!client) throw new Error('the sandbox has no client service named alpha');
		return client;
	}

	async control<Result>(method: string, path: string, body?: unknown): Promise<Result> {
		const response = await fetch(`${this.info.controlUrl}${path}`, {
			method,
			headers: body === undefined ? {} : { 'content-type': 'application/json' },
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as Result;
	}

	/**
	 * Sets what the service is where nobody knows it: rows of contract/worlds.yaml; the rows that are
	 * left out are as usual. Holds until it is set again or the sandbox is reset.
	 */
	async world(rows: Record<string, string>): Promise<void> {
		await this.control('PATCH', '/settings', { world: rows });
	}

	/** How many signatures were really made since the last reset. */
	async signatures(): Promise<number> {
		const made = await this.control<Array<{ count: number }>>('GET', '/signatures');
		return made.reduce((sum, { count }) => sum + count, 0);
	}

	async calls(on: string): Promise<number> {
		const calls = await this.control<Array<{ on: string }>>('GET', '/calls');
		return calls.filter((call) => call.on === on).length;
	}

	async stop(): Promise<void> {
		const ended = new Promise((resolve) => this.process.once('exit', resolve));
		this.process.kill('SIGTERM');
		await ended;
	}
}

import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { keepWatch, stop } from './children.mts';
import { root } from './root.mts';

export interface SandboxInfo {
	baseUrl: string;
	tokenUrl: string;
	controlUrl: string;
	clients: Array<{ name: string; clientId: string; clientSecret: string }>;
	certificates: { caPem: string; signerPem: string; tsaPem: string };
}

/** The sandbox in a process of its own. */
export class Sandbox {
	readonly info: SandboxInfo;
	readonly #child: ChildProcess;

	private constructor(child: ChildProcess, info: SandboxInfo) {
		this.#child = child;
		this.info = info;
	}

	static async start(...flags: string[]): Promise<Sandbox> {
		const main = join(root, 'sandbox', 'main.mts');
		const child = spawn(process.execPath, [main, '--port', '0', '--json', ...flags], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		keepWatch(child);
		for await (const line of createInterface({ input: child.stdout }))
			return new Sandbox(child, JSON.parse(line));
		throw new Error('the sandbox ended before it was ready');
	}

	/** The client service that the demo signs as. */
	get client(): SandboxInfo['clients'][number] {
		const client = this.info.clients.find(({ name }) => name === 'alpha');
		if (client === undefined) throw new Error('the sandbox has no client service alpha');
		return client;
	}

	async get<Result>(path: string): Promise<Result> {
		const response = await fetch(`${this.info.controlUrl}${path}`);
		const body: Result = await response.json();
		return body;
	}

	async stop(): Promise<void> {
		await stop(this.#child);
	}
}

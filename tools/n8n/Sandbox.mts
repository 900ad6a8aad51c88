import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kill, spawnNode, stop } from './children.mts';
import { root } from './root.mts';
import { SandboxClient, type SandboxInfo } from './SandboxClient.mts';

interface Started {
	child: ChildProcess;
	info: SandboxInfo;
}

async function spawnSandbox(port: string, flags: string[]): Promise<Started> {
	const main = join(root, 'sandbox', 'main.mts');
	const args = [main, '--port', port, '--json', ...flags];
	// Many sandboxes are started, so their code is compiled once for all of them.
	const env = { NODE_COMPILE_CACHE: join(root, '.cache', 'compile') };
	const child = spawnNode(args, { env, output: ['pipe', 'inherit'] });
	if (child.stdout === null) throw new Error('the sandbox has no standard output');
	for await (const line of createInterface({ input: child.stdout }))
		return { child, info: JSON.parse(line) };
	throw new Error('the sandbox ended before it was ready');
}

/** The sandbox in its own process. */
export class Sandbox extends SandboxClient {
	readonly #flags: string[];
	#child: ChildProcess;

	private constructor({ child, info }: Started, flags: string[]) {
		super(info);
		this.#child = child;
		this.#flags = flags;
	}

	static async start(...flags: string[]): Promise<Sandbox> {
		return await Sandbox.at(0, ...flags);
	}

	/** Starts it on a given port; 0 picks a free one. */
	static async at(port: number, ...flags: string[]): Promise<Sandbox> {
		return new Sandbox(await spawnSandbox(String(port), flags), flags);
	}

	/** Ends it like a crash and starts it again at the same address; only `--state` survives that. */
	async crash(): Promise<void> {
		await kill(this.#child);
		const { port } = new URL(this.info.baseUrl);
		this.#child = (await spawnSandbox(port, this.#flags)).child;
	}

	/** Lets this process end while the sandbox is running; the sandbox then ends too. */
	unref(): void {
		this.#child.unref();
		// A child's pipes are sockets, although they are declared as streams.
		for (const pipe of [this.#child.stdin, this.#child.stdout])
			if (pipe instanceof Socket) pipe.unref();
	}

	async stop(): Promise<void> {
		await stop(this.#child);
	}
}

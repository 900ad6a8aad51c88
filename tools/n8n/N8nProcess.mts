import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { kill, spawnNode, stop } from './children.mts';
import { freePort } from './freePort.mts';

const off = [
	'N8N_DIAGNOSTICS_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_ENABLED',
	'N8N_TEMPLATES_ENABLED',
	'N8N_PERSONALIZATION_ENABLED',
	'N8N_HIRING_BANNER_ENABLED',
	'N8N_DYNAMIC_BANNERS_ENABLED',
	'N8N_VERIFIED_PACKAGES_ENABLED',
	'N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED',
	'N8N_LICENSE_AUTO_RENEW_ENABLED',
	'N8N_SECURE_COOKIE',
];

/**
 * mcp-registry contacts a server on the network; instance-ai opens its own page before the workflows.
 * An older n8n has only one of them or neither, and does not start if a module is named that it does not have.
 */
function disabledModules(program: string): string {
	const modules = join(program, '..', '..', 'dist', 'modules');
	return ['mcp-registry', 'instance-ai'].filter((name) => existsSync(join(modules, name))).join();
}

/** How one process of n8n is started. */
export interface Launch {
	/** The path of n8n's program, see {@link ensureN8n}. */
	program: string;
	/** The command with its flags: `start` or `worker`. */
	command: string[];
	/** The user folder with its community packages and its log. */
	home: string;
	/** The port on which it reports that it is ready. */
	port: number;
	/** Its environment, in addition to the settings that keep it off the network. */
	variables: Record<string, string>;
}

/** One process of n8n on loopback: a main process or a worker. */
export class N8nProcess {
	readonly url: string;
	readonly #child: ChildProcess;
	readonly #log: string;

	private constructor(url: string, child: ChildProcess, log: string) {
		this.url = url;
		this.#child = child;
		this.#log = log;
	}

	/** Starts it and waits until it is ready, two minutes at most. */
	static async start({ program, command, home, port, variables }: Launch): Promise<N8nProcess> {
		const log = join(home, 'n8n.log');
		const out = openSync(log, 'a');
		const child = spawnNode([program, ...command], {
			cwd: home,
			output: [out, out],
			env: {
				...Object.fromEntries(off.map((name) => [name, 'false'])),
				N8N_USER_FOLDER: home,
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				N8N_DISABLED_MODULES: disabledModules(program),
				...variables,
			},
		});
		closeSync(out);
		const started = new N8nProcess(`http://127.0.0.1:${port}`, child, log);
		try {
			await started.#ready();
		} catch (error) {
			await started.stop();
			throw error;
		}
		return started;
	}

	async #ready(): Promise<void> {
		for (let attempt = 0; attempt < 240; attempt++) {
			if (this.hasEnded) break;
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			if (answer?.ok) return;
			await wait(500);
		}
		throw new Error(`n8n did not become ready. The end of its log:\n${this.logTail()}`);
	}

	get hasEnded(): boolean {
		return this.#child.exitCode !== null || this.#child.signalCode !== null;
	}

	/** The id of the process that runs workflows; the processes it starts have their own. */
	get pid(): number {
		if (this.#child.pid === undefined) throw new Error('n8n has no process');
		return this.#child.pid;
	}

	/** Everything that n8n has logged. */
	log(): string {
		return readFileSync(this.#log, 'utf8');
	}

	/** The last lines of n8n's own log. */
	logTail(): string {
		return this.log().split('\n').slice(-30).join('\n');
	}

	/** Ends n8n like a crash; its home stays for another start. */
	async kill(): Promise<void> {
		await kill(this.#child);
	}

	async stop(): Promise<void> {
		await stop(this.#child);
	}
}

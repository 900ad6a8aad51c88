import { spawnSync } from 'node:child_process';
import { freePort } from '../../tools/n8n/freePort.mts';
import { Server } from './Server.mts';

/** The suite's own Redis, which keeps its data over a restart. */
export class Redis {
	readonly #port: number;
	readonly #server: Server;

	private constructor(port: number, server: Server) {
		this.#port = port;
		this.#server = server;
	}

	static async start(parent: string): Promise<Redis> {
		const program = spawnSync('redis-server', ['--version']);
		if (program.error)
			throw new Error("Redis is not installed: install Debian's package redis-server.");
		const redis = new Redis(await freePort(), new Server(parent, 'redis'));
		await redis.#start();
		return redis;
	}

	async #start(): Promise<void> {
		await this.#server.start(
			'redis-server',
			[
				...['--port', String(this.#port), '--bind', '127.0.0.1'],
				...['--dir', this.#server.folder, '--appendonly', 'yes', '--save', ''],
			],
			() => this.#answers(),
		);
	}

	#answers(): boolean {
		try {
			return this.#server.run('redis-cli', ['-p', String(this.#port), 'ping']).trim() === 'PONG';
		} catch {
			return false;
		}
	}

	async restart(): Promise<void> {
		await this.stop();
		await this.#start();
	}

	/** What n8n needs to reach it. */
	get variables(): Record<string, string> {
		return {
			QUEUE_BULL_REDIS_HOST: '127.0.0.1',
			QUEUE_BULL_REDIS_PORT: String(this.#port),
		};
	}

	async stop(): Promise<void> {
		await this.#server.stop();
	}
}

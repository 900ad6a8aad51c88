import { randomBytes } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atEnd } from '../../tools/n8n/children.mts';
import { freePort } from '../../tools/n8n/freePort.mts';
import { N8n } from '../../tools/n8n/N8n.mts';
import { ensureN8n } from '../../tools/n8n/n8nPackage.mts';
import { N8nProcess } from '../../tools/n8n/N8nProcess.mts';
import { installNode } from '../../tools/n8n/nodePackage.mts';
import { Probe } from '../../tools/n8n/Probe.mts';
import { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { credentialData } from '../../tools/n8n/SandboxClient.mts';
import { Postgres } from './Postgres.mts';
import { Redis } from './Redis.mts';

export type BinaryMode = 'database' | 'filesystem';

/** Executions that one worker runs at a time: n8n's default. */
const concurrency = 10;

/** Short intervals: with n8n's defaults, the executions of a killed worker end after about 100 s. */
const clocks = {
	QUEUE_WORKER_LOCK_DURATION: '10000',
	QUEUE_WORKER_LOCK_RENEW_TIME: '3000',
	QUEUE_WORKER_STALLED_INTERVAL: '5000',
	N8N_EXECUTIONS_QUEUE_RECOVERY_INTERVAL: '1',
};

/** One of n8n's processes. */
export interface Running {
	name: string;
	pid: number;
}

const memoryProbe = join(import.meta.dirname, 'memoryProbe.mts');

/** n8n in queue mode on loopback: PostgreSQL, Redis, the sandbox, a main process, and workers. */
export class Cluster {
	readonly sandbox: Sandbox;
	readonly n8n: N8n;
	readonly redis: Redis;
	readonly postgres: Postgres;
	readonly credentialId: string;
	/** The folder for everything that is written; removed at the end. */
	readonly folder: string;
	readonly #program: string;
	readonly #variables: Record<string, string>;
	readonly #probe: Probe;
	readonly #workers = new Map<string, N8nProcess>();
	readonly #logs = new Map<string, () => string>();

	private constructor(parts: {
		sandbox: Sandbox;
		n8n: N8n;
		redis: Redis;
		postgres: Postgres;
		credentialId: string;
		folder: string;
		program: string;
		variables: Record<string, string>;
		probe: Probe;
	}) {
		this.sandbox = parts.sandbox;
		this.n8n = parts.n8n;
		this.redis = parts.redis;
		this.postgres = parts.postgres;
		this.credentialId = parts.credentialId;
		this.folder = parts.folder;
		this.#program = parts.program;
		this.#variables = parts.variables;
		this.#probe = parts.probe;
	}

	/** Starts everything but the workers. What was started ends with this process, even when a start fails. */
	static async start(mode: BinaryMode): Promise<Cluster> {
		const program = await ensureN8n();
		const folder = mkdtempSync(join(tmpdir(), 'signstash-queue-'));
		atEnd(() => rmSync(folder, { recursive: true, force: true }));
		// The servers' own users need access to their folders inside it.
		chmodSync(folder, 0o755);
		const pack = join(folder, 'pack');
		mkdirSync(pack);
		installNode(pack);
		const sandbox = await Sandbox.start('--state', join(folder, 'sandbox.sqlite'));
		writeFileSync(join(folder, 'ca.pem'), sandbox.info.certificates.caPem);
		const postgres = await Postgres.start(folder);
		const redis = await Redis.start(folder);
		const probe = new Probe(memoryProbe, mkdtempSync(join(folder, 'memory-')));
		const shared = join(folder, 'shared');
		mkdirSync(shared);
		const variables = {
			EXECUTIONS_MODE: 'queue',
			N8N_ENCRYPTION_KEY: randomBytes(24).toString('hex'),
			N8N_DEFAULT_BINARY_DATA_MODE: mode,
			N8N_STORAGE_PATH: shared,
			...postgres.variables,
			...redis.variables,
			...clocks,
			...probe.environment,
		};
		const n8n = await N8n.start(program, homeFor(folder, 'main'), folder, variables);
		const credentialId = await n8n.createCredential('SignStash', credentialData(sandbox));
		return new Cluster({
			...{ sandbox, n8n, redis, postgres, credentialId, folder, program, variables, probe },
		});
	}

	/** The certificate (PEM) of the sandbox's authority. */
	get caFile(): string {
		return join(this.folder, 'ca.pem');
	}

	async startWorker(name: string): Promise<void> {
		const home = homeFor(this.folder, name);
		const port = await freePort();
		const worker = await N8nProcess.start({
			program: this.#program,
			command: ['worker', `--concurrency=${concurrency}`],
			home,
			port,
			variables: {
				...this.#variables,
				QUEUE_HEALTH_CHECK_ACTIVE: 'true',
				QUEUE_HEALTH_CHECK_PORT: String(port),
				N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
			},
		});
		this.#workers.set(name, worker);
		this.#logs.set(name, () => worker.log());
	}

	/** Ends a worker as a crash or a power cut would. */
	async killWorker(name: string): Promise<void> {
		await this.#workers.get(name)?.kill();
		this.#workers.delete(name);
	}

	async stopWorker(name: string): Promise<void> {
		await this.#workers.get(name)?.stop();
		this.#workers.delete(name);
	}

	/** How many n8n processes have run executions so far: each fetches at most one first token. */
	get workersStarted(): number {
		return this.#logs.size;
	}

	/** The processes that are running now. */
	get processes(): Running[] {
		const workers = [...this.#workers].map(([name, { pid }]) => ({ name, pid }));
		return [{ name: 'main', pid: this.n8n.pid }, ...workers];
	}

	/** The bytes that a process still uses once garbage is collected. */
	async inUse({ pid }: Running): Promise<number> {
		return await this.#probe.ask(pid);
	}

	/** Which worker started an execution, according to its log. */
	workerOf(executionId: string): string | undefined {
		const words = `Worker started execution ${executionId} `;
		return [...this.#logs].find(([, log]) => log().includes(words))?.[0];
	}

	async close(): Promise<void> {
		await Promise.all([...this.#workers.values()].map(async (worker) => await worker.stop()));
		await this.n8n.stop();
		await this.redis.stop();
		await this.postgres.stop();
		await this.sandbox.stop();
		rmSync(this.folder, { recursive: true, force: true });
	}
}

/** Each process has its own user folder, with the package in it. */
function homeFor(folder: string, name: string): string {
	const home = join(folder, name);
	const packages = join('.n8n', 'nodes');
	mkdirSync(join(home, packages), { recursive: true });
	cpSync(join(folder, 'pack', packages), join(home, packages), { recursive: true });
	return home;
}

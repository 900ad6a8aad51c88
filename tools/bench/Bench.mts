import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atEnd } from '../n8n/children.mts';
import { Sandbox } from '../n8n/Sandbox.mts';
import type { BareCost, BareTask } from './bareLoop.mts';
import { writeDocuments, type Load } from './documents.mts';
import { Host, longestRunMs } from './Host.mts';
import { loadName, parallel, type Case, type Delay, type Place, type System } from './plan.mts';
import type { Sample } from './Results.mts';
import { missing } from './returned.mts';
import { workflowOf, type Boxes } from './workflows.mts';
import { workplace } from './workplace.mts';

interface Stats {
	requests: Record<string, number>;
	maxParallel: number;
	tokenCalls: number;
}

/** Bytes of content that the node puts into one request at most; the bare loop keeps to it. */
const requestLimit = 20_000_000;

const bareLoop = join(import.meta.dirname, 'bareLoop.mts');

/** The stage of a bench: an echoing sandbox, an n8n to be started anew for each run, input files. */
export class Bench {
	readonly #folder: string;
	readonly #sandbox: Sandbox;
	readonly #host: Host;
	readonly #inputs = new Map<string, string>();

	private constructor(folder: string, sandbox: Sandbox, host: Host) {
		this.#folder = folder;
		this.#sandbox = sandbox;
		this.#host = host;
	}

	/** Sets the stage in a folder of its own, which {@link close} removes. */
	static async set(): Promise<Bench> {
		const folder = mkdtempSync(join(workplace.folder, 'signstash-bench-'));
		atEnd(() => rmSync(folder, { recursive: true, force: true }));
		const documents = join(folder, 'documents');
		mkdirSync(documents);
		const sandbox = await Sandbox.start('--mode', 'echo');
		try {
			return new Bench(folder, sandbox, await Host.prepare(folder, documents, sandbox));
		} catch (error) {
			await sandbox.stop();
			throw error;
		}
	}

	/** Runs n8n with nothing to do but reading the input's files. */
	async empty(load: Load): Promise<Sample> {
		return await this.#inN8n('empty', { load, delay: null, documentsPerRequest: 1 });
	}

	async run(system: System, one: Case): Promise<Sample> {
		return system === 'bare' ? await this.#bare(one) : await this.#inN8n(system, one);
	}

	async close(): Promise<void> {
		await this.#sandbox.stop();
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #inN8n(boxes: Boxes, one: Place): Promise<Sample> {
		const folder = this.#input(one.load);
		await this.#prepareServer(one.delay);
		const workflow = workflowOf(boxes, {
			folder,
			documentsPerRequest: one.documentsPerRequest,
			baseUrl: this.#sandbox.info.baseUrl,
			credentials: this.#host.credentials,
		});
		const { wallMs, peakBytes, databaseBytes, fault } = await this.#host.run(
			workflow,
			folder,
			boxes === 'empty' ? 1 : 2,
		);
		const counts = await this.#counts();
		return { wallMs, memoryBytes: peakBytes, databaseBytes, ...counts, ...(fault && { fault }) };
	}

	async #bare({ load, delay, documentsPerRequest }: Case): Promise<Sample> {
		const folder = this.#input(load);
		await this.#prepareServer(delay);
		const { baseUrl, tokenUrl } = this.#sandbox.info;
		const { clientId, clientSecret } = this.#sandbox.client;
		const fitting = Math.max(1, Math.floor(requestLimit / load.size));
		const task: BareTask = {
			folder,
			output: join(this.#folder, 'bare'),
			baseUrl,
			tokenUrl,
			clientId,
			clientSecret,
			documentsPerRequest: Math.min(documentsPerRequest, fitting),
			parallel,
		};
		const run = promisify(execFile);
		try {
			const program = [bareLoop, JSON.stringify(task)];
			const { stdout } = await run(process.execPath, program, { timeout: longestRunMs });
			const cost: BareCost = JSON.parse(stdout);
			const lost = missing(folder, task.output, 1);
			const fault = lost > 0 && { fault: `${lost} documents are missing` };
			return { ...cost, databaseBytes: 0, ...(await this.#counts()), ...fault };
		} finally {
			rmSync(task.output, { recursive: true, force: true });
		}
	}

	/** Documents are written when first wanted, and serve all runs of their load. */
	#input(load: Load): string {
		const name = loadName(load);
		const folder = this.#inputs.get(name) ?? writeDocuments(join(this.#folder, 'documents'), load);
		this.#inputs.set(name, folder);
		return folder;
	}

	async #prepareServer(delay: Delay | null): Promise<void> {
		await this.#sandbox.control('POST', '/reset');
		const none: Delay = { perRequestMs: 0, perDocumentMs: 0 };
		await this.#sandbox.control('PATCH', '/settings', { delay: delay ?? none });
	}

	/** Calls are counted without those for the token. */
	async #counts(): Promise<Pick<Sample, 'requests' | 'tokenCalls' | 'maxParallel'>> {
		const stats = await this.#sandbox.get<Stats>('/stats');
		const all = Object.values(stats.requests).reduce((sum, count) => sum + count, 0);
		const { tokenCalls, maxParallel } = stats;
		return { requests: all - tokenCalls, tokenCalls, maxParallel };
	}
}

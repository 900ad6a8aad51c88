import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { atEnd } from '../n8n/children.mts';
import { Sandbox } from '../n8n/Sandbox.mts';
import type { BareCost, BareTask } from './bareLoop.mts';
import type { Reachable } from '../n8n/SandboxClient.mts';
import { writeDocuments, type Load } from './documents.mts';
import { FarLine } from './FarLine.mts';
import { Host, longestRunMs } from './Host.mts';
import {
	far,
	loadName,
	parallel,
	type Case,
	type Delay,
	type Place,
	type System,
} from './plan.mts';
import type { Sample } from './Results.mts';
import { missing } from './returned.mts';
import { workflowOf, type Boxes } from './workflows.mts';
import { workplace } from './workplace.mts';

interface Stats {
	requests: Record<string, number>;
	maxParallel: number;
	tokenCalls: number;
}

/** The most bytes of content that the node puts into one request; the bare loop uses the same limit. */
const requestLimit = 20_000_000;

const bareLoop = join(import.meta.dirname, 'bareLoop.mts');

/** The servers of a bench: a sandbox that echoes, the same one over a slow line, and one that signs. */
interface Servers {
	echo: Sandbox;
	far: Reachable;
	line: FarLine;
	signing: Sandbox;
}

/** The setting of a bench: sandboxes, an n8n that is started again for each run, and input files. */
export class Bench {
	readonly #folder: string;
	readonly #servers: Servers;
	readonly #host: Host;
	readonly #inputs = new Map<string, string>();

	private constructor(folder: string, servers: Servers, host: Host) {
		this.#folder = folder;
		this.#servers = servers;
		this.#host = host;
	}

	/** Sets everything up in a new folder, which {@link close} removes. */
	static async set(): Promise<Bench> {
		const folder = mkdtempSync(join(workplace.folder, 'signstash-bench-'));
		atEnd(() => rmSync(folder, { recursive: true, force: true }));
		const documents = join(folder, 'documents');
		mkdirSync(documents);
		const servers = await startServers(folder);
		try {
			const { echo, far: farOne, line, signing } = servers;
			const host = await Host.prepare(folder, documents, [echo, farOne, signing], line.certificate);
			return new Bench(folder, servers, host);
		} catch (error) {
			await stopServers(servers);
			throw error;
		}
	}

	/** Runs n8n with nothing to do except reading the input files. */
	async empty(load: Load): Promise<Sample> {
		return await this.#inN8n('empty', { load, delay: null, documentsPerRequest: 1 });
	}

	async run(system: System, one: Case): Promise<Sample> {
		return system === 'bare' ? await this.#bare(one) : await this.#inN8n(system, one);
	}

	async close(): Promise<void> {
		await stopServers(this.#servers);
		rmSync(this.#folder, { recursive: true, force: true });
	}

	async #inN8n(boxes: Boxes, one: Place): Promise<Sample> {
		const folder = this.#input(one.load);
		const sandbox = this.#sandboxOf(one);
		await prepareServer(sandbox, one.delay);
		const server = one.delay?.roundTripMs === undefined ? sandbox : this.#servers.far;
		const workflow = workflowOf(boxes, {
			folder,
			documentsPerRequest: one.documentsPerRequest,
			baseUrl: server.info.baseUrl,
			credentials: this.#host.credentialsOf(server),
		});
		// An echoed file is found twice, read and returned; a signed file differs from the one that was sent.
		const times = boxes === 'empty' || one.load.kind === 'ubl' ? 1 : 2;
		const cost = await this.#host.run(workflow, server, folder, times);
		const { wallMs, peakBytes, databaseBytes, longestHoldMs, fault } = cost;
		const counts = await countsOf(sandbox);
		const told = { wallMs, memoryBytes: peakBytes, databaseBytes, longestHoldMs, ...counts };
		return { ...told, ...(fault && { fault }) };
	}

	async #bare({ load, delay, documentsPerRequest }: Case): Promise<Sample> {
		const folder = this.#input(load);
		const sandbox = this.#servers.echo;
		await prepareServer(sandbox, delay);
		const { baseUrl, tokenUrl } = sandbox.info;
		const { clientId, clientSecret } = sandbox.client;
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
			return {
				...cost,
				databaseBytes: 0,
				longestHoldMs: 0,
				...(await countsOf(sandbox)),
				...fault,
			};
		} finally {
			rmSync(task.output, { recursive: true, force: true });
		}
	}

	/** Documents are written when they are first needed, and used in all runs of their load. */
	#input(load: Load): string {
		const name = loadName(load);
		const folder = this.#inputs.get(name) ?? writeDocuments(join(this.#folder, 'documents'), load);
		this.#inputs.set(name, folder);
		return folder;
	}

	#sandboxOf({ load }: Place): Sandbox {
		return load.kind === 'ubl' ? this.#servers.signing : this.#servers.echo;
	}
}

async function startServers(folder: string): Promise<Servers> {
	const [echo, signing] = await Promise.all([Sandbox.start('--mode', 'echo'), Sandbox.start()]);
	const { client, info } = echo;
	const line = await FarLine.open(Number(new URL(info.baseUrl).port), far.roundTripMs, folder);
	const { baseUrl, tokenUrl } = info;
	const farInfo = { baseUrl: line.far(baseUrl), tokenUrl: line.far(tokenUrl) };
	return { echo, far: { info: farInfo, client }, line, signing };
}

async function stopServers({ echo, line, signing }: Servers): Promise<void> {
	line.close();
	await Promise.all([echo.stop(), signing.stop()]);
}

async function prepareServer(sandbox: Sandbox, delay: Delay | null): Promise<void> {
	await sandbox.control('POST', '/reset');
	const { perRequestMs = 0, perDocumentMs = 0 } = delay ?? {};
	await sandbox.control('PATCH', '/settings', { delay: { perRequestMs, perDocumentMs } });
}

/** Token calls are counted separately from all other requests. */
async function countsOf(
	sandbox: Sandbox,
): Promise<Pick<Sample, 'requests' | 'tokenCalls' | 'maxParallel'>> {
	const stats = await sandbox.get<Stats>('/stats');
	const all = Object.values(stats.requests).reduce((sum, count) => sum + count, 0);
	const { tokenCalls, maxParallel } = stats;
	return { requests: all - tokenCalls, tokenCalls, maxParallel };
}

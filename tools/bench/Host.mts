import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { N8n, type WorkflowFile } from '../n8n/N8n.mts';
import { ensureN8n } from '../n8n/n8nPackage.mts';
import { installNode, packagesOf } from '../n8n/nodePackage.mts';
import { Probe } from '../n8n/Probe.mts';
import { credentialData, type Reachable } from '../n8n/SandboxClient.mts';
import { databaseSize, StatusReader } from './database.mts';
import { forgetPeak, peakMemory, processorTime } from './processAccount.mts';
import { missing } from './returned.mts';
import { trigger, type CredentialIds } from './workflows.mts';

/** What one run cost n8n, without n8n's own start. */
export interface HostCost {
	/** From the request that starts the workflow until the finished execution is stored. */
	wallMs: number;
	/** Processor time of n8n's process during the run, which other programs on the machine disturb less. */
	cpuMs: number;
	/** The peak resident memory of n8n's process during the run, in bytes. */
	peakBytes: number;
	/** The longest time for which n8n's event loop was blocked. */
	longestHoldMs: number;
	/** By how many bytes the database grew. */
	databaseBytes: number;
	/** Why the run failed, when it did. */
	fault?: string;
}

/** Answers with the longest time for which n8n's event loop was blocked since the last question. */
export const loopProbe = join(import.meta.dirname, 'loopProbe.mts');

/** The shortest node that anyone would write. */
const naive = join(import.meta.dirname, 'naive');

const pollMs = 20;

/** How long to wait for a run before it counts as hanging. */
export const longestRunMs = 15 * 60_000;

/**
 * A real n8n whose runs can be measured one by one: every run gets its own process and a copy of the
 * same home, so that no run finds memory, tokens or data of another.
 */
export class Host {
	readonly #credentials = new Map<Reachable, CredentialIds>();
	readonly #program: string;
	readonly #folder: string;
	readonly #files: string;

	readonly #trusted: Record<string, string>;

	private constructor(program: string, folder: string, files: string, trusted: string) {
		this.#program = program;
		this.#folder = folder;
		this.#files = files;
		this.#trusted = { NODE_EXTRA_CA_CERTS: trusted };
	}

	/** The stored credentials for a server. */
	credentialsOf(server: Reachable): CredentialIds {
		const ids = this.#credentials.get(server);
		if (ids === undefined) throw new Error('n8n has no credentials for this server');
		return ids;
	}

	/**
	 * Installs n8n and the packed node below `folder`, with credentials for each of the servers. Workflows may
	 * read in `files`, and n8n trusts the certificate in `trusted` (a PEM file).
	 */
	static async prepare(
		folder: string,
		files: string,
		servers: readonly Reachable[],
		trusted: string,
	): Promise<Host> {
		const program = await ensureN8n();
		const home = join(folder, 'home');
		mkdirSync(home);
		installNode(home);
		cpSync(naive, join(packagesOf(home), 'n8n-nodes-naive'), { recursive: true });
		const n8n = await N8n.start(program, home, files, environment(home));
		try {
			const host = new Host(program, folder, files, trusted);
			for (const server of servers)
				host.#credentials.set(server, await storeCredentials(n8n, server));
			return host;
		} finally {
			await n8n.stop();
		}
	}

	/**
	 * Runs a workflow on a server once; `variables` is added to the usual environment, for example to take a
	 * profile. The run fails unless n8n's storage has each file of `input` at least `times` times, including the
	 * copy that was stored when the file was read.
	 */
	async run(
		workflow: WorkflowFile,
		server: Reachable,
		input: string,
		times: number,
		variables: Record<string, string> = {},
	): Promise<HostCost> {
		const home = mkdtempSync(join(this.#folder, 'run-'));
		const file = databaseOf(home);
		cpSync(join(this.#folder, 'home'), home, { recursive: true });
		try {
			const before = databaseSize(file);
			const probe = new Probe(loopProbe, home);
			const watched = { ...environment(home), ...this.#trusted, ...probe.environment };
			const settings = { ...watched, ...variables };
			const n8n = await N8n.start(this.#program, home, this.#files, settings);
			try {
				const id = await n8n.importWorkflow(workflow, this.credentialsOf(server).signStash);
				const cost = await measured(n8n, file, id, probe);
				await n8n.stop();
				const lost = missing(input, storageOf(home), times);
				const fault = cost.fault ?? (lost > 0 ? `${lost} documents are missing` : undefined);
				return { ...cost, databaseBytes: databaseSize(file) - before, ...(fault && { fault }) };
			} finally {
				await n8n.stop();
			}
		} finally {
			rmSync(home, { recursive: true, force: true });
		}
	}
}

const running = new Set(['new', 'running', 'waiting']);

const storageOf = (home: string): string => join(home, 'files');

const databaseOf = (home: string): string => join(home, '.n8n', 'database.sqlite');

function environment(home: string): Record<string, string> {
	return {
		NODE_ENV: 'production',
		N8N_DEFAULT_BINARY_DATA_MODE: 'filesystem',
		N8N_BINARY_DATA_STORAGE_PATH: storageOf(home),
	};
}

async function storeCredentials(n8n: N8n, server: Reachable): Promise<CredentialIds> {
	const { clientId, clientSecret } = server.client;
	const signStash = await n8n.createCredential('SignStash', credentialData(server));
	const generic = await n8n.createCredential(
		'OAuth2',
		{
			grantType: 'clientCredentials',
			accessTokenUrl: server.info.tokenUrl,
			clientId,
			clientSecret,
			scope: '',
			authentication: 'header',
			sendAdditionalBodyProperties: false,
			additionalBodyProperties: '',
		},
		'oAuth2Api',
	);
	return { signStash, generic };
}

async function measured(
	n8n: N8n,
	file: string,
	workflowId: string,
	probe: Probe,
): Promise<Omit<HostCost, 'databaseBytes'>> {
	const reader = new StatusReader(file);
	forgetPeak(n8n.pid);
	await probe.ask(n8n.pid);
	const cpuBefore = processorTime(n8n.pid);
	const started = performance.now();
	const executionId = await n8n.begin(workflowId, trigger);
	let peakBytes = 0;
	try {
		for (;;) {
			const status = reader.status(executionId);
			const wallMs = performance.now() - started;
			const peak = peakMemory(n8n.pid);
			peakBytes = Math.max(peakBytes, peak ?? 0);
			if (status === 'success') {
				const cpuMs = processorTime(n8n.pid) - cpuBefore;
				return { wallMs, cpuMs, peakBytes, longestHoldMs: await probe.ask(n8n.pid) };
			}
			const failed = { wallMs, cpuMs: 0, peakBytes, longestHoldMs: 0 };
			if (peak === undefined) return { ...failed, fault: 'n8n crashed' };
			if (!running.has(status)) return { ...failed, fault: await faultOf(n8n, executionId) };
			if (wallMs > longestRunMs) return { ...failed, fault: 'the run did not end' };
			await wait(pollMs);
		}
	} finally {
		reader.close();
	}
}

/** Why a run failed: what n8n stored about it or, if it could not even store that, what it logged. */
async function faultOf(n8n: N8n, executionId: string): Promise<string> {
	const { status, error, runData } = await n8n.executionEnd(executionId);
	const ofNode = Object.values(runData)
		.flat()
		.find((run) => run.error !== undefined)?.error;
	const logged = n8n
		.logTail()
		.split('\n')
		.findLast((line) => /error|invalid/i.test(line));
	return error?.message ?? ofNode?.message ?? logged?.trim().slice(0, 100) ?? status;
}

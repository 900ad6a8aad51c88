import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'flatted';
import { keepWatch, kill, stop } from './children.mts';
import { freePort } from './freePort.mts';

/** The owner of a throw-away n8n; it holds nothing but test data. */
export const owner = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Demo-Owner-2026',
};

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

/** A file of an item: its bytes lie in n8n's storage under `id`, or as base64 in `data` without one. */
export interface StoredFile {
	data: string;
	id?: string;
	fileName?: string;
	mimeType?: string;
}

/** An item of a finished run, as n8n stores it. */
export interface StoredItem {
	json: Record<string, unknown>;
	binary?: Record<string, StoredFile>;
	pairedItem?: unknown;
}

interface NodeRun {
	error?: { message: string; description?: string };
	data?: { main: Array<StoredItem[] | null> };
}

export interface Execution {
	status: string;
	error?: { message: string; description?: string };
	runData: Record<string, NodeRun[]>;
}

export interface WorkflowFile {
	name: string;
	nodes: Array<Record<string, unknown> & { name: string; type: string }>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A real n8n on loopback, with an owner who is logged in. */
export class N8n {
	readonly url: string;
	readonly #child: ChildProcess;
	readonly #log: string;
	#cookie = '';

	private constructor(url: string, child: ChildProcess, log: string) {
		this.url = url;
		this.#child = child;
		this.#log = log;
	}

	/**
	 * Starts n8n in `home`, anew or with what an earlier n8n left there; `files` are the folders (`;`
	 * between them) its workflows may read and write, `variables` its further environment.
	 */
	static async start(
		program: string,
		home: string,
		files: string,
		variables: Record<string, string> = {},
	): Promise<N8n> {
		const isNew = !existsSync(join(home, '.n8n', 'database.sqlite'));
		const port = await freePort();
		const log = join(home, 'n8n.log');
		const out = openSync(log, 'a');
		const child = spawn(process.execPath, [program, 'start'], {
			cwd: home,
			detached: true,
			stdio: ['ignore', out, out],
			env: {
				...process.env,
				...Object.fromEntries(off.map((name) => [name, 'false'])),
				N8N_USER_FOLDER: home,
				N8N_PORT: String(port),
				N8N_LISTEN_ADDRESS: '127.0.0.1',
				N8N_RUNNERS_BROKER_PORT: String(await freePort()),
				// The registry is on the network; the assistant's page would stand before the workflows.
				N8N_DISABLED_MODULES: 'mcp-registry,instance-ai',
				N8N_RESTRICT_FILE_ACCESS_TO: files,
				...variables,
			},
		});
		keepWatch(child);
		closeSync(out);
		const n8n = new N8n(`http://127.0.0.1:${port}`, child, log);
		try {
			await n8n.#ready();
			await n8n.#logIn(isNew);
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return n8n;
	}

	async #logIn(isNew: boolean): Promise<void> {
		if (isNew) await this.#rest('POST', '/rest/owner/setup', owner);
		await this.#rest('POST', '/rest/login', {
			emailOrLdapLoginId: owner.email,
			password: owner.password,
		});
	}

	async #ready(): Promise<void> {
		for (let attempt = 0; attempt < 240; attempt++) {
			if (this.#child.exitCode !== null) break;
			const answer = await fetch(`${this.url}/healthz/readiness`).catch(() => undefined);
			if (answer?.ok) return;
			await wait(500);
		}
		throw new Error(`n8n did not become ready. The end of its log:\n${this.logTail()}`);
	}

	/** The process that runs workflows; what it starts beside itself has others. */
	get pid(): number {
		if (this.#child.pid === undefined) throw new Error('n8n has no process');
		return this.#child.pid;
	}

	/** The last lines of n8n's own log. */
	logTail(): string {
		return readFileSync(this.#log, 'utf8').split('\n').slice(-30).join('\n');
	}

	async #rest<Result>(method: string, path: string, body?: unknown): Promise<Result> {
		const { data }: { data: Result } = JSON.parse(
			(await this.#call(method, path, body)).toString(),
		);
		return data;
	}

	async #call(method: string, path: string, body?: unknown): Promise<Buffer> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				'content-type': 'application/json',
				'browser-id': 'signstash-harness',
				cookie: this.#cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
		const bytes = Buffer.from(await response.arrayBuffer());
		if (!response.ok)
			throw new Error(`n8n ${method} ${path}: ${response.status} ${bytes.toString()}`);
		return bytes;
	}

	/** Stores a credential, of the node's own type unless another is named. @returns its id */
	async createCredential(
		name: string,
		data: Record<string, unknown>,
		type = 'signStashOAuth2Api',
	): Promise<string> {
		const { id } = await this.#rest<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	/** Gives a stored credential other data, as saving it in the editor does; a token it holds stays. */
	async editCredential(id: string, name: string, data: Record<string, string>): Promise<void> {
		const type = 'signStashOAuth2Api';
		await this.#rest('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** Runs the credential's own test, as the editor does on saving. */
	async testCredential(
		id: string,
		name: string,
		data: Record<string, string>,
	): Promise<{ status: string; message: string }> {
		const credentials = { id, name, type: 'signStashOAuth2Api', data };
		return await this.#rest('POST', '/rest/credentials/test', { credentials });
	}

	/** Imports a workflow, with the credential put in wherever the SignStash node wants one. */
	async importWorkflow(file: WorkflowFile, credentialId: string): Promise<string> {
		const nodes = file.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-signstash.signStash')
				? { ...node, credentials: { signStashOAuth2Api: { id: credentialId, name: 'SignStash' } } }
				: node,
		);
		const body = { ...file, nodes, settings: file.settings ?? {}, active: false };
		const { id } = await this.#rest<{ id: string }>('POST', '/rest/workflows', body);
		return id;
	}

	/** The names of all node types that n8n has loaded, those of tools for agents too. */
	async nodeTypes(): Promise<string[]> {
		return await this.#typeNames('nodes');
	}

	async credentialTypes(): Promise<string[]> {
		return await this.#typeNames('credentials');
	}

	async #typeNames(kind: string): Promise<string[]> {
		const bytes = await this.#call('GET', `/types/${kind}.json`);
		const types: Array<{ name: string }> = JSON.parse(bytes.toString());
		return types.map(({ name }) => name);
	}

	/** Runs a workflow by hand from its trigger and waits until it ends, two minutes at most. */
	async run(workflowId: string, trigger: string): Promise<Execution> {
		return await this.executionEnd(await this.begin(workflowId, trigger));
	}

	/** Runs a workflow by hand without waiting. @returns the execution's id */
	async begin(workflowId: string, trigger: string): Promise<string> {
		const { executionId } = await this.#rest<{ executionId: string }>(
			'POST',
			`/rest/workflows/${workflowId}/run`,
			{ triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** Stops an execution as the editor's button does. */
	async stopExecution(executionId: string): Promise<void> {
		await this.#rest('POST', `/rest/executions/${executionId}/stop`);
	}

	/** An execution as n8n has stored it; one that runs shows its nodes only if its workflow saves progress. */
	async execution(executionId: string): Promise<Execution> {
		const { status, data } = await this.#rest<{ status: string; data: string }>(
			'GET',
			`/rest/executions/${executionId}`,
		);
		const resultData = parse(data)?.resultData;
		return { status, error: resultData?.error, runData: resultData?.runData ?? {} };
	}

	/** Waits until an execution ends, two minutes at most. */
	async executionEnd(executionId: string): Promise<Execution> {
		for (let attempt = 0; attempt < 480; attempt++) {
			const execution = await this.execution(executionId);
			if (!['new', 'running', 'waiting'].includes(execution.status)) return execution;
			await wait(250);
		}
		throw new Error(`execution ${executionId} did not end`);
	}

	/** The bytes of a file that a node put out. */
	async readFile({ id, data }: StoredFile): Promise<Buffer> {
		if (id === undefined) return Buffer.from(data, 'base64');
		return await this.#call(
			'GET',
			`/rest/binary-data?action=download&id=${encodeURIComponent(id)}`,
		);
	}

	/** Ends n8n as a crash would; its home stays, for another start. */
	async kill(): Promise<void> {
		await kill(this.#child);
	}

	async stop(): Promise<void> {
		await stop(this.#child);
	}
}

import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'flatted';
import { freePort } from './freePort.mts';
import { N8nProcess } from './N8nProcess.mts';
import { N8nRest } from './N8nRest.mts';

/** A file of an item: its bytes are in n8n's storage under `id` or, without an id, as base64 in `data`. */
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

/** The statuses of an execution without an outcome. */
const unfinished = new Set(['new', 'running', 'waiting']);

/** The credentials of a node if it names a stored one. */
function ownCredential({ credentials }: WorkflowFile['nodes'][number]): unknown {
	const given: { signStashOAuth2Api?: { id?: string } } = Object(credentials);
	return given.signStashOAuth2Api?.id ? credentials : undefined;
}

/** n8n 2.20 answers 500 when it is asked for an execution about which it has stored nothing yet. */
function ifNothingStored(error: unknown): undefined {
	if (error instanceof Error && / 500 .*\(reading 'resultData'\)/.test(error.message)) return;
	throw error;
}

/** n8n 1 on SQLite stores that an execution has ended before it stores the output of its nodes. */
const isStored = ({ status, runData }: Execution): boolean =>
	status !== 'success' || Object.keys(runData).length > 0;

/** A real n8n on loopback, with its owner logged in. */
export class N8n {
	readonly #process: N8nProcess;
	readonly #rest: N8nRest;

	private constructor(started: N8nProcess) {
		this.#process = started;
		this.#rest = new N8nRest(started.url);
	}

	/**
	 * Starts n8n in `home`, which is new or has the database of an earlier start. Its workflows may read and
	 * write in the folders of `files` (separated by `;`); `variables` are added to its environment.
	 */
	static async start(
		program: string,
		home: string,
		files: string,
		variables: Record<string, string> = {},
	): Promise<N8n> {
		const port = Number(variables.N8N_PORT ?? (await freePort()));
		const n8n = new N8n(
			await N8nProcess.start({
				program,
				command: ['start'],
				home,
				port,
				variables: { N8N_PORT: String(port), N8N_RESTRICT_FILE_ACCESS_TO: files, ...variables },
			}),
		);
		try {
			await n8n.#rest.logIn();
		} catch (error) {
			await n8n.stop();
			throw error;
		}
		return n8n;
	}

	/** Whether the log-in of {@link owner} still works, so that this class can act in n8n. */
	get isLoggedIn(): boolean {
		return this.#rest.isLoggedIn;
	}

	get url(): string {
		return this.#process.url;
	}

	/** The id of the process that runs workflows; the processes it starts have their own. */
	get pid(): number {
		return this.#process.pid;
	}

	/** The last lines of n8n's own log. */
	logTail(): string {
		return this.#process.logTail();
	}

	/** Stores a credential, of the node's own type unless another is named. @returns its id */
	async createCredential(
		name: string,
		data: Record<string, unknown>,
		type = 'signStashOAuth2Api',
	): Promise<string> {
		const { id } = await this.#rest.json<{ id: string }>('POST', '/rest/credentials', {
			name,
			type,
			data,
		});
		return id;
	}

	/** Changes a stored credential's data, as saving it in the editor does; its stored token stays. */
	async editCredential(id: string, name: string, data: Record<string, string>): Promise<void> {
		const type = 'signStashOAuth2Api';
		await this.#rest.json('PATCH', `/rest/credentials/${id}`, { name, type, data });
	}

	/** A credential's data as n8n sends it to the editor, with secrets and the token masked. */
	async credentialData(id: string): Promise<Record<string, unknown>> {
		const path = `/rest/credentials/${id}?includeData=true`;
		return (await this.#rest.json<{ data: Record<string, unknown> }>('GET', path)).data;
	}

	/** Runs the credential's own test, as the editor does when it is saved. */
	async testCredential(
		id: string,
		name: string,
		data: Record<string, unknown>,
	): Promise<{ status: string; message: string }> {
		const credentials = { id, name, type: 'signStashOAuth2Api', data };
		return await this.#rest.json('POST', '/rest/credentials/test', { credentials });
	}

	/** Imports a workflow; SignStash nodes without a stored credential get this one. @returns its id */
	async importWorkflow(file: WorkflowFile, credentialId: string): Promise<string> {
		const standard = { id: credentialId, name: 'SignStash' };
		const nodes = file.nodes.map((node) =>
			node.type.startsWith('n8n-nodes-signstash.signStash')
				? { ...node, credentials: ownCredential(node) ?? { signStashOAuth2Api: standard } }
				: node,
		);
		// Without pinData n8n stores null, and the editor's second 'Execute step' fails on that.
		const body = { ...file, nodes, settings: file.settings ?? {}, active: false, pinData: {} };
		const { id } = await this.#rest.json<{ id: string }>('POST', '/rest/workflows', body);
		return id;
	}

	/** Makes n8n listen to the workflow's triggers. */
	async activate(workflowId: string): Promise<void> {
		const { versionId } = await this.#rest.json<{ versionId: string }>(
			'GET',
			`/rest/workflows/${workflowId}`,
		);
		await this.#rest.json('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
	}

	/** Whether an execution with this status has ended. */
	static hasEnded(status: string): boolean {
		return !unfinished.has(status);
	}

	/** The names of all node types that n8n has loaded, including tools for agents. */
	async nodeTypes(): Promise<string[]> {
		return await this.#typeNames('nodes');
	}

	async credentialTypes(): Promise<string[]> {
		return await this.#typeNames('credentials');
	}

	async #typeNames(kind: string): Promise<string[]> {
		const bytes = await this.#rest.bytes('GET', `/types/${kind}.json`);
		const types: Array<{ name: string }> = JSON.parse(bytes.toString());
		return types.map(({ name }) => name);
	}

	/** Runs a workflow manually from its trigger and waits until it ends, a few minutes at most. */
	async run(workflowId: string, trigger: string): Promise<Execution> {
		return await this.executionEnd(await this.begin(workflowId, trigger));
	}

	/** Runs a workflow manually without waiting. @returns the execution's id */
	async begin(workflowId: string, trigger: string): Promise<string> {
		const path = `/rest/workflows/${workflowId}`;
		// n8n 1.123 and 2.0 run the workflow that they are sent; newer ones ignore it and run the stored one.
		const workflowData = await this.#rest.json<unknown>('GET', path);
		const { executionId } = await this.#rest.json<{ executionId: string }>('POST', `${path}/run`, {
			triggerToStartFrom: { name: trigger },
			workflowData,
		});
		return executionId;
	}

	/** Stops an execution as the editor's button does. */
	async stopExecution(executionId: string): Promise<void> {
		await this.#rest.json('POST', `/rest/executions/${executionId}/stop`);
	}

	/** An execution as n8n has stored it; while it runs, its nodes only show if the workflow saves progress. */
	async execution(executionId: string): Promise<Execution> {
		const path = `/rest/executions/${executionId}`;
		const answer = await this.#rest
			.json<{ status: string; data: string }>('GET', path)
			.catch(ifNothingStored);
		if (answer === undefined) return { status: 'new', runData: {} };
		const { status, data } = answer;
		const stored: { resultData?: Partial<Execution> } | undefined = parse(data);
		const { error, runData = {} } = stored?.resultData ?? {};
		return { status, error, runData };
	}

	/** Waits until an execution ends; the node may look for a single document for over four minutes. */
	async executionEnd(executionId: string): Promise<Execution> {
		for (let attempt = 0; attempt < 1600; attempt++) {
			const execution = await this.execution(executionId);
			if (!unfinished.has(execution.status) && isStored(execution)) return execution;
			await wait(250);
		}
		throw new Error(`execution ${executionId} did not end`);
	}

	/** The bytes of a file in a node's output. */
	async readFile({ id, data }: StoredFile): Promise<Buffer> {
		if (id === undefined) return Buffer.from(data, 'base64');
		return await this.#rest.bytes(
			'GET',
			`/rest/binary-data?action=download&id=${encodeURIComponent(id)}`,
		);
	}

	/** Ends n8n like a crash; its home stays for another start. */
	async kill(): Promise<void> {
		await this.#process.kill();
	}

	async stop(): Promise<void> {
		await this.#process.stop();
	}
}

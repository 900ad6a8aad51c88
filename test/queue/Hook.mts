import { setTimeout as wait } from 'node:timers/promises';
import { N8n, type Execution, type WorkflowFile } from '../../tools/n8n/N8n.mts';
import type { Batch } from './documents.mts';
import type { Cluster } from './Cluster.mts';
import type { Postgres } from './Postgres.mts';

/** How long executions may take to end, in milliseconds. */
const longest = 900_000;

/** Requests to the webhook in progress at the same time. */
const lanes = 8;

/** A workflow that waits for documents at its webhook, and the outcomes of its executions. */
export class Hook {
	readonly #n8n: N8n;
	readonly #postgres: Postgres;
	readonly #workflowId: string;
	readonly #url: string;
	/** Requests that n8n has accepted. */
	accepted = 0;

	private constructor({ n8n, postgres }: Cluster, workflowId: string, path: string) {
		this.#n8n = n8n;
		this.#postgres = postgres;
		this.#workflowId = workflowId;
		this.#url = `${n8n.url}/webhook/${path}`;
	}

	/** Imports a workflow whose name is the path of its webhook, and has n8n listen. */
	static async open(cluster: Cluster, file: WorkflowFile): Promise<Hook> {
		const { n8n, credentialId } = cluster;
		const workflowId = await n8n.importWorkflow(file, credentialId);
		await n8n.activate(workflowId);
		return new Hook(cluster, workflowId, file.name);
	}

	/** Sends a batch as one form; n8n answers before the execution begins. */
	async sendBatch({ number, documents }: Batch): Promise<void> {
		await this.send(() => {
			const form = new FormData();
			form.set('batch', String(number));
			for (const [place, { name, bytes }] of documents.entries())
				form.set(`file${place}`, new Blob([new Uint8Array(bytes)]), name);
			return { body: form };
		});
	}

	async sendJson(value: unknown): Promise<void> {
		const headers = { 'content-type': 'application/json' };
		await this.send(() => ({ headers, body: JSON.stringify(value) }));
	}

	/** Calls the webhook again when a call is not accepted: n8n cannot accept any while Redis restarts. */
	async send(request: () => RequestInit): Promise<void> {
		for (let attempt = 0; attempt < 60; attempt++) {
			const answer = await fetch(this.#url, { method: 'POST', ...request() }).catch(
				() => undefined,
			);
			await answer?.arrayBuffer();
			if (answer?.ok) {
				this.accepted++;
				return;
			}
			await wait(500);
		}
		throw new Error(`n8n did not take a request at ${this.#url}:\n${this.#n8n.logTail()}`);
	}

	async sendBatches(batches: Batch[]): Promise<void> {
		const rest = [...batches];
		const lane = async (): Promise<void> => {
			for (let batch = rest.shift(); batch; batch = rest.shift()) await this.sendBatch(batch);
		};
		await Promise.all(Array.from({ length: lanes }, lane));
	}

	/** Waits until every execution has an outcome. @returns each with its id */
	async outcomes(): Promise<Map<string, Execution>> {
		const executions = new Map<string, Execution>();
		for (const id of await this.ended()) executions.set(id, await this.#n8n.execution(id));
		return executions;
	}

	/** Waits until every execution has an outcome. @returns their ids */
	async ended(): Promise<string[]> {
		const deadline = Date.now() + longest;
		let statuses = this.#statuses();
		while (statuses.size < this.accepted || [...statuses.values()].some(isOpen)) {
			if (Date.now() > deadline)
				throw new Error(
					`${this.accepted} executions, not all with an outcome: ${JSON.stringify([...statuses])}`,
				);
			await wait(1000);
			statuses = this.#statuses();
		}
		return [...statuses.keys()];
	}

	/** From the database: n8n's own list is paged, and misses executions between pages. */
	#statuses(): Map<string, string> {
		const rows = this.#postgres.query(
			`SELECT id, status FROM execution_entity WHERE "workflowId" = '${this.#workflowId}' ORDER BY id`,
		);
		const pairs = rows.split('\n').filter((row) => row !== '');
		return new Map(pairs.map((row) => [row.split('|')[0] ?? '', row.split('|')[1] ?? '']));
	}
}

const isOpen = (status: string): boolean => !N8n.hasEnded(status);

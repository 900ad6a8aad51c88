import { Cluster, type BinaryMode } from './Cluster.mts';
import { disturb, revocations } from './disturbances.mts';
import { makeBatches, type Batch } from './documents.mts';
import { armFaults } from './faults.mts';
import { Hook } from './Hook.mts';
import { Memory, type Course } from './Memory.mts';
import type { Size } from './sizes.mts';
import { toldBy, type Told } from './Told.mts';
import { recoverBox, recovering, signBox, signing } from './workflows.mts';

/** What the sandbox counted while the documents were signed for the first time. */
interface Calls {
	sign: number;
	/** Signing requests that were throttled. */
	busy: number;
	token: number;
	/** The highest allowed number of token calls: one for each process, and again for each revocation. */
	tokensAllowed: number;
}

/** The documents of a month's end, signed in queue mode while everything goes wrong that can. */
export class Trial {
	readonly cluster: Cluster;
	readonly batches: Batch[];
	readonly size: Size;
	/** What the executions reported, including those that ran a second time. */
	told: Told[] = [];
	memory: Course[] = [];
	seconds = 0;
	/** Seconds for the documents that were signed in advance. */
	aheadSeconds = 0;
	calls: Calls = { sign: 0, busy: 0, token: 0, tokensAllowed: 0 };
	readonly #hook: Hook;

	private constructor(cluster: Cluster, batches: Batch[], size: Size, hook: Hook) {
		this.cluster = cluster;
		this.batches = batches;
		this.size = size;
		this.#hook = hook;
	}

	static async prepare(mode: BinaryMode, size: Size): Promise<Trial> {
		const batches = await makeBatches(`${mode}-`, size);
		const cluster = await Cluster.start(mode);
		try {
			await cluster.startWorker('worker 1');
			await cluster.startWorker('worker 2');
			return new Trial(cluster, batches, size, await Hook.open(cluster, signing('sign')));
		} catch (error) {
			await cluster.close();
			throw error;
		}
	}

	/** If repeated, a tenth of the batches is sent a second time; others have three executions that begin at the same moment. */
	async run(): Promise<void> {
		const { cluster, size } = this;
		const { sandbox } = cluster;
		await sandbox.control('PATCH', '/settings', { delay: { perDocumentMs: 5 } });
		if (size.ahead > 0) await this.#signAhead();
		if (size.faulty) await armFaults(sandbox, size.documents);
		const memory = new Memory(() => cluster.processes);
		try {
			const started = performance.now();
			const disturbed = size.disturbed ? disturb(cluster, size.documents) : undefined;
			await Promise.all([disturbed, this.#sendAll()]);
			this.told = await this.#outcomes();
			this.seconds = (performance.now() - started) / 1000;
		} finally {
			this.memory = memory.end();
		}
		this.calls = await this.#countCalls();
	}

	/** The first run includes one-time costs; so there are two such runs, and the second counts. */
	async #signAhead(): Promise<void> {
		const { documents, executions, bytes, ahead } = this.size;
		const size = { documents: ahead, executions: (ahead * executions) / documents, bytes };
		const hook = await Hook.open(this.cluster, signing('ahead'));
		for (const prefix of ['warm-', 'ahead-']) {
			const batches = await makeBatches(prefix, size);
			const started = performance.now();
			await hook.sendBatches(batches);
			await hook.outcomes();
			this.aheadSeconds = (performance.now() - started) / 1000;
		}
		await this.cluster.sandbox.control('POST', '/reset');
	}

	async #sendAll(): Promise<void> {
		await this.#hook.sendBatches(
			this.batches.flatMap((batch) => Array.from({ length: this.timesAtOnce(batch) }, () => batch)),
		);
		await this.#hook.sendBatches(this.again);
	}

	/** How many executions the batches need. */
	get executions(): number {
		const first = this.batches.reduce((sum, batch) => sum + this.timesAtOnce(batch), 0);
		return first + this.again.length;
	}

	private get again(): Batch[] {
		return this.size.repeated ? this.batches.filter(({ number }) => number % 10 === 0) : [];
	}

	async #outcomes(): Promise<Told[]> {
		const executions = await this.#hook.outcomes();
		return [...executions].map(([id, execution]) => toldBy(id, execution, signBox));
	}

	async #countCalls(): Promise<Calls> {
		const calls =
			await this.cluster.sandbox.get<Array<{ on: string; status: number | null }>>('/calls');
		const sign = calls.filter(({ on }) => on === 'sign');
		return {
			sign: sign.length,
			busy: sign.filter(({ status }) => status === 429).length,
			token: calls.filter(({ on }) => on === 'token').length,
			tokensAllowed: this.cluster.workersStarted * (1 + (this.size.disturbed ? revocations : 0)),
		};
	}

	/** Lets the service answer everything again. */
	async calm(): Promise<void> {
		await this.cluster.sandbox.control('DELETE', '/faults');
	}

	/** Runs 'Recover by Reference' for each. @returns what was returned, and what was not found */
	async recover(references: string[]): Promise<Told[]> {
		const hook = await Hook.open(this.cluster, recovering('recover'));
		await hook.sendJson({ references });
		const executions = await hook.outcomes();
		return [...executions].map(([id, execution]) => toldBy(id, execution, recoverBox));
	}

	/** Sends batches again. @returns what these executions reported */
	async sendAgain(batches: Batch[]): Promise<Told[]> {
		const before = new Set((await this.#outcomes()).map(({ executionId }) => executionId));
		await this.#hook.sendBatches(batches);
		return (await this.#outcomes()).filter(({ executionId }) => !before.has(executionId));
	}

	/** How many executions of a batch start at the same moment. */
	timesAtOnce({ number }: Batch): number {
		return this.size.repeated && number % 5 === 3 ? 3 : 1;
	}
}

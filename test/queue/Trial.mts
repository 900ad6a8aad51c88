import { Cluster, type BinaryMode } from './Cluster.mts';
import { disturb, revocations } from './disturbances.mts';
import { makeBatches, type Batch } from './documents.mts';
import { armFaults } from './faults.mts';
import { Hook } from './Hook.mts';
import { Memory, type Course } from './Memory.mts';
import type { Size } from './sizes.mts';
import { toldBy, type Told } from './Told.mts';
import { recoverBox, recovering, signBox, signing } from './workflows.mts';

/** The batches that are signed before anything is measured: first executions include one-time costs. */
export const warmUp = 10;

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
	/** Seconds for the batches that are timed ahead of the others. */
	aheadSeconds = 0;
	/** Seconds for the other batches, without those that warm up. */
	seconds = 0;
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
		const ahead = warmUp + size.ahead;
		await this.#secondsFor(this.batches.slice(0, warmUp));
		this.aheadSeconds = await this.#secondsFor(this.batches.slice(warmUp, ahead));
		const memory = await Memory.before(cluster);
		if (size.faulty) await armFaults(sandbox, size.documents);
		const [seconds] = await Promise.all([
			this.#secondsFor(this.batches.slice(ahead), this.again),
			size.disturbed ? disturb(cluster, size.documents) : undefined,
		]);
		this.seconds = seconds;
		this.memory = await memory.after(cluster);
		this.told = await this.#outcomes();
		this.calls = await this.#countCalls();
	}

	async #secondsFor(batches: Batch[], again: Batch[] = []): Promise<number> {
		const started = performance.now();
		await this.#hook.sendBatches(
			batches.flatMap((batch) => Array.from({ length: this.timesAtOnce(batch) }, () => batch)),
		);
		await this.#hook.sendBatches(again);
		await this.#hook.ended();
		return (performance.now() - started) / 1000;
	}

	/** How many executions the batches need. */
	get executions(): number {
		const first = this.batches.reduce((sum, batch) => sum + this.timesAtOnce(batch), 0);
		return first + this.again.length;
	}

	private get again(): Batch[] {
		return this.size.repeated ? this.batches.filter(({ number }) => number % 10 === 0) : [];
	}

	/** The bytes of the documents that are signed while memory is compared. */
	get bytes(): number {
		const compared = this.batches.slice(warmUp + this.size.ahead);
		return compared
			.flatMap(({ documents }) => documents)
			.reduce((sum, { bytes }) => sum + bytes.length, 0);
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

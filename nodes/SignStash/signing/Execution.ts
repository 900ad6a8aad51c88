import type { Operation, OperationId } from '../service/Operation';

/** When an operation was made, if that can be determined: `own` is certain, the others go by its date. */
export type Made = 'own' | 'now' | 'before' | undefined;

/**
 * Milliseconds by which a date may be off: the Date of an answer may be a gateway's, and its clock another one than
 * that of the service, which dates operations.
 */
const unnoticed = 60_000;

/** Milliseconds by which a date without a zone may be off: it is Lisbon's time or UTC (contract: dates). */
const zoneDoubt = 4_000_000;

/**
 * What one execution of a workflow has done so far. n8n's Retry On Fail runs the node again within the same
 * execution: what was signed or sent before the retry belongs to the retry as well.
 */
export class Execution {
	/** How far the service's clock is ahead, in milliseconds. */
	private ahead = 0;
	/** The longest time that a signing request took to be answered, in milliseconds. */
	slowest = 0;
	/** Operations and receivers that were emailed after signing. */
	readonly mailed = new Set<string>();
	private readonly operations = new Set<OperationId>();
	private readonly references = new Map<string, 'answered' | 'open' | 'doubted'>();

	constructor(
		/** Identifies the execution in references; no two executions share it. */
		readonly id: string,
		/** When it began, in milliseconds since 1970. */
		private readonly began: number,
	) {}

	/** The service's time, taken from an answer, and our own; both in milliseconds since 1970. */
	hearTime(service: number, here: number): void {
		const ahead = service - here;
		if (Number.isFinite(ahead)) this.ahead = ahead;
	}

	/** An operation answered a request of this execution. */
	made(id: OperationId): void {
		this.operations.add(id);
	}

	/** A signing request was answered after this many milliseconds. */
	took(milliseconds: number): void {
		this.slowest = Math.max(this.slowest, milliseconds);
	}

	/** A request under this reference was answered; an earlier one that got no answer stays open. */
	used(reference: string): void {
		if (!this.hasLost(reference)) this.references.set(reference, 'answered');
	}

	/** A request under this reference got no answer. */
	lost(reference: string): void {
		this.references.set(reference, 'open');
	}

	/** A request under this reference was rejected, perhaps by a gateway that saw its answer. */
	doubted(reference: string): void {
		if (!this.references.has(reference)) this.references.set(reference, 'doubted');
	}

	/** Whether this execution has sent a request under this reference. */
	knows(reference: string): boolean {
		return this.references.has(reference);
	}

	/** Whether a request of this execution under this reference was answered, or may have arrived. */
	hasUsed(reference: string): boolean {
		return this.knows(reference) && !this.hasDoubted(reference);
	}

	/** Whether every known request under this reference was rejected. */
	hasDoubted(reference: string): boolean {
		return this.references.get(reference) === 'doubted';
	}

	/** Whether a request of this execution may have arrived under this reference and got no answer. */
	hasLost(reference: string): boolean {
		return this.references.get(reference) === 'open';
	}

	/** When an operation was made, relative to the start of this execution. */
	madeWhen({ id, createdAt, zoneGiven }: Pick<Operation, 'id' | 'createdAt' | 'zoneGiven'>): Made {
		if (this.operations.has(id)) return 'own';
		if (createdAt === undefined) return undefined;
		const zone = zoneGiven === false ? zoneDoubt : 0;
		const after = createdAt - this.ahead - this.began;
		// If the clock lags unnoticed, a signature made by this execution must not count as an earlier one.
		if (after < -zone - unnoticed) return 'before';
		return after >= zone + (this.ahead === 0 ? 0 : unnoticed) ? 'now' : undefined;
	}

	/** The number of entries, for the limit on how many are kept. */
	get size(): number {
		return this.operations.size + this.references.size;
	}
}

/** The most executions and entries that are remembered; the most recently used ones stay. */
const most = { executions: 200, entries: 200_000 };

const executions = new Map<string, Execution>();

/**
 * The execution with this id, as this process knows it from its earlier tries; `now` is when it began if it is
 * new. Steps of one execution may have different credentials: what it did at one service says nothing about
 * another, where the same references and operation ids are other documents.
 */
export function executionOf(id: string, now: number, service = ''): Execution {
	const own = JSON.stringify([id, service]);
	const execution = executions.get(own) ?? new Execution(id, now);
	executions.delete(own);
	executions.set(own, execution);
	let entries = [...executions.values()].reduce((sum, { size }) => sum + size, 0);
	for (const [key, { size }] of executions) {
		if (executions.size <= most.executions && entries <= most.entries) break;
		if (key === own) break;
		executions.delete(key);
		entries -= size;
	}
	return execution;
}

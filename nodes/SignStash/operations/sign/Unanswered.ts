import { Fault, Unsettled } from '../../Fault';

/** After this many documents in a row without a clear answer, a run sends no more. */
const most = 5;

/**
 * Counts documents that ended without a clear answer, one after the other. A service in that state may sign what
 * it does not answer: each further document would be one more to look for.
 */
export class Unanswered {
	private readonly references: string[] = [];
	private last?: unknown;

	/** A document got a clear answer. */
	answered(): void {
		if (!this.areTooMany) this.references.length = 0;
	}

	/** A document ended in a fault; those that share a signature (`of`) count once. */
	ended(of: unknown, fault: unknown): void {
		const isOpen = fault instanceof Unsettled && fault.failure?.cause === 'temporarily-unavailable';
		if (!isOpen) return this.answered();
		if (of !== this.last) this.references.push(fault.details.externalReference ?? '');
		this.last = of;
	}

	get areTooMany(): boolean {
		return this.references.length >= most;
	}

	/** The fault of a document that is not sent because of them. */
	faultOf(name: string): Fault {
		return new Fault(
			`'${name}' was not sent: the ${most} documents before it, one after the other, got no clear answer`,
			`First find out what became of those with 'Recover by Reference': ${this.references.slice(0, most).join(', ')}. Then run the workflow again.`,
			{},
			{ cause: 'temporarily-unavailable' },
		);
	}
}

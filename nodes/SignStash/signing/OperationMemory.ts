import { free } from '../bytes/blocks';
import { factsOf, type Operation, type OperationId } from '../service/Operation';
import type { Reply } from '../service/Reply';
import { withCalls, type Picked, type Service } from './Ports';
import { isFinished, outcomeOf } from './sightings';

/** Bytes of contents that are kept for documents that have not asked yet. */
const mostKept = 64_000_000;

/** A finished operation, and the contents that have not been taken yet, by their place in it. */
interface Remembered {
	facts: Operation;
	contents: Map<number, Buffer>;
	taken: Set<number>;
}

/**
 * What a run has read of operations that its documents share. If documents that were signed together were looked
 * up one by one, the contents of all of them would be sent each time. So a finished operation is read once, and
 * each document takes its own content; an unfinished one is read again each time.
 */
export class OperationMemory {
	private readonly operations = new Map<OperationId, Remembered>();
	private readonly reading = new Map<OperationId, Promise<unknown>>();
	private bytes = 0;

	/** The operation with the contents of the picked documents, from memory or from `read`. */
	async detail(
		id: OperationId,
		content: boolean,
		picked: Picked,
		read: () => Promise<Reply<Operation>>,
	): Promise<Reply<Operation>> {
		const other = this.reading.get(id);
		if (other) await other;
		const known = this.remembered(id, content, picked);
		if (known) return { is: 'answer', body: known };
		const reading = read();
		const ended = reading.catch(() => undefined);
		this.reading.set(id, ended);
		try {
			const reply = await reading;
			return reply.is === 'answer' ? { is: 'answer', body: this.take(reply.body, picked) } : reply;
		} finally {
			if (this.reading.get(id) === ended) this.reading.delete(id);
		}
	}

	/** Undefined when a picked document, or its content, is not available. */
	private remembered(id: OperationId, content: boolean, picked: Picked): Operation | undefined {
		const known = this.operations.get(id);
		if (!known) return undefined;
		const own = placesOf(known.facts, picked);
		const isAtHand = (place: number): boolean =>
			place >= 0 && (!content || known.contents.has(place) || hasFailed(known.facts, place));
		if (![...own].every(isAtHand)) return undefined;
		if (!content) return known.facts;
		const documents = known.facts.documents.map((document, place) => {
			if (!own.has(place)) return document;
			known.taken.add(place);
			return { ...document, content: this.handOut(known, place) };
		});
		return { ...known.facts, documents };
	}

	/** Keeps the contents of others if their documents may still ask for them, and releases them otherwise. */
	private take(operation: Operation, picked: Picked): Operation {
		const facts = factsOf(operation);
		const own = placesOf(facts, picked);
		const isShared = isFinished(operation) && operation.documents.length > 1;
		const known = isShared ? this.remember(facts) : undefined;
		const documents = operation.documents.map((document, place) => {
			if (own.has(place)) known?.taken.add(place);
			else if (document.content) this.keep(known, place, document.content);
			return own.has(place) ? document : (facts.documents[place] ?? document);
		});
		return { ...operation, documents };
	}

	private remember(facts: Operation): Remembered {
		const earlier = this.operations.get(facts.id);
		const contents = earlier?.contents ?? new Map<number, Buffer>();
		const known = { facts, contents, taken: earlier?.taken ?? new Set<number>() };
		this.operations.set(facts.id, known);
		return known;
	}

	private keep(known: Remembered | undefined, place: number, content: Buffer): void {
		const isWanted = known && !known.taken.has(place) && !known.contents.has(place);
		if (isWanted) this.makeRoom(known, content.length);
		if (!isWanted || this.bytes + content.length > mostKept) {
			free(content);
			return;
		}
		known.contents.set(place, content);
		this.bytes += content.length;
	}

	/** Whatever was read for earlier operations is dropped to make room. */
	private makeRoom(known: Remembered, bytes: number): void {
		for (const other of this.operations.values()) {
			if (this.bytes + bytes <= mostKept) return;
			if (other === known) continue;
			for (const place of [...other.contents.keys()]) {
				const content = this.handOut(other, place);
				if (content) free(content);
			}
		}
	}

	private handOut({ contents }: Remembered, place: number): Buffer | undefined {
		const content = contents.get(place);
		contents.delete(place);
		this.bytes -= content?.length ?? 0;
		return content;
	}
}

/** Places of the picked documents; -1 for one that the operation does not show. */
const placesOf = (facts: Operation, picked: Picked): Set<number> =>
	new Set(picked(facts).map((one) => (one ? facts.documents.indexOf(one) : -1)));

function hasFailed(facts: Operation, place: number): boolean {
	const outcome = outcomeOf(facts, facts.documents[place]);
	return outcome === 'failed' || outcome === 'failedForGood';
}

/** A service that remembers operations for a run. Requests without a pick are passed on. */
export const remembering = (service: Service, memory: OperationMemory): Service =>
	withCalls(service, {
		detail: async (id, content, picked) => {
			const read = async () => await service.detail(id, content);
			return picked ? await memory.detail(id, content, picked, read) : await read();
		},
	});

import type { Known, Seen, Sighting, State } from '../../nodes/SignStash/signing/known';
import { rowReference } from '../../nodes/SignStash/signing/references';

/** A document of a scenario; `content` stands for its bytes and settings. */
export interface Doc {
	reference: string;
	content: string;
	derived: boolean;
}

/** What is not known of the service, as far as it matters to signing. */
export interface World {
	/** Which references the service keeps unique. */
	unique: 'documents' | 'request' | 'both';
	/** Whether a reference may be used anew once its operation failed. */
	spentFree: boolean;
	/** What a found operation tells of its document: the request's mark, its length, or nothing. */
	evidence: 'mark' | 'length' | 'nothing';
}

/** `error`: the service will try again by itself, though the document is said to have failed. */
type Held = 'waiting' | 'error' | 'signed' | 'failed' | 'failedForGood';

export interface Op {
	/** The run whose request it is. */
	run: number;
	mark: string;
	documents: Array<{ reference: string; content: string; held: Held }>;
	/** Its request arrived twice, and its client heard only that the second was refused: it cannot tell whose it is. */
	twice?: true;
}

export interface Request {
	run: number;
	mark: string;
	documents: Array<{ reference: string; content: string }>;
}

export const finished = ({ documents }: Op): boolean =>
	documents.every(({ held }) => held !== 'waiting' && held !== 'error');

const spent = ({ held }: Op['documents'][number]): boolean =>
	held === 'failed' || held === 'failedForGood';

/** How often a content was signed. */
export const signaturesOf = (ops: Op[], content: string): number =>
	ops
		.flatMap(({ documents }) => documents)
		.filter((one) => one.content === content && one.held === 'signed').length;

/** The operations after a request arrived; undefined when it is refused as a duplicate. */
export function register(ops: Op[], request: Request, world: World): Op[] | undefined {
	const { unique, spentFree } = world;
	const taken = ops.some((op) => {
		const free = (one: Op['documents'][number]) => spentFree && finished(op) && spent(one);
		const ofDocument = op.documents.some(
			(one) => !free(one) && request.documents.some(({ reference }) => reference === one.reference),
		);
		const ofRequest = op.mark === request.mark && !op.documents.every(free);
		return (unique !== 'request' && ofDocument) || (unique !== 'documents' && ofRequest);
	});
	if (taken) return undefined;
	const documents = request.documents.map((one) => ({ ...one, held: 'waiting' as const }));
	return [...ops, { run: request.run, mark: request.mark, documents }];
}

/** The newest operation that holds a document with this reference. */
export const findIn = (ops: Op[], reference: string): number =>
	ops.findLastIndex(({ documents }) => documents.some((one) => one.reference === reference));

/** The operations after the service worked on one of them. */
export const executed = (ops: Op[], index: number, result: Held[]): Op[] =>
	ops.map((op, at) =>
		at !== index
			? op
			: {
					...op,
					documents: op.documents.map((one, place) => ({
						...one,
						held: result[place] ?? result[0] ?? one.held,
					})),
				},
	);

/** How a client sees an operation: the state of its documents, and whose they are as far as the world shows it. */
export function seenBy(
	op: Op & { at: number },
	docs: Doc[],
	mark: string,
	known: Known,
	world: World,
	content: Sighting['content'],
	hasty = false,
): { is: 'operation' } & Seen {
	const found = known.doing === 'look' || (known.doing !== 'send' && known.origin === 'found');
	const documents = docs.map((doc): Sighting => {
		const reference = rowReference(doc.reference, known.attempt);
		const held = op.documents.find((one) => one.reference === reference);
		if (!held) return { state: 'absent', whose: 'unknown', content: 'missing' };
		const whose = found ? whoseIs(held.content === doc.content, doc, known, world) : 'ours';
		const state = hasty && held.held === 'error' ? 'failed' : stateOf(op, held.held);
		return { state, whose, content };
	});
	return {
		is: 'operation',
		id: String(op.at),
		finished: finished(op),
		ours: world.evidence === 'mark' && op.mark === mark,
		documents,
	};
}

function stateOf(op: Op, held: Held): State {
	if (held === 'signed') return 'signed';
	return finished(op) && held !== 'waiting' && held !== 'error' ? held : 'pending';
}

function whoseIs(same: boolean, { derived }: Doc, known: Known, { evidence }: World) {
	if (evidence === 'mark') return same ? 'ours' : 'anothers';
	if (derived) return 'ours';
	if (evidence === 'nothing') return 'unknown';
	if (same) return 'ours';
	return known.sent ? 'unknown' : 'anothers';
}

import type { State, Event, Sighting, Outcome } from '../../nodes/SignStash/signing/state';
import { againReference, rowReference } from '../../nodes/SignStash/signing/references';

/** A document of a scenario; `content` stands for its bytes and settings. */
export interface Doc {
	reference: string;
	content: string;
	derived: boolean;
}

/** What is unknown about the service and matters to signing. */
export interface World {
	/** Which references the service keeps unique. */
	unique: 'documents' | 'request' | 'both';
	/** Whether a reference may be used again once its operation has failed. */
	spentFree: boolean;
	/**
	 * What shows whose a document is: the request's mark, or the signed content once it has arrived. With `nothing`,
	 * operations have no dates either.
	 */
	evidence: 'mark' | 'content' | 'nothing';
	/** Answers a reference that is in use with the earlier operation, instead of refusing it. */
	replays: boolean;
}

/** `error`: the service will try again on its own, although the document is reported as failed. */
type Held = 'waiting' | 'error' | 'signed' | 'failed' | 'failedForGood';

export interface Op {
	/** The execution whose request it is. */
	run: number;
	mark: string;
	documents: Array<{ reference: string; content: string; held: Held }>;
	/** Its request arrived twice, and its client heard only that the second was refused, so it cannot know whose it is. */
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

/** How often a content was signed; counted per reference and its successors where another reference asks for another signature. */
export const signaturesOf = (ops: Op[], content: string, reference?: string): number =>
	ops
		.flatMap(({ documents }) => documents)
		.filter(
			(one) =>
				one.content === content &&
				one.held === 'signed' &&
				(reference === undefined ||
					one.reference === reference ||
					one.reference.startsWith(`${reference}~`)),
		).length;

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

/** The newest operation that contains a document with this reference. */
export const findIn = (ops: Op[], reference: string): number =>
	ops.findLastIndex(({ documents }) => documents.some((one) => one.reference === reference));

/** The operations after the service has processed one of them. */
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

/** The reference that a document has at the moment. */
export const memberOf = ({ reference }: Doc, { again, attempt }: State, run: number): string =>
	rowReference(again ? againReference(reference, String(run)) : reference, attempt);

/** Who looks at an operation. */
export interface Viewer {
	docs: Doc[];
	state: State;
	world: World;
	/** The execution. */
	run: number;
	/** Operations that existed when the execution began. */
	since: number;
	/** Operations that the execution knows to be its own. */
	own: number[];
	mark: string;
	hasty?: true;
	bySet?: true;
}

/** How a client sees an operation: the state of its documents, and whose they are, if the world shows it. */
export function seenBy(
	op: Op & { at: number },
	viewer: Viewer,
	content: Sighting['content'],
): Extract<Event, { is: 'operation' }> {
	const { docs, state, world, run, since, own, mark, hasty } = viewer;
	const documents = docs.map((doc): Sighting => {
		const reference = memberOf(doc, state, run);
		const held = op.documents.find((one) => one.reference === reference);
		if (!held) return { outcome: 'absent', whose: 'unknown', content: 'missing' };
		const outcome = hasty && held.held === 'error' ? 'failed' : outcomeOf(op, held.held);
		const hasContent = held.held === 'signed' && content === 'enough';
		return { outcome, whose: whoseIs(op, held.content, doc, hasContent, viewer), content };
	});
	const dated = op.at < since ? 'before' : 'now';
	return {
		is: 'operation',
		id: String(op.at),
		finished: finished(op),
		ours: world.evidence === 'mark' && op.mark === mark,
		replayed: world.evidence === 'mark' && op.mark !== mark,
		made: own.includes(op.at) ? 'own' : world.evidence === 'nothing' ? undefined : dated,
		documents,
	};
}

function outcomeOf(op: Op, held: Held): Outcome {
	if (held === 'signed') return 'signed';
	return finished(op) && held !== 'waiting' && held !== 'error' ? held : 'pending';
}

function whoseIs(
	op: Op,
	held: string,
	{ content, derived }: Doc,
	hasContent: boolean,
	{ world: { evidence }, bySet }: Viewer,
): Sighting['whose'] {
	const same = bySet ? op.documents.some((one) => one.content === content) : held === content;
	if (evidence === 'mark' || (evidence === 'content' && hasContent))
		return same ? 'ours' : 'anothers';
	return derived ? 'ours' : 'unknown';
}

import type { Content } from '../../../nodes/SignStash/bytes/Content';
import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation, OperationId } from '../../../nodes/SignStash/service/Operation';

/** How the service carries out what it registers. */
export type Outcome = 'now' | 'pending' | 'error first' | 'failed' | 'one bad' | 'no content';

/** Ways in which a look-up may say that there is nothing; `never clearly`: each time in other words. */
export type NotFoundForm = 'in the same words' | 'never clearly';

/** How the service writes the reference of a document. */
export type Shown = 'as sent' | 'in capitals' | 'padded' | 'cut short' | 'not at all';

/** What is unknown about the service and simulated here. */
export interface World {
	notFound: NotFoundForm;
	/** Whether operations show the request's own reference. */
	showsMarks: boolean;
	/** Whether operations show when they were made. */
	showsDates: boolean;
	shown: Shown;
	/** Answers with the operation that has the reference, instead of refusing it. */
	replays: boolean;
	/** Whether a reference may be used again once its operation has failed. */
	spentFree: boolean;
}

/** Who sent a request, and when: the number of the call among all calls. */
export interface Sender {
	execution: string;
	call: number;
}

/** A signature that was made. */
export interface Signature extends Sender {
	reference: string;
	content: Buffer;
	operation: OperationId;
}

interface Entry {
	operation: Operation;
	request: SignRequest;
	sender: Sender;
	outcome: Outcome;
	/** Number of polls that still see it as pending. */
	polls: number;
	/** Number of look-ups that do not see it yet. */
	lag: number;
}

/** The signed form of a content. */
export const signedForm = (content: Buffer): Buffer =>
	Buffer.concat([content, Buffer.from(' signed')]);

/** The simulation's contents are in memory, so the model signs them directly. */
export class Held implements Content {
	readonly length: number;

	constructor(readonly bytes: Buffer) {
		this.length = bytes.length;
	}

	async *pieces(): AsyncGenerator<Buffer> {
		yield this.bytes;
	}

	release(): void {}
}

const bytesOf = (content: Content | undefined): Buffer => {
	if (content instanceof Held) return content.bytes;
	throw new Error('a content that the simulation did not make');
};

const written: Record<Shown, (reference: string) => string> = {
	'as sent': (reference) => reference,
	'in capitals': (reference) => reference.toUpperCase(),
	padded: (reference) => ` ${reference} `,
	'cut short': (reference) => reference.slice(0, -1),
	'not at all': () => '',
};

/** The service as the contract describes it, without a network: what it registers, and how often it signs. */
export class Model {
	private readonly byReference = new Map<string, Entry>();
	private readonly entries: Entry[] = [];
	readonly signatures: Signature[] = [];

	constructor(private readonly world: World) {}

	/** The operation that has one of a request's references. */
	holding(request: SignRequest): Operation | undefined {
		return this.entryOf(request)?.operation;
	}

	private entryOf({ documents }: SignRequest): Entry | undefined {
		const entries = documents.map(({ documentRequest }) =>
			this.byReference.get(documentRequest.externalReference),
		);
		return entries.find((entry) => entry !== undefined && !this.isFree(entry));
	}

	private isFree({ operation }: Entry): boolean {
		return this.world.spentFree && operation.status === 'EXECUTION_FAILED';
	}

	/** Registers a request and, unless it is to wait, executes it; undefined when a reference is in use (409 0.0.7). */
	register(
		request: SignRequest,
		outcome: Outcome,
		lag: number,
		sender: Sender,
		now: number,
	): Operation | undefined {
		if (this.entryOf(request)) return undefined;
		const references = request.documents.map(
			({ documentRequest }) => documentRequest.externalReference,
		);
		const waiting = outcome === 'pending' || outcome === 'error first';
		const date = { createdAt: now, zoneGiven: true };
		const entry: Entry = {
			request,
			outcome,
			sender,
			lag,
			polls: waiting ? 2 : 0,
			operation: {
				id: String(this.entries.length + 1),
				status: outcome === 'error first' ? 'EXECUTION_ERROR' : 'PENDING_EXECUTION',
				...(this.world.showsDates ? date : {}),
				requestReferences: this.world.showsMarks ? [request.externalReference] : [],
				documents: request.documents.map(({ documentRequest }) => ({
					externalReference: documentRequest.externalReference,
					name: documentRequest.name,
					contentLength: documentRequest.content.length,
					signStatus: outcome === 'error first' ? 'ERROR_SIGNING' : 'RECEIVED',
				})),
				receivers: [],
				raw: {},
			},
		};
		this.entries.push(entry);
		for (const reference of references) this.byReference.set(reference, entry);
		if (!waiting) this.execute(entry);
		return entry.operation;
	}

	/** Id of the operation that has the reference, unless the look-up lags behind. */
	find(reference: string): OperationId | undefined {
		const entry = this.byReference.get(reference);
		return entry === undefined || entry.lag-- > 0 ? undefined : entry.operation.id;
	}

	/** One poll: a pending operation comes closer to its end. */
	poll(id: OperationId): Operation | undefined {
		const entry = this.entries[Number(id) - 1];
		if (entry && entry.polls-- <= 0) this.execute(entry);
		return entry?.operation;
	}

	/** The operation with its signed contents. */
	detail(id: OperationId, content: boolean, first = false): Operation | undefined {
		const entry = this.entries[Number(id) - 1];
		if (!entry) return undefined;
		const hidden = !content || (first && entry.outcome === 'no content');
		const documents = entry.operation.documents.map((document, index) => {
			const sent = entry.request.documents[index]?.documentRequest.content;
			const externalReference = written[this.world.shown](document.externalReference);
			return hidden || document.signStatus !== 'SIGNED' || !sent
				? { ...document, externalReference }
				: { ...document, externalReference, content: signedForm(bytesOf(sent)) };
		});
		return { ...entry.operation, documents };
	}

	/** Everything pending is executed, and visible to every look-up. */
	calm(): void {
		for (const entry of this.entries) {
			entry.lag = 0;
			this.execute(entry);
		}
	}

	private execute(entry: Entry): void {
		const { operation, request, outcome, sender } = entry;
		if (operation.status === 'EXECUTED' || operation.status === 'EXECUTION_FAILED') return;
		const failed = outcome === 'failed';
		const documents = operation.documents.map((document, index) => {
			if (failed) return document;
			if (outcome === 'one bad' && index === 0) return { ...document, signStatus: 'ERROR_SIGNING' };
			const sent = request.documents[index];
			if (sent)
				this.signatures.push({
					...sender,
					reference: document.externalReference,
					content: bytesOf(sent.documentRequest.content),
					operation: operation.id,
				});
			return { ...document, signStatus: 'SIGNED' };
		});
		entry.operation = {
			...operation,
			status: failed ? 'EXECUTION_FAILED' : 'EXECUTED',
			documents,
		};
	}
}

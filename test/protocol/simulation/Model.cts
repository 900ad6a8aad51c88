import { createHash } from 'node:crypto';
import type { Content } from '../../../nodes/SignStash/bytes/Content';
import type { SignRequest } from '../../../nodes/SignStash/service/messages';
import type { Operation, OperationId } from '../../../nodes/SignStash/service/Operation';

/** How the service carries out what it registers. */
export type Execution = 'now' | 'pending' | 'error first' | 'failed' | 'one bad' | 'no content';

/** Ways in which a look-up may say that there is nothing; `never clearly`: each time in other words. */
export type NotFoundForm = 'in the same words' | 'never clearly';

interface Entry {
	operation: Operation;
	request: SignRequest;
	execution: Execution;
	/** Polls that still see it pending. */
	polls: number;
	/** Look-ups that do not see it yet. */
	lag: number;
}

/** What signing makes of a content. */
export const signedForm = (content: Buffer): Buffer =>
	Buffer.concat([content, Buffer.from(' signed')]);

/** Contents of the simulation are at hand: the model signs them at once. */
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

const keyOf = (content: Buffer, settings: unknown): string =>
	createHash('sha256').update(JSON.stringify(settings)).update(content).digest('hex');

/** The service as the contract has it, without a network: what it registers, and how often it signs. */
export class Model {
	private readonly byReference = new Map<string, Entry>();
	private readonly entries: Entry[] = [];
	private readonly made = new Map<string, number>();

	constructor(
		/** Whether operations show the request's own reference. */
		private readonly showsMarks: boolean,
	) {}

	/** How often this content was signed with these settings. */
	signatures(content: Buffer, settings: unknown): number {
		return this.made.get(keyOf(content, settings)) ?? 0;
	}

	/** Registers and, unless it is to wait, executes; undefined when a reference is in use (409 0.0.7). */
	register(request: SignRequest, execution: Execution, lag: number): Operation | undefined {
		const references = request.documents.map(
			({ documentRequest }) => documentRequest.externalReference,
		);
		if (references.some((reference) => this.byReference.has(reference))) return undefined;
		const waiting = execution === 'pending' || execution === 'error first';
		const entry: Entry = {
			request,
			execution,
			lag,
			polls: waiting ? 2 : 0,
			operation: {
				id: String(this.entries.length + 1),
				status: execution === 'error first' ? 'EXECUTION_ERROR' : 'PENDING_EXECUTION',
				requestReferences: this.showsMarks ? [request.externalReference] : [],
				documents: request.documents.map(({ documentRequest }) => ({
					externalReference: documentRequest.externalReference,
					name: documentRequest.name,
					contentLength: documentRequest.content.length,
					signStatus: execution === 'error first' ? 'ERROR_SIGNING' : 'RECEIVED',
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

	/** Id of the operation that holds the reference, unless the look-up lags behind. */
	find(reference: string): OperationId | undefined {
		const entry = this.byReference.get(reference);
		return entry === undefined || entry.lag-- > 0 ? undefined : entry.operation.id;
	}

	/** One poll: what is pending comes closer to its end. */
	poll(id: OperationId): Operation | undefined {
		const entry = this.entries[Number(id) - 1];
		if (entry && entry.polls-- <= 0) this.execute(entry);
		return entry?.operation;
	}

	/** The operation with its signed contents. */
	detail(id: OperationId, content: boolean, first = false): Operation | undefined {
		const entry = this.entries[Number(id) - 1];
		if (!entry) return undefined;
		const hidden = !content || (first && entry.execution === 'no content');
		const documents = entry.operation.documents.map((document, index) => {
			const sent = entry.request.documents[index]?.documentRequest.content;
			return hidden || document.signStatus !== 'SIGNED' || !sent
				? document
				: { ...document, content: signedForm(bytesOf(sent)) };
		});
		return { ...entry.operation, documents };
	}

	/** Everything that waits is executed, and every look-up sees it. */
	calm(): void {
		for (const entry of this.entries) {
			entry.lag = 0;
			this.execute(entry);
		}
	}

	private execute(entry: Entry): void {
		const { operation, request, execution } = entry;
		if (operation.status === 'EXECUTED' || operation.status === 'EXECUTION_FAILED') return;
		const failed = execution === 'failed';
		const documents = operation.documents.map((document, index) => {
			if (failed) return document;
			if (execution === 'one bad' && index === 0)
				return { ...document, signStatus: 'ERROR_SIGNING' };
			const sent = request.documents[index];
			if (sent) this.count(bytesOf(sent.documentRequest.content), sent.signatureInfo);
			return { ...document, signStatus: 'SIGNED' };
		});
		entry.operation = {
			...operation,
			status: failed ? 'EXECUTION_FAILED' : 'EXECUTED',
			documents,
		};
	}

	private count(content: Buffer, settings: unknown): void {
		const key = keyOf(content, settings);
		this.made.set(key, (this.made.get(key) ?? 0) + 1);
	}
}

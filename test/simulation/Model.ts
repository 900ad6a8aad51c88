import { createHash } from 'node:crypto';
import type { Content } from '../../nodes/SignStash/bytes/Content';
import type { SignOperation, SignRequest } from '../../nodes/SignStash/service/messages';

/** How the service carries out what it registers. */
export type Execution = 'now' | 'pending' | 'error first' | 'failed' | 'one bad' | 'no content';

/** Every way in which the contract lets a look-up say that there is nothing. */
export type NotFoundForm =
	| '404'
	| '404 with code'
	| '400 with code'
	| '500 with code'
	| 'empty 200';

interface Entry {
	operation: SignOperation;
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

	/** How often this content was signed with these settings. */
	signatures(content: Buffer, settings: unknown): number {
		return this.made.get(keyOf(content, settings)) ?? 0;
	}

	/** Registers and, unless it is to wait, executes; undefined when a reference is in use (409 0.0.7). */
	register(request: SignRequest, execution: Execution, lag: number): SignOperation | undefined {
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
				id: this.entries.length + 1,
				status: execution === 'error first' ? 'EXECUTION_ERROR' : 'PENDING_EXECUTION',
				documentList: request.documents.map(({ documentRequest }) => ({
					externalReference: documentRequest.externalReference,
					name: documentRequest.name,
					contentLength: documentRequest.content.length,
					signStatus: 'RECEIVED',
				})),
			},
		};
		this.entries.push(entry);
		for (const reference of references) this.byReference.set(reference, entry);
		if (!waiting) this.execute(entry);
		return entry.operation;
	}

	/** Id of the operation that holds the reference, unless the look-up lags behind. */
	find(reference: string): number | undefined {
		const entry = this.byReference.get(reference);
		return entry === undefined || entry.lag-- > 0 ? undefined : entry.operation.id;
	}

	/** One poll: what is pending comes closer to its end. */
	poll(id: number): SignOperation | undefined {
		const entry = this.entries[id - 1];
		if (entry && entry.polls-- <= 0) this.execute(entry);
		return entry?.operation;
	}

	/** The operation with its signed contents. */
	detail(id: number, content: boolean, first = false): SignOperation | undefined {
		const entry = this.entries[id - 1];
		if (!entry) return undefined;
		const hidden = !content || (first && entry.execution === 'no content');
		const documentList = entry.operation.documentList?.map((document, index) => {
			const sent = entry.request.documents[index]?.documentRequest.content;
			return hidden || document.signStatus !== 'SIGNED' || !sent
				? document
				: { ...document, signedContent: signedForm(bytesOf(sent)) };
		});
		return { ...entry.operation, documentList };
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
		const documentList = operation.documentList?.map((document, index) => {
			if (failed) return document;
			if (execution === 'one bad' && index === 0)
				return { ...document, signStatus: 'ERROR_SIGNING' as const };
			const sent = request.documents[index];
			if (sent) this.count(bytesOf(sent.documentRequest.content), sent.signatureInfo);
			return { ...document, signStatus: 'SIGNED' as const };
		});
		entry.operation = {
			...operation,
			status: failed ? 'EXECUTION_FAILED' : 'EXECUTED',
			documentList,
		};
	}

	private count(content: Buffer, settings: unknown): void {
		const key = keyOf(content, settings);
		this.made.set(key, (this.made.get(key) ?? 0) + 1);
	}
}

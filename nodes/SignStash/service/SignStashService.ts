import type { IHttpRequestOptions } from 'n8n-workflow';
import { AnswerReader } from './AnswerReader';
import type { Buffers } from '../bytes/Buffers';
import type { BaseOperation, OperationDocument, SignOperation, SignRequest } from './messages';
import { readAnswer, textOf } from './readAnswer';
import type { Reply } from './Reply';
import { parseJson, readThrown, readTokenFault, type RawAnswer } from './transport';
import { writeRequest } from './writeRequest';

/** The ways in which n8n makes an authenticated call and renews its token. */
export interface Caller {
	call(options: IHttpRequestOptions): Promise<RawAnswer>;
	/** Buffers that the calls of this run share. */
	readonly buffers: Buffers;
	/** How many times the token was renewed in this run. */
	readonly renewals: number;
	renewToken(): Promise<void>;
}

/** Most bytes of an answer: of one without contents, and of one with contents that nobody can foresee. */
const limits = { short: 16_000_000, contents: 1_500_000_000 };

/** Bytes that a signature adds to a document at most, so that one buffer holds it. */
const signatureRoom = 128 * 1024;

/** One call of the contract; `read` gives undefined for a body that is not what the call promises. */
interface Call<Value> {
	method: 'GET' | 'POST';
	path: string;
	body?: Buffer;
	/** Most bytes of the answer. */
	bytes: number;
	read: (pieces: AsyncIterable<Buffer>) => Promise<Value | undefined>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isOperation = (value: unknown): value is BaseOperation =>
	isObject(value) && Number.isSafeInteger(value.id) && typeof value.status === 'string';

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

/** A document as it is on the wire, before its content is bytes. */
const isDocument = (
	value: unknown,
): value is Omit<OperationDocument, 'signedContent'> & { signedContent?: unknown } =>
	isObject(value) &&
	typeof value.externalReference === 'string' &&
	typeof value.signStatus === 'string';

const reader =
	<Value>(accepts: (value: unknown) => value is Value) =>
	async (pieces: AsyncIterable<Buffer>): Promise<Value | undefined> => {
		const value = parseJson(await textOf(pieces));
		return accepts(value) ? value : undefined;
	};

/** Reads a whole operation; its documents' contents come as bytes. */
const operationReader =
	(expected: number, buffers: Buffers) =>
	async (pieces: AsyncIterable<Buffer>): Promise<SignOperation | undefined> => {
		const answer = new AnswerReader(expected, buffers);
		for await (const piece of pieces) answer.add(piece);
		const { json, contents } = answer.end();
		const value = parseJson(json);
		if (!isOperation(value) || !('documentList' in value)) return undefined;
		const documentList = documentsOf(value.documentList, contents);
		return documentList && { ...value, documentList };
	};

/** Each content has to be where the reader put its index; a number that an answer brings itself would be another's content. */
function documentsOf(list: unknown, contents: Buffer[]): OperationDocument[] | undefined {
	if (!Array.isArray(list) || !list.every(isDocument)) return undefined;
	const indexes = list.flatMap(({ signedContent }) =>
		typeof signedContent === 'number' ? [signedContent] : [],
	);
	if (indexes.length !== contents.length || indexes.some((index, place) => index !== place))
		return undefined;
	return list.map(({ signedContent, ...document }) => {
		const content = typeof signedContent === 'number' ? contents[signedContent] : undefined;
		return content && content.length > 0 ? { ...document, signedContent: content } : document;
	});
}

/** The wire: one method per call of the contract, each telling what became of it and never throwing. */
export class SignStashService {
	/** How often the token had been renewed when the last call began. */
	private renewals = 0;

	constructor(
		private readonly caller: Caller,
		private readonly baseUrl: string,
		/** Milliseconds one call may take. */
		private readonly timeout: number,
	) {}

	/**
	 * Signs a set of documents (contract: signBase64). The request is for the wire's own use: nothing of it
	 * is held while the answer is awaited.
	 */
	async sign(request: SignRequest): Promise<Reply<SignOperation>> {
		const lengths = request.documents.map(({ documentRequest }) => documentRequest.content.length);
		const expected = Math.max(0, ...lengths) + signatureRoom;
		let body: Buffer;
		try {
			body = await writeRequest(request, this.caller.buffers);
		} catch (error) {
			const why = error instanceof Error ? error.message : String(error);
			return { is: 'broken', sent: false, why: `a document could not be read: ${why}` };
		}
		const reply = await this.call({
			method: 'POST',
			path: 'document/sign/base64/',
			body,
			bytes: limits.short + body.length * 3,
			read: operationReader(expected, this.caller.buffers),
		});
		// After a fault the connection may still read the body; an operation in whole comes after it.
		if (reply.is === 'answer') this.caller.buffers.give(body);
		return reply;
	}

	/** Id of the operation that holds the document with this reference (contract: findOperation). */
	async find(reference: string): Promise<Reply<number>> {
		const path = `operation/id/withDocumentExternalReference/${encodeURIComponent(reference)}`;
		return await this.call({ method: 'GET', path, bytes: limits.short, read: reader(isId) });
	}

	async status(id: number): Promise<Reply<BaseOperation>> {
		const path = `operation/status/${id}`;
		return await this.call({ method: 'GET', path, bytes: limits.short, read: reader(isOperation) });
	}

	/** The whole operation; with `content`, each signed document's base64 comes along. */
	async detail(id: number, content: boolean): Promise<Reply<SignOperation>> {
		return await this.call({
			method: 'GET',
			path: `operation/sign/detail/${id}/contentInResponse/${content}`,
			bytes: content ? limits.contents : limits.short,
			read: operationReader(0, this.caller.buffers),
		});
	}

	/** Sends the delivery e-mail once more; the answer is empty (contract: resendMail). */
	async resend(id: number, attach: boolean, receivers: string[]): Promise<Reply<true>> {
		return await this.call({
			method: 'POST',
			path: `delivery/mail/resend/${id}/${attach}`,
			body: Buffer.from(JSON.stringify(receivers)),
			bytes: limits.short,
			read: async (): Promise<true> => true,
		});
	}

	/** Renews the token, unless another call has done so since the last one of this service began. */
	async renewToken(): Promise<Reply<true>> {
		if (this.caller.renewals > this.renewals) return { is: 'answer', body: true };
		try {
			await this.caller.renewToken();
			return { is: 'answer', body: true };
		} catch (error) {
			return readTokenFault(error);
		}
	}

	/**
	 * n8n's own renewal is left out: it would take any 401 for a refused token, the licence's too, and
	 * its answer could not be read. A redirect is an answer like others: neither document nor token follow it.
	 */
	private async call<Value>(call: Call<Value>): Promise<Reply<Value>> {
		const { method, path, body, bytes, read } = call;
		this.renewals = this.caller.renewals;
		const deadline = performance.now() + this.timeout;
		try {
			const answer = await this.caller.call({
				method,
				url: `${this.baseUrl}/api/v0/${path}`,
				headers: { Accept: '*/*', ...(body ? { 'Content-Type': 'application/json' } : {}) },
				body,
				timeout: this.timeout,
				encoding: 'stream',
				returnFullResponse: true,
				ignoreHttpStatusErrors: true,
				disableFollowRedirect: true,
				sendCredentialsOnCrossOriginRedirect: false,
			});
			return await readAnswer(answer, { bytes, deadline }, read);
		} catch (error) {
			return readThrown(error);
		}
	}
}

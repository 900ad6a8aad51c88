import type { IHttpRequestOptions } from 'n8n-workflow';
import { AnswerReader } from './AnswerReader';
import type { Addresses } from './environments';
import { parseJson, property } from './json';
import type { SignRequest } from './messages';
import { wordsOnReference } from './nothing';
import type { Operation, OperationId } from './Operation';
import { readAnswer, readText } from './readAnswer';
import { idOf, operationOf } from './readOperation';
import type { Reply } from './Reply';
import { RequestBody } from './RequestBody';
import { readThrown, readTokenFault, type RawAnswer } from './transport';

/** The ways in which n8n makes an authenticated call and renews its token. */
export interface Caller {
	call(options: IHttpRequestOptions): Promise<RawAnswer>;
	/** How many times the token was renewed in this run. */
	readonly renewals: number;
	renewToken(): Promise<void>;
}

/** Maximum bytes of an answer: without contents, and with contents whose size cannot be foreseen. */
const limits = { short: 16_000_000, contents: 1_500_000_000 };

/** Bytes that a signature usually adds to a document at most: with more of them the buffer grows. */
const signatureRoom = 64 * 1024;

/** One call of the contract; `read` gives undefined for a body that is not what the call promises. */
interface Call<Value> {
	method: 'GET' | 'POST';
	/** Which of the service's two addresses knows the path. */
	host: keyof Addresses;
	path: string;
	body?: Buffer | Blob;
	/** Milliseconds it may take. */
	timeout: number;
	/** Most bytes of the answer. */
	bytes: number;
	read: (pieces: AsyncIterable<Buffer>) => Promise<Value | undefined>;
}

/** What a look-up by reference was answered with. */
export type FindAnswer =
	| { is: 'id'; id: OperationId }
	/** What may be the service's answer for a reference that is not in use: see {@link wordsOnReference}. */
	| { is: 'nothing'; words: string };

/** A 2xx without an id: nothing at all, or JSON's null, may mean that there is none. */
function findAnswer(text: string): FindAnswer | undefined {
	const value = parseJson(text);
	if (text.trim() === '' || value === null) return { is: 'nothing', words: 'an empty answer' };
	const id = idOf(property(value, 'id') ?? value);
	return id === undefined ? undefined : { is: 'id', id };
}

/** Reads a whole operation; its documents' contents come as bytes. */
const operationReader =
	(expected: number) =>
	async (pieces: AsyncIterable<Buffer>): Promise<Operation | undefined> => {
		const answer = new AnswerReader(expected);
		for await (const piece of pieces) answer.add(piece);
		return operationOf(answer.end());
	};

/** A detail with neither a status nor a document is not one. */
async function readDetail(pieces: AsyncIterable<Buffer>): Promise<Operation | undefined> {
	const operation = await operationReader(0)(pieces);
	return operation?.status === undefined && operation?.documents.length === 0
		? undefined
		: operation;
}

/** Maximum milliseconds for a reading call without contents, however long a signing call may take. */
const readingTimeout = 30_000;

/** The wire: one method per call of the contract; each reports what became of the call and never throws. */
export class SignStashService {
	/** How often the token had been renewed when the last call began. */
	private renewals = 0;

	constructor(
		private readonly caller: Caller,
		private readonly addresses: Addresses,
		/** Milliseconds that a call that signs, emails or returns contents may take. */
		private readonly timeout: number,
	) {}

	/** Signs a set of documents (contract: signBase64). */
	async sign(request: SignRequest): Promise<Reply<Operation>> {
		const lengths = request.documents.map(({ documentRequest }) => documentRequest.content.length);
		const body = new RequestBody(request);
		try {
			const reply = await this.call({
				method: 'POST',
				host: 'api',
				path: 'document/sign/base64/',
				body: body.asBlob(),
				timeout: this.timeout,
				bytes: limits.short + body.size * 3,
				read: operationReader(Math.max(0, ...lengths) + signatureRoom),
			});
			if (reply.is !== 'broken' || body.fault === undefined) return reply;
			const why = `a document could not be read: ${body.fault}`;
			return { is: 'broken', sent: body.begun, why };
		} finally {
			body.close();
		}
	}

	/** Id of the operation that holds the document with this reference (contract: findOperation). */
	async find(reference: string): Promise<Reply<FindAnswer>> {
		const reply = await this.read(
			`operation/id/withDocumentExternalReference/${encodeURIComponent(reference)}`,
			async (pieces) => findAnswer(await readText(pieces)),
		);
		const words = reply.is === 'refusal' ? wordsOnReference(reply, reference) : undefined;
		return words === undefined ? reply : { is: 'answer', body: { is: 'nothing', words } };
	}

	/** State of an operation, without its documents (contract: BaseOperation). */
	async status(id: OperationId): Promise<Reply<Operation>> {
		return await this.read(`operation/status/${id}`, operationReader(0));
	}

	/** The whole operation; with `content`, each signed document's base64 comes along. */
	async detail(id: OperationId, content: boolean): Promise<Reply<Operation>> {
		const path = `operation/sign/detail/${id}/contentInResponse/${content}`;
		if (!content) return await this.read(path, readDetail);
		return await this.call({
			method: 'GET',
			host: 'lookUps',
			path,
			timeout: this.timeout,
			bytes: limits.contents,
			read: readDetail,
		});
	}

	/** Sends the delivery email once more; the answer is empty (contract: resendMail). */
	async resend(id: OperationId, attach: boolean, receivers: string[]): Promise<Reply<true>> {
		return await this.call({
			method: 'POST',
			host: 'api',
			path: `delivery/mail/resend/${id}/${attach}`,
			body: Buffer.from(JSON.stringify(receivers)),
			timeout: this.timeout,
			bytes: limits.short,
			read: async (): Promise<true> => true,
		});
	}

	private async read<Value>(path: string, read: Call<Value>['read']): Promise<Reply<Value>> {
		const timeout = Math.min(this.timeout, readingTimeout);
		return await this.call({
			method: 'GET',
			host: 'lookUps',
			path,
			timeout,
			bytes: limits.short,
			read,
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
	 * n8n's own renewal is not used: it would take any 401 for a refused token, also the licence's, and its answer
	 * could not be read. A redirect is an answer like any other: neither document nor token follows it.
	 */
	private async call<Value>(call: Call<Value>): Promise<Reply<Value>> {
		const { method, host, path, body, timeout, bytes, read } = call;
		this.renewals = this.caller.renewals;
		const deadline = performance.now() + timeout;
		try {
			const answer = await this.caller.call({
				method,
				url: `${this.addresses[host]}/api/v0/${path}`,
				headers: { Accept: '*/*', ...(body ? { 'Content-Type': 'application/json' } : {}) },
				body,
				timeout,
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

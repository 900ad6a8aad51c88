import type { GenericValue, IHttpRequestOptions } from 'n8n-workflow';
import type { BaseOperation, SignOperation, SignRequest } from './messages';
import type { Reply } from './Reply';
import { parseJson, readAnswer, readThrown, type RawAnswer } from './transport';

/** The ways in which n8n makes an authenticated call and renews its token. */
export interface Caller {
	call(options: IHttpRequestOptions): Promise<RawAnswer>;
	renewToken(): Promise<void>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isOperation = (value: unknown): value is BaseOperation =>
	isObject(value) && Number.isSafeInteger(value.id) && typeof value.status === 'string';

const isSignOperation = (value: unknown): value is SignOperation =>
	isOperation(value) && 'documentList' in value && Array.isArray(value.documentList);

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

const reader =
	<Body>(accepts: (value: unknown) => value is Body) =>
	(bytes: Buffer): Body | undefined => {
		const value = parseJson(bytes);
		return accepts(value) ? value : undefined;
	};

/** The wire: one method per call of the contract, each telling what became of it and never throwing. */
export class SignStashService {
	constructor(
		private readonly caller: Caller,
		private readonly baseUrl: string,
		/** Milliseconds one call may take. */
		private readonly timeout: number,
	) {}

	/** Signs a set of documents (contract: signBase64). The body goes out as a Buffer, so n8n can send it again after renewing a token. */
	async sign(request: SignRequest): Promise<Reply<SignOperation>> {
		const body = Buffer.from(JSON.stringify(request));
		return await this.call('POST', 'document/sign/base64/', reader(isSignOperation), body);
	}

	/** Id of the operation that holds the document with this reference (contract: findOperation). */
	async find(reference: string): Promise<Reply<number>> {
		const path = `operation/id/withDocumentExternalReference/${encodeURIComponent(reference)}`;
		return await this.call('GET', path, reader(isId));
	}

	async status(id: number): Promise<Reply<BaseOperation>> {
		return await this.call('GET', `operation/status/${id}`, reader(isOperation));
	}

	/** The whole operation; with `content`, each signed document's base64 comes along. */
	async detail(id: number, content: boolean): Promise<Reply<SignOperation>> {
		const path = `operation/sign/detail/${id}/contentInResponse/${content}`;
		return await this.call('GET', path, reader(isSignOperation));
	}

	/** Sends the delivery e-mail once more; the answer is empty (contract: resendMail). */
	async resend(id: number, attach: boolean, receivers: string[]): Promise<Reply<true>> {
		const body = Buffer.from(JSON.stringify(receivers));
		return await this.call('POST', `delivery/mail/resend/${id}/${attach}`, () => true, body);
	}

	/** Renews the token; false when the token call fails. */
	async renewToken(): Promise<boolean> {
		try {
			await this.caller.renewToken();
			return true;
		} catch {
			return false;
		}
	}

	private async call<Body>(
		method: 'GET' | 'POST',
		path: string,
		read: (bytes: Buffer) => Body | undefined,
		body?: GenericValue | Buffer,
	): Promise<Reply<Body>> {
		try {
			const answer = await this.caller.call({
				method,
				url: `${this.baseUrl}/api/v0/${path}`,
				headers: { Accept: '*/*', ...(body ? { 'Content-Type': 'application/json' } : {}) },
				body,
				timeout: this.timeout,
				encoding: 'arraybuffer',
				returnFullResponse: true,
				ignoreHttpStatusErrors: { ignore: true, except: [401] },
				sendCredentialsOnCrossOriginRedirect: false,
			});
			return readAnswer(answer, read);
		} catch (error) {
			return readThrown(error);
		}
	}
}

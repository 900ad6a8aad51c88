import type { GenericValue, IHttpRequestOptions } from 'n8n-workflow';
import type { BaseOperation, OperationDocument, SignOperation, SignRequest } from './messages';
import { readContents } from './readContents';
import type { Reply } from './Reply';
import { parseJson, readAnswer, readThrown, type RawAnswer } from './transport';
import { writeRequest } from './writeRequest';

/** The ways in which n8n makes an authenticated call and renews its token. */
export interface Caller {
	call(options: IHttpRequestOptions): Promise<RawAnswer>;
	renewToken(): Promise<void>;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

const isOperation = (value: unknown): value is BaseOperation =>
	isObject(value) && Number.isSafeInteger(value.id) && typeof value.status === 'string';

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0;

const reader =
	<Body>(accepts: (value: unknown) => value is Body) =>
	(bytes: Buffer): Body | undefined => {
		const value = parseJson(bytes);
		return accepts(value) ? value : undefined;
	};

/** A document as it is on the wire, before its content is bytes. */
const isDocument = (value: unknown): value is Omit<OperationDocument, 'signedContent'> =>
	isObject(value) &&
	typeof value.externalReference === 'string' &&
	typeof value.signStatus === 'string';

/** Reads a whole operation; its documents' contents come as bytes. */
function readOperation(bytes: Buffer): SignOperation | undefined {
	const { json, contents } = readContents(bytes);
	const value = parseJson(json);
	if (!isOperation(value) || !('documentList' in value)) return undefined;
	const list: unknown = value.documentList;
	if (!Array.isArray(list) || !list.every(isDocument)) return undefined;
	const documentList = list.map((document) => {
		const { signedContent, ...rest }: Record<string, unknown> & typeof document = document;
		return { ...rest, ...contentOf(signedContent, contents) };
	});
	return { ...value, documentList };
}

function contentOf(value: unknown, contents: Buffer[]): Pick<OperationDocument, 'signedContent'> {
	if (typeof value === 'number') return { signedContent: contents[value] };
	return typeof value === 'string' && value !== ''
		? { signedContent: Buffer.from(value, 'base64') }
		: {};
}

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
		const body = writeRequest(request);
		return await this.call('POST', 'document/sign/base64/', readOperation, body);
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
		return await this.call('GET', path, readOperation);
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

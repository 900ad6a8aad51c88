import { randomUUID } from 'node:crypto';
import { startSandbox } from '../Sandbox.mts';
import type { Sandbox, SandboxInfo, SandboxOptions } from '../Sandbox.mts';
import type {
	ErrorBody,
	SignatureInfo,
	SignOperation,
	SignRequest,
	TokenAnswer,
} from '../types.mts';

export const SIGN = '/api/v0/document/sign/base64/';
export const MULTIPART = '/api/v0/document/sign/';

/** An answer whose body has been read. */
export interface Got<Value> {
	status: number;
	headers: Headers;
	text: string;
	/** The body as JSON; the test that asks for it says what type it has. */
	body: Value;
}

async function got<Value>(response: Response): Promise<Got<Value>> {
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.includes('json');
	const { status, headers } = response;
	return { status, headers, text, body: isJson ? JSON.parse(text) : undefined };
}

interface Raw {
	method?: string;
	body?: string | FormData;
	contentType?: string;
	signal?: AbortSignal;
}

/** A document of a signing request; it gets a new reference unless one is given. */
export interface Draft {
	externalReference?: string;
	name?: string;
	contentType?: SignRequest['documents'][number]['documentRequest']['contentType'];
	content?: string;
	signatureInfo?: SignatureInfo;
}

export function signRequest(drafts: Draft[], rest: Partial<SignRequest> = {}): SignRequest {
	return {
		externalReference: `request-${randomUUID()}`,
		description: 'An invoice',
		documents: drafts.map((draft) => ({
			documentRequest: {
				externalReference: draft.externalReference ?? `document-${randomUUID()}`,
				name: draft.name ?? 'invoice.pdf',
				contentType: draft.contentType ?? 'application/pdf',
				base64Content: Buffer.from(draft.content ?? 'a document').toString('base64'),
			},
			signatureInfo: draft.signatureInfo ?? { signatureType: 'PAdES' },
		})),
		...rest,
	};
}

/** The id of the operation in an answer. @throws when there is none */
export function idOf({ status, body, text }: Got<SignOperation>): number {
	if (status !== 200) throw new Error(`not registered: ${status} ${text}`);
	return body.id;
}

/** Calls a sandbox over HTTP as one of its client services. */
export class Caller {
	readonly info: SandboxInfo;
	readonly clientId: string;
	#token: string | undefined;

	constructor(info: SandboxInfo, name = 'alpha') {
		this.info = info;
		this.clientId = this.#credentials(name).clientId;
	}

	#credentials(name: string): SandboxInfo['clients'][number] {
		const found = this.info.clients.find((client) => client.name === name);
		if (found === undefined) throw new Error(`no client ${name}`);
		return found;
	}

	/** Asks for a token. */
	async token(secret?: string, form = 'grant_type=client_credentials'): Promise<Got<TokenAnswer>> {
		const client = this.info.clients.find(({ clientId }) => clientId === this.clientId);
		const pair = `${this.clientId}:${secret ?? client?.clientSecret ?? ''}`;
		return await got(
			await fetch(this.info.tokenUrl, {
				method: 'POST',
				headers: {
					authorization: `Basic ${Buffer.from(pair).toString('base64')}`,
					'content-type': 'application/x-www-form-urlencoded',
				},
				body: form,
			}),
		);
	}

	/** The header that authorises business calls; a token is requested once. */
	async authorization(): Promise<string> {
		this.#token ??= (await this.token()).body.access_token;
		return `Bearer ${this.#token}`;
	}

	/** Makes the next call ask for a new token. */
	forgetToken(): void {
		this.#token = undefined;
	}

	async raw(path: string, init: Raw = {}): Promise<Response> {
		const { contentType, ...rest } = init;
		return await fetch(this.info.baseUrl + path, {
			...rest,
			headers: {
				authorization: await this.authorization(),
				...(contentType === undefined ? {} : { 'content-type': contentType }),
			},
		});
	}

	async get<Value = ErrorBody>(path: string): Promise<Got<Value>> {
		return await got(await this.raw(path));
	}

	async post<Value = ErrorBody>(path: string, body: unknown): Promise<Got<Value>> {
		return await got(
			await this.raw(path, {
				method: 'POST',
				contentType: 'application/json',
				body: typeof body === 'string' ? body : JSON.stringify(body),
			}),
		);
	}

	async sign(drafts: Draft[], rest: Partial<SignRequest> = {}): Promise<Got<SignOperation>> {
		return await this.post(SIGN, signRequest(drafts, rest));
	}

	async detail(id: number, contents = false): Promise<Got<SignOperation>> {
		return await this.get(`/api/v0/operation/sign/detail/${id}/contentInResponse/${contents}`);
	}

	async status(id: number): Promise<string | undefined> {
		return (await this.get<SignOperation>(`/api/v0/operation/status/${id}`)).body.status;
	}

	async lookup(reference: string): Promise<Got<number>> {
		const path = '/api/v0/operation/id/withDocumentExternalReference/';
		return await this.get(path + encodeURIComponent(reference));
	}

	/** Calls the control API. */
	async control<Value>(method: string, path: string, body?: unknown): Promise<Value> {
		const response = await fetch(this.info.controlUrl + path, {
			method,
			...(body === undefined
				? {}
				: { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const answer = await got<Value>(response);
		if (answer.status !== 200) throw new Error(`control ${path}: ${answer.text}`);
		return answer.body;
	}

	async settings(changes: object): Promise<void> {
		await this.control('PATCH', '/settings', changes);
	}

	async fault(fault: object): Promise<void> {
		await this.control('POST', '/faults', fault);
	}

	/** Puts everything back as it was after the start. */
	async reset(): Promise<void> {
		await this.control('POST', '/reset');
		this.forgetToken();
	}
}

/** A sandbox in echo mode unless asked otherwise, and callers of two issuers. */
export async function open(
	options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; alpha: Caller; alpha2: Caller; beta: Caller }> {
	const sandbox = await startSandbox({ mode: 'echo', ...options });
	return {
		sandbox,
		alpha: new Caller(sandbox.info, 'alpha'),
		alpha2: new Caller(sandbox.info, 'alpha2'),
		beta: new Caller(sandbox.info, 'beta'),
	};
}

/** Asks again until the answer is the one that is wanted, a limited number of times. */
export async function until<Value>(
	ask: () => Promise<Value>,
	wished: (value: Value) => boolean,
): Promise<Value> {
	for (let attempt = 0; attempt < 200; attempt += 1) {
		const value = await ask();
		if (wished(value)) return value;
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	throw new Error('the answer that was wanted did not come');
}

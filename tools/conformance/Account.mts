import { Answer, NO_ANSWER } from './Answer.mts';

/** A service's addresses and the client service that calls it. */
export interface Access {
	/** Base URL of the business API. */
	baseUrl: string;
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
}

/** Time-out of a call, in milliseconds. */
const PATIENCE = 120_000;

async function answerTo(url: string, init: RequestInit): Promise<Answer> {
	try {
		const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) });
		return new Answer(answer.status, Buffer.from(await answer.arrayBuffer()));
	} catch {
		return new Answer(NO_ANSWER, Buffer.alloc(0));
	}
}

interface Outgoing {
	method?: 'GET' | 'POST';
	/** Sent as JSON unless it is a form. */
	body?: unknown;
	token?: string;
}

/** Calls the service as a client service; no answer is treated as a fault. */
export class Account {
	readonly clientId: string;
	readonly #access: Access;
	#token: string | undefined;

	constructor(access: Access) {
		this.#access = access;
		this.clientId = access.clientId;
	}

	/** Asks for a token, with a given secret or the right one. */
	async askForToken(secret = this.#access.clientSecret): Promise<Answer> {
		const { tokenUrl, clientId } = this.#access;
		const basic = Buffer.from(`${clientId}:${secret}`).toString('base64');
		return await answerTo(tokenUrl, {
			method: 'POST',
			headers: {
				authorization: `Basic ${basic}`,
				'content-type': 'application/x-www-form-urlencoded',
			},
			body: 'grant_type=client_credentials',
		});
	}

	async #ownToken(): Promise<string> {
		const answer = await this.askForToken();
		const token = answer.message?.['access_token'];
		if (typeof token === 'string') return token;
		throw new Error(`the service gives no access token (${answer.shape})`);
	}

	/** Calls the business API, with a given token or a valid one. */
	async call(path: string, { method = 'GET', body, token }: Outgoing = {}): Promise<Answer> {
		const bearer = token ?? (this.#token ??= await this.#ownToken());
		const isForm = body instanceof FormData;
		const isJson = body !== undefined && !isForm;
		return await answerTo(this.#access.baseUrl + path, {
			method,
			headers: {
				authorization: `Bearer ${bearer}`,
				...(isJson ? { 'content-type': 'application/json' } : {}),
			},
			...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
		});
	}
}

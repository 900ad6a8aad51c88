/** What a sandbox says about itself when it is ready (`sandbox/main.mts --json`). */
export interface SandboxInfo {
	baseUrl: string;
	tokenUrl: string;
	controlUrl: string;
	backofficeUrl: string;
	clients: SandboxCustomer[];
	certificates: { caPem: string; signerPem: string; tsaPem: string };
}

/** A client service of the sandbox. */
export interface SandboxCustomer {
	name: string;
	issuer: string;
	clientId: string;
	clientSecret: string;
}

/** What a credential needs to know about a sandbox, or about something that stands in for one. */
export interface Reachable {
	info: Pick<SandboxInfo, 'baseUrl' | 'tokenUrl'>;
	client: Pick<SandboxCustomer, 'clientId' | 'clientSecret'>;
}

/** A running sandbox as tests, bench and demo see it: over HTTP, through its control API. */
export class SandboxClient {
	readonly info: SandboxInfo;

	constructor(info: SandboxInfo) {
		this.info = info;
	}

	/** The client service that everything signs as. */
	get client(): SandboxCustomer {
		const client = this.info.clients.find(({ name }) => name === 'alpha');
		if (client === undefined) throw new Error('the sandbox has no client service alpha');
		return client;
	}

	async get<Result>(path: string): Promise<Result> {
		const result: Result = JSON.parse(await this.#call('GET', path));
		return result;
	}

	async control(method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<void> {
		await this.#call(method, path, body);
	}

	/**
	 * Sets how the service behaves where that is unknown: rows of contract/worlds.yaml; rows that are left out
	 * are as usual. It stays set until it is set again or the sandbox is reset.
	 */
	async world(rows: Record<string, string>): Promise<void> {
		await this.control('PATCH', '/settings', { world: rows });
	}

	/** How many signatures have really been made since the last reset. */
	async signatures(): Promise<number> {
		const made = await this.get<Array<{ count: number }>>('/signatures');
		return made.reduce((sum, { count }) => sum + count, 0);
	}

	/** How many calls of an endpoint there have been since the last reset. */
	async calls(on: string): Promise<number> {
		const calls = await this.get<Array<{ on: string }>>('/calls');
		return calls.filter((call) => call.on === on).length;
	}

	async #call(method: string, path: string, body?: unknown): Promise<string> {
		const response = await fetch(`${this.info.controlUrl}${path}`, {
			method,
			...(body !== undefined && {
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify(body),
			}),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`sandbox ${method} ${path}: ${response.status} ${text}`);
		return text;
	}
}

/** What a user enters in the credential to reach a sandbox. */
export function credentialData({ info, client }: Reachable): Record<string, string> {
	return {
		environment: 'custom',
		apiBaseUrl: info.baseUrl,
		tokenUrl: info.tokenUrl,
		typedClientId: client.clientId,
		typedClientSecret: client.clientSecret,
	};
}

/** The same data as the node gets it from n8n, which resolves the credential type's expressions. */
export function resolvedCredential(sandbox: Reachable): Record<string, string> {
	return {
		...credentialData(sandbox),
		clientId: sandbox.client.clientId,
		clientSecret: sandbox.client.clientSecret,
		grantType: 'clientCredentials',
		accessTokenUrl: sandbox.info.tokenUrl,
		authentication: 'header',
		scope: '',
	};
}

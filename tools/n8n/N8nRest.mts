import { setTimeout as wait } from 'node:timers/promises';

/** The owner of a throw-away n8n that only has test data. */
export const owner = {
	email: 'owner@example.com',
	firstName: 'Demo',
	lastName: 'Owner',
	password: 'Demo-Owner-2026',
};

/** The calls that n8n's own editor makes, with its cookie. */
export class N8nRest {
	readonly url: string;
	#cookie = '';

	constructor(url: string) {
		this.url = url;
	}

	/**
	 * Logs the owner in, and creates the owner first if n8n is new. The user of an n8n may have changed the
	 * log-in: then {@link isLoggedIn} is false, and n8n is left as it is.
	 */
	async logIn(): Promise<void> {
		const { userManagement } = await this.#settings();
		if (userManagement.showSetupOnFirstLoad) await this.json('POST', '/rest/owner/setup', owner);
		const logIn = { emailOrLdapLoginId: owner.email, password: owner.password };
		await this.json('POST', '/rest/login', logIn).catch((error: unknown) => {
			if (!(error instanceof Error && error.message.includes(' 401 '))) throw error;
		});
	}

	/** Waits half a minute at most: n8n 1.123 and 2.0 say that they are ready before they answer here. */
	async #settings(): Promise<{ userManagement: { showSetupOnFirstLoad?: boolean } }> {
		for (let attempt = 0; attempt < 120; attempt++) {
			const answer = await fetch(`${this.url}/rest/settings`);
			if (answer.ok && answer.headers.get('content-type')?.includes('json')) break;
			await wait(250);
		}
		return await this.json('GET', '/rest/settings');
	}

	get isLoggedIn(): boolean {
		return this.#cookie !== '';
	}

	async json<Result>(method: string, path: string, body?: unknown): Promise<Result> {
		const { data }: { data: Result } = JSON.parse(
			(await this.bytes(method, path, body)).toString(),
		);
		return data;
	}

	/** @throws if n8n does not answer with a success status */
	async bytes(method: string, path: string, body?: unknown): Promise<Buffer> {
		const response = await fetch(`${this.url}${path}`, {
			method,
			headers: {
				// n8n closes idle connections; reusing one at that moment would break an hour-long run.
				connection: 'close',
				'content-type': 'application/json',
				'browser-id': 'signstash-harness',
				cookie: this.#cookie,
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		});
		const cookie = response.headers.getSetCookie().find((one) => one.startsWith('n8n-auth='));
		if (cookie !== undefined) this.#cookie = cookie.split(';')[0] ?? '';
		const bytes = Buffer.from(await response.arrayBuffer());
		if (!response.ok)
			throw new Error(`n8n ${method} ${path}: ${response.status} ${bytes.toString()}`);
		return bytes;
	}
}

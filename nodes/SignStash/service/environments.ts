/** The vendor's own hosts (contract: servers); a custom environment gives its own addresses. */
export const environments = {
	production: {
		tokenUrl: 'https://msignstash.multicert.com/oauth2/authorization-server/oauth/token',
		apiBaseUrl: 'https://msignstash.multicert.com/signstash/einvoice-integration-ws',
	},
	staging: {
		tokenUrl: 'https://staging.must.digital/oauth2/authorization-server/oauth/token',
		apiBaseUrl: 'https://staging.must.digital/signstash/einvoice-integration-ws',
	},
} as const;

/** What a credential says of the addresses of the business API. */
interface Addressed {
	environment?: unknown;
	apiBaseUrl?: unknown;
	lookUpUrl?: unknown;
}

/** Where the business API is; a proxy that only signs leaves look-ups to another address. */
export interface Addresses {
	api: string;
	lookUps: string;
}

/** An address as it was typed or pasted, without spaces around it and slashes at its end. */
const address = (value: unknown): string =>
	typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';

/** The addresses of the business API, without slashes at their ends; empty where there is none. */
export function addressesOf({ environment, apiBaseUrl, lookUpUrl }: Addressed): Addresses {
	if (environment === 'production' || environment === 'staging') {
		const api = environments[environment].apiBaseUrl;
		return { api, lookUps: api };
	}
	const api = address(apiBaseUrl);
	return { api, lookUps: address(lookUpUrl) || api };
}

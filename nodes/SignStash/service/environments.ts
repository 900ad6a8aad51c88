/** The vendor's own hosts (contract: servers); a custom environment names its addresses itself. */
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

/** What a credential says of the address of the business API. */
interface Addressed {
	environment?: unknown;
	apiBaseUrl?: unknown;
}

/** Address of the business API, without a slash at its end; empty when there is none. */
export function apiBaseUrlOf({ environment, apiBaseUrl }: Addressed): string {
	if (environment === 'production' || environment === 'staging')
		return environments[environment].apiBaseUrl;
	return typeof apiBaseUrl === 'string' ? apiBaseUrl.trim().replace(/\/+$/, '') : '';
}

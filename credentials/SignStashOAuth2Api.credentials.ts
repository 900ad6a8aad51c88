import type {
	IAuthenticateRuleBase,
	IAuthenticateRuleResponseCode,
	IAuthenticateRuleResponseSuccessBody,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { environments } from '../nodes/SignStash/service/environments';

const { production, staging } = environments;

const apiUrl = "'API Base URL' (or 'Look-up URL')";

/** Codes that mean: known, but not allowed to sign (contract: error codes). */
const refusals: Array<[code: string, message: string]> = [
	['0.0.3', 'The client service is not fully set up (0.0.3). Ask signstash@multicert.com'],
	[
		'0.0.10',
		`The API does not accept tokens of this environment (0.0.10). Check 'Environment', or that 'Token URL' and ${apiUrl} belong together`,
	],
	['1.1.0', "Sign'Stash knows the client service, but its licence is invalid or missing (1.1.0)"],
	['1.1.1', 'The client service or its issuer is inactive (1.1.1). Ask signstash@multicert.com'],
	['1.1.3', 'The state of the client service does not allow this (1.1.3). Check the backoffice'],
	['1.2.0', 'The issuer is inactive (1.2.0). Ask signstash@multicert.com'],
	['1.3.0', 'The partner is inactive (1.3.0). Ask signstash@multicert.com'],
];

/** Statuses that are clear enough whatever the body says; n8n does not show a test the status of other answers. */
const statuses: Array<[status: number, message: string]> = [
	[
		401,
		`The API accepts neither this token nor a new one (HTTP 401). The licence of the client service may be missing or inactive (1.1.0, 1.1.1: ask signstash@multicert.com), or 'Token URL' and ${apiUrl} do not belong together (check 'Environment')`,
	],
	[429, 'The service is busy (HTTP 429). The token was issued; test again in a minute'],
	...[502, 503, 504].map((status): [number, string] => [
		status,
		`The token was issued, but the API cannot be reached behind its gateway (HTTP ${status}). Check ${apiUrl}, or test again later`,
	]),
];

const noApi = `The token was issued, but no Sign'Stash API answers there. Check 'Environment', or ${apiUrl}: the address up to but not including /api/v0`;
const page = `The token was issued, but a web page answers instead of the Sign'Stash API. Check 'Environment', or ${apiUrl}. A proxy that only signs needs 'Look-up URL'`;
const trouble =
	'The token was issued, but the API reports an internal error (HTTP 500). Test again later, or ask signstash@multicert.com';
const noAddress = "'API Base URL' and 'Look-up URL' must begin with https:// or http://";

/**
 * Used for an invalid address. It is answered without a call, as bytes that no other answer has, so that a rule
 * can name the field.
 */
const noAddressUrl = 'data:,none';

const bodyRule = (
	key: string,
	value: string | number,
	message: string,
): IAuthenticateRuleResponseSuccessBody => ({
	type: 'responseSuccessBody',
	properties: { key, value, message },
});

/** How a text that is not JSON begins: with a letter, or the `<` of a page, possibly after white space. */
const letters = Array.from('abcdefghijklmnopqrstuvwxyz').flatMap((one) => [one, one.toUpperCase()]);
const pageStarts = ['<', '\n', '\r', '\t', ' ', '\ufeff'];

/**
 * n8n compares one value of the body with one given value, and passes what no rule matches: whatever the API says
 * about an unknown reference (with a code, bare, or empty) is a success. Its own answers have neither `error` nor
 * `message` (contract: ErrorBody), which the error bodies of servers and gateways have.
 */
const bodyRules: IAuthenticateRuleResponseSuccessBody[] = [
	bodyRule('constructor.name', 'Buffer', noAddress),
	...refusals.map(([code, message]) => bodyRule('errorCode', code, message)),
	...['status', 'statusCode'].map((key) => bodyRule(key, 500, trouble)),
	...['error', 'message'].map((key) => bodyRule(`${key}.constructor.name`, 'String', noApi)),
	...pageStarts.map((start) => bodyRule('0', start, page)),
	...letters.map((start) => bodyRule('0', start, noApi)),
];

/** n8n reads rules of both kinds from one list, though its type allows only one. */
function rulesOf(
	body: IAuthenticateRuleResponseSuccessBody[],
	codes: IAuthenticateRuleResponseCode[],
): IAuthenticateRuleResponseSuccessBody[] {
	const rules = [...body];
	const both: IAuthenticateRuleBase[] = rules;
	both.push(...codes);
	return rules;
}

/** An address as an expression: spaces around it and slashes at its end are removed. */
const tidy = (address: string): string => `String(${address} ?? "").trim().replace(/\\/+$/, "")`;

/**
 * An expression for the value of a typed field. `$self` contains values as they are stored, so one that is itself an
 * expression, such as `={{ $secrets… }}`, must be evaluated here.
 */
const valueOf = (typed: string): string =>
	`(/^=/.test(${typed}) ? $evaluateExpression(${typed}.slice(1)) : ${typed})`;

/** An expression for n8n's own field of a similar name: the typed value without white space around it. */
const trimmed = (field: string): string =>
	`={{ String(${valueOf(`$self["${field}"]`)} ?? "").trim() }}`;

/** An expression for an address: `custom` for the environment Custom, otherwise the vendor's own. */
function addressIn(values: string, address: 'tokenUrl' | 'apiBaseUrl', custom: string): string {
	return `${values}["environment"] === "custom" ? ${custom} : ${values}["environment"] === "staging" ? "${staging[address]}" : "${production[address]}"`;
}

const lookUps = addressIn(
	'$credentials',
	'apiBaseUrl',
	`(${tidy('$credentials["lookUpUrl"]')} || ${tidy('$credentials["apiBaseUrl"]')})`,
);

const hostOf = ({ apiBaseUrl }: { apiBaseUrl: string }): string => new URL(apiBaseUrl).hostname;

/** Allows no host, and tells whoever meets n8n's refusal why. */
const noHost = `none (${noAddress})`;

/** An expression for the hosts of the API, as n8n's list of allowed domains has them. */
const hosts = `$self["environment"] === "custom" ? [$self["apiBaseUrl"], $self["lookUpUrl"]].flatMap((url) => /^\\s*https?:\\/\\/(?:[^\\/?#]*@)?(\\[[^\\]]+\\]|[^\\/:?#]+)/.exec(${valueOf('url')})?.[1] ?? []).join(",") || "${noHost}" : $self["environment"] === "staging" ? "${hostOf(staging)}" : "${hostOf(production)}"`;

/** A reference that nobody uses: looking it up has no side effects, and only the business API answers it. */
const testPath = '/api/v0/operation/id/withDocumentExternalReference/n8n-credential-test';

/**
 * Client service of Sign'Stash: OAuth2 client credentials sent as a Basic header, no scope (contract: token call).
 * n8n fetches, keeps and renews the token.
 *
 * n8n shows the fields of `oAuth2Api` above ours, so all of those are hidden, and the ones that users type have
 * our own names. An HTTP Request step may send the token only to the API's own hosts. Those cannot be blocked:
 * up to 2.36, n8n treats the credential's own test as such a step.
 */
export class SignStashOAuth2Api implements ICredentialType {
	name = 'signStashOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'SignStash OAuth2 API';

	icon: Icon = {
		light: 'file:../nodes/SignStash/signstash.svg',
		dark: 'file:../nodes/SignStash/signstash.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-signstash/n8n-nodes-signstash/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'On-premise proxy or sandbox' },
				{
					name: 'Production',
					value: 'production',
					description: 'Each signature is legally binding, and billed',
				},
				{ name: 'Staging', value: 'staging', description: "Sign'Stash's own test environment" },
			],
			default: 'production',
			description: 'In Production each signature is legally binding, and billed',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://proxy.example.com/signstash/einvoice-integration-client-ws',
			description: 'Address of the business API, up to but not including /api/v0',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Look-up URL',
			name: 'lookUpUrl',
			type: 'string',
			default: '',
			placeholder: `e.g. ${environments.production.apiBaseUrl}`,
			description:
				'Where operations are looked up when a proxy only signs: the address of the cloud service, without /api/v0. If empty, the API Base URL is used. Looking up what a proxy signed returns no file, so a file whose answer is lost cannot be fetched again.',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: `e.g. ${environments.production.tokenUrl}`,
			description: 'Full address of the token call, including /oauth/token',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Client ID',
			name: 'typedClientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. PRT.500000000-PRT.510000000-…',
			description: 'Alias of the client service, as the backoffice shows it',
		},
		{
			displayName: 'Client Secret',
			name: 'typedClientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Password that was set for the client service in the backoffice',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'hidden',
			default: trimmed('typedClientId'),
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'hidden',
			typeOptions: { password: true },
			default: trimmed('typedClientSecret'),
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ ${addressIn('$self', 'tokenUrl', tidy(valueOf('$self["tokenUrl"]')))} }}`,
		},
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
		{
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'hidden',
			default: 'domains',
		},
		{
			displayName: 'Allowed Domains',
			name: 'allowedDomains',
			type: 'hidden',
			default: `={{ ${hosts} }}`,
		},
	];

	test: ICredentialTestRequest = {
		request: {
			url: `={{ ((base) => /^https?:\\/\\/[^\\/]/.test(base) ? base + "${testPath}" : "${noAddressUrl}")(${lookUps}) }}`,
			ignoreHttpStatusErrors: { ignore: true, except: statuses.map(([status]) => status) },
		},
		rules: rulesOf(
			bodyRules,
			statuses.map(([value, message]) => ({
				type: 'responseCode',
				properties: { value, message },
			})),
		),
	};
}

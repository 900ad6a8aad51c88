import type {
	IAuthenticateRuleResponseSuccessBody,
	ICredentialTestRequest,
	ICredentialType,
	Icon,
	INodeProperties,
} from 'n8n-workflow';
import { environments } from '../nodes/SignStash/service/environments';

const licenceRules: Array<[code: string, message: string]> = [
	['1.1.0', "Sign'Stash knows the client service, but its licence is invalid or missing (1.1.0)"],
	['1.1.1', 'The client service or its issuer is inactive (1.1.1). Ask signstash@multicert.com'],
	['1.1.3', 'The state of the client service does not allow this (1.1.3). Check the backoffice'],
	['1.2.0', 'The issuer is inactive (1.2.0). Ask signstash@multicert.com'],
	['1.3.0', 'The partner is inactive (1.3.0). Ask signstash@multicert.com'],
	['0.0.10', 'The token does not belong to this environment (0.0.10). Check both URLs'],
];

/** Passing needs the business API's own answer; a page of another server has no `errorCode`. */
const testRules: IAuthenticateRuleResponseSuccessBody[] = [
	...licenceRules.map(
		([value, message]): IAuthenticateRuleResponseSuccessBody => ({
			type: 'responseSuccessBody',
			properties: { key: 'errorCode', value, message },
		}),
	),
	{
		type: 'responseSuccessBody',
		properties: {
			key: 'errorCode',
			value: undefined,
			message:
				"The token was issued, but no Sign'Stash API answers at the API base URL. Check 'Environment' or 'API Base URL'",
		},
	},
];

/** An expression for an address: `custom` for the environment Custom, else the vendor's own. */
function addressIn(values: string, address: 'tokenUrl' | 'apiBaseUrl', custom: string): string {
	const { production, staging } = environments;
	return `={{ ${values}["environment"] === "custom" ? ${custom} : ${values}["environment"] === "staging" ? "${staging[address]}" : "${production[address]}" }}`;
}

/**
 * Client service of Sign'Stash: OAuth2 client credentials sent as a Basic header, no scope
 * (contract: token call). n8n fetches, keeps and renews the token.
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
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{ name: 'Custom', value: 'custom', description: 'On-premise proxy or sandbox' },
				{ name: 'Production', value: 'production', description: 'Signatures are legally binding' },
				{ name: 'Staging', value: 'staging', description: "Sign'Stash's own test environment" },
			],
			default: 'production',
		},
		{
			displayName: 'API Base URL',
			name: 'apiBaseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://proxy.example.com/signstash/einvoice-integration-client-ws',
			description: 'Address of the business API, up to but without /api/v0',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://msignstash.multicert.com/oauth2/authorization-server/oauth/token',
			description: 'Whole address of the token call, /oauth/token included',
			displayOptions: { show: { environment: ['custom'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. PRT.500000000-PRT.510000000-…',
			description: 'Alias of the client service, as the backoffice shows it',
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			description: 'Password that was defined for the client service in the backoffice',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: addressIn('$self', 'tokenUrl', '$self["tokenUrl"]'),
		},
		{ displayName: 'Scope', name: 'scope', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'header' },
	];

	/** Looks up a reference that nobody uses: free of effects, and only the business API answers it. */
	test: ICredentialTestRequest = {
		request: {
			baseURL: addressIn(
				'$credentials',
				'apiBaseUrl',
				'$credentials["apiBaseUrl"].replace(/\\/+$/, "")',
			),
			url: '/api/v0/operation/id/withDocumentExternalReference/n8n-credential-test',
			ignoreHttpStatusErrors: true,
		},
		rules: testRules,
	};
}

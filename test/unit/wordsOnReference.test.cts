import { addressesOf, environments } from '../../nodes/SignStash/service/environments';
import { wordsOnReference } from '../../nodes/SignStash/service/nothing';
import type { Refusal } from '../../nodes/SignStash/service/Reply';
import { refusal } from '../support/ScriptedPorts.cts';

test.each<[kind: Refusal['class'], shown: Partial<Refusal>, words: string | undefined]>([
	['rejected', { status: 404, form: 'empty' }, '404'],
	['rejected', { status: 410, form: 'empty' }, '410'],
	['rejected', { status: 400, form: 'empty' }, undefined],
	['unknown', { status: 500, form: 'empty' }, undefined],
	['rejected', { status: 404, form: 'page', meaning: 'Not here' }, undefined],
	['busy', { status: 429, meaning: 'Busy' }, undefined],
	['token', { status: 401, meaning: 'Expired' }, undefined],
	['duplicate', { status: 409, meaning: 'In use' }, '409  in use '],
	['rejected', { status: 400, meaning: 'No R 1' }, '400  no * 0 '],
	[
		'rejected',
		{ status: 404, code: '7.0.1', meaning: 'No', cause: 'of ft%20r' },
		'404 7.0.1 no of *',
	],
	[
		'rejected',
		{ status: 404, code: '7.0.1', meaning: 'No FT R', cause: 'of 4711' },
		'404 7.0.1 no * of 0',
	],
	['rejected', { status: 401, code: '1.1.0', meaning: 'Licence' }, undefined],
	['unknown', { status: 500, code: '0.0.1' }, undefined],
	['unknown', { status: 500, code: '0.0.1', meaning: 'None' }, '500 0.0.1 none '],
	['unknown', { status: 500, code: '0.0.1', cause: 'None' }, '500 0.0.1  none'],
	['rejected', { status: 500, code: '0.0.6' }, '500 0.0.6  '],
	['unknown', { status: 500, code: '9.9.9' }, '500 9.9.9  '],
	['unknown', { status: 500, meaning: 'None' }, undefined],
	['unknown', { status: 499, meaning: 'None' }, '499  none '],
])('what an answer that is %s, %j, says about a reference: %j', (kind, shown, words) => {
	const reference = shown.code === '7.0.1' ? 'FT R' : 'R';
	expect(wordsOnReference(refusal(kind, shown), reference)).toBe(words);
});

test.each([
	[{ environment: 'production' }, environments.production.apiBaseUrl, undefined],
	[{ environment: 'staging', apiBaseUrl: 'https://x' }, environments.staging.apiBaseUrl, undefined],
	[{ environment: 'custom', apiBaseUrl: ' https://x/a// ' }, 'https://x/a', undefined],
	[{ apiBaseUrl: 'https://x', lookUpUrl: 'https://y/' }, 'https://x', 'https://y'],
	[{ apiBaseUrl: 'https://x', lookUpUrl: ' ' }, 'https://x', undefined],
	[{ apiBaseUrl: 7 }, '', undefined],
])('the addresses of %j', (credential, api, lookUps) => {
	expect(addressesOf(credential)).toEqual({ api, lookUps: lookUps ?? api });
});

test.each(Object.entries(environments))('%s is reached over TLS', (_, { tokenUrl, apiBaseUrl }) => {
	expect(tokenUrl).toMatch(/^https:\/\/[a-z.]+\/oauth2\/authorization-server\/oauth\/token$/);
	expect(apiBaseUrl).toMatch(/^https:\/\/[a-z.]+\/signstash\/einvoice-integration-ws$/);
	expect(new URL(tokenUrl).host).toBe(new URL(apiBaseUrl).host);
});

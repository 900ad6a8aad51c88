import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'node:test';
import { credentialName, documents, Stage } from '../../tools/n8n/Stage.mts';
import { signedItems, signingWorkflow } from './Counted.mts';

const output = mkdtempSync(join(tmpdir(), 'signstash-credential-'));
const passes = 'Connection successful!';
let stage: Stage;

/** An answer: status, body, and the content type that goes with it. */
type Answer = [status: number, body?: string, type?: string];

/** A server that answers token calls and look-ups as instructed, and records where they arrived. */
const told: { token: Answer; lookUp: Answer } = { token: [200], lookUp: [404] };
let arrived: string[] = [];
/** The client that the latest token call named: its id and its secret, with a colon between them. */
let asked = '';
let server: Server;
let origin: string;

const tokenAnswer: Answer = [
	200,
	'{"access_token":"a-token","token_type":"bearer","expires_in":1000}',
];

before(async () => {
	stage = await Stage.set(output);
	server = createServer((request, response) => {
		const path = request.url ?? '';
		arrived.push(path);
		const [scheme, pair = ''] = request.headers.authorization?.split(' ') ?? [];
		if (scheme === 'Basic') asked = Buffer.from(pair, 'base64').toString();
		const [status, body = '', type = 'application/json'] =
			told[path.includes('/oauth/token') ? 'token' : 'lookUp'];
		request.resume().once('end', () => {
			response.writeHead(status, { 'content-type': type });
			response.end(body);
		});
	});
	await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
	origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
after(async () => {
	server.close();
	await stage.close();
	rmSync(output, { recursive: true, force: true });
});
beforeEach(() => {
	arrived = [];
	asked = '';
	told.token = tokenAnswer;
	told.lookUp = [404, '{"errorCode":"9.9.9"}'];
});

/** A credential that points to the server of these tests. */
const credentialData = (change: Record<string, string> = {}): Record<string, string> => ({
	environment: 'custom',
	apiBaseUrl: `${origin}/api`,
	tokenUrl: `${origin}/oauth/token`,
	typedClientId: 'client',
	typedClientSecret: 'secret',
	...change,
});

/** Tests a new credential, which has no token yet. */
async function test(change: Record<string, string> = {}): Promise<string> {
	const data = credentialData(change);
	const id = await stage.n8n.createCredential(credentialName, data);
	return (await stage.n8n.testCredential(id, credentialName, data)).message;
}

const error = (errorCode: string): string => JSON.stringify({ errorCode });
const html = '<!DOCTYPE html><html><body>Sign in</body></html>';

describe("the credential's test passes, whatever the API says about a reference that nobody has:", () => {
	const answers: Array<[what: string, answer: Answer]> = [
		['404 with a code', [404, error('9.9.9')]],
		['400 with a code', [400, error('2.1.0')]],
		['403 with a code', [403, error('2.1.0')]],
		['409 with a code', [409, error('2.1.0')]],
		['500 with a code', [500, error('0.0.1')]],
		['404 with an empty body', [404]],
		['204', [204]],
		['200 with null', [200, 'null']],
		['an operation, unexpectedly', [200, '17']],
	];
	for (const [what, answer] of answers)
		it(what, async () => {
			told.lookUp = answer;
			assert.equal(await test(), passes);
		});
});

describe("the credential's test names what to look at:", () => {
	const answers: Array<[what: string, answer: Answer, words: RegExp]> = [
		['a page', [200, html, 'text/html'], /web page .*'API Base URL' \(or 'Look-up URL'\)/],
		['a page after white space', [500, `\r\n${html}`, 'text/html'], /web page/],
		['a page as JSON', [404, html], /web page/],
		['text', [404, 'no such host', 'text/plain'], /no Sign'Stash API .*'API Base URL'/],
		['a server’s own 404', [404, '{"status":404,"error":"Not Found"}'], /no Sign'Stash API/],
		['a gateway’s own 404', [404, '{"message":"no Route matched"}'], /no Sign'Stash API/],
		['a server’s own 500', [500, '{"status":500,"error":"x"}'], /internal error \(HTTP 500\)/],
		[
			'a refused token',
			[401, '{"error":"invalid_token"}'],
			/accepts neither this token.*'Token URL'/,
		],
		['a refused token and no words', [401], /accepts neither this token.*'Environment'/],
		['a token from another environment', [409, error('0.0.10')], /'Token URL' and 'API Base URL'/],
		['an invalid licence', [401, error('1.1.0')], /licence .*1\.1\.0/],
		['a licence that is inactive', [401, error('1.1.1')], /inactive .*1\.1\.1/],
		['a client service without permission', [409, error('1.1.3')], /client service .*\(1\.1\.3\)/],
		['an inactive issuer', [403, error('1.2.0')], /issuer is inactive/],
		['an inactive partner', [403, error('1.3.0')], /partner is inactive/],
		['missing configuration', [500, error('0.0.3')], /not fully set up \(0\.0\.3\)/],
		['too many requests', [429], /busy \(HTTP 429\)/],
		['a gateway before nothing', [502, html, 'text/html'], /gateway \(HTTP 502\)/],
	];
	for (const [what, answer, words] of answers)
		it(what, async () => {
			told.lookUp = answer;
			assert.match(await test(), words);
		});

	for (const apiBaseUrl of ['proxy.example.com/api', 'https:/proxy', '/signstash', ' / '])
		it(`an API Base URL that is '${apiBaseUrl}'`, async () => {
			assert.match(await test({ apiBaseUrl }), /'API Base URL' .* begin with https:\/\//);
			assert.deepEqual(
				arrived.filter((path) => !path.startsWith('/oauth/token')),
				[],
			);
		});

	for (const [what, answer, words] of [
		['a refused secret', [401, '{"error":"invalid_client"}'], /Client authentication failed/],
		['a page at the Token URL', [200, html, 'text/html'], /content.type:? text\/html/],
	] as const)
		it(what, async () => {
			told.token = [...answer] as Answer;
			assert.match(await test(), words);
		});
});

describe('Sign says that it got no access token, and sends nothing, when the Token URL answers', () => {
	const answers: Array<[what: string, answer: Answer]> = [
		['that the secret is wrong', [401, '{"error":"invalid_client"}']],
		['that it is not there', [404, '{"message":"no Route matched"}']],
		['with a page', [200, html, 'text/html']],
		['without a token', [200, '{"token_type":"bearer"}']],
	];
	for (const [what, answer] of answers)
		it(what, async () => {
			told.token = answer;
			const credential = await stage.n8n.createCredential(what, credentialData());
			const file = signingWorkflow(what, join(documents, 'invoice.pdf'), {
				onError: 'continueRegularOutput',
			});
			const workflow = await stage.n8n.importWorkflow(file, credential);
			const execution = await stage.n8n.run(workflow, 'Start');

			const [item] = signedItems(execution);
			const { message }: { message?: string } = Object(item?.json.error);
			assert.match(message ?? '', /^Sign'Stash gave no access token .*\[item 0\]$/);
			assert.deepEqual(
				arrived.filter((path) => !path.startsWith('/oauth/token')),
				[],
			);
		});
});

describe('a credential that holds a token', () => {
	it('is tested with a new one when it is edited, so that a wrong secret shows', async () => {
		const { id } = stage.credential;
		await stage.run(stage.example('sign-pdf-invoice'));
		const data = await stage.n8n.credentialData(id);
		assert.ok(data.oauthTokenData);

		const edited = { ...data, typedClientSecret: 'wrong' };
		const { message } = await stage.n8n.testCredential(id, credentialName, edited);
		assert.match(message, /token: Client authentication failed/);
	});
});

describe("the credential's client", () => {
	const typed: Array<[what: string, clientId: string, clientSecret: string]> = [
		['without white space', 'client', 'secret'],
		['with white space around it', ' client\t', ' secret\n'],
		['as an expression, as for a vault', '={{ " client " }}', '={{ "sec" + "ret " }}'],
	];
	for (const [what, typedClientId, typedClientSecret] of typed)
		it(`is typed ${what}`, async () => {
			assert.equal(await test({ typedClientId, typedClientSecret }), passes);
			assert.equal(asked, 'client:secret');
		});

	it('is also accepted in a run, for which n8n fetches a new token', async () => {
		const data = credentialData({ typedClientId: ' client ', typedClientSecret: 'secret ' });
		const credential = await stage.n8n.createCredential('white space', data);
		const file = signingWorkflow('white space', join(documents, 'invoice.pdf'));
		await stage.n8n.run(await stage.n8n.importWorkflow(file, credential), 'Start');
		assert.equal(asked, 'client:secret');
		const kept = await stage.n8n.credentialData(credential);
		assert.deepEqual(
			[kept.typedClientId, kept.typedClientSecret === 'secret '],
			[' client ', false],
		);
	});
});

describe('a credential that points nowhere', () => {
	it('says in its test that the host is unknown', async () => {
		const message = await test({ tokenUrl: 'https://signstash.invalid/oauth/token' });
		assert.match(message, /incorrect host|ENOTFOUND|EAI_AGAIN/);
	});

	it('says in its test that nothing answers there', async () => {
		const message = await test({ tokenUrl: 'http://127.0.0.1:9/oauth/token' });
		assert.match(message, /refused the connection|ECONNREFUSED/);
	});
});

describe('the URLs of the credential', () => {
	it('may have spaces around them and slashes at their end', async () => {
		const apiBaseUrl = ` ${origin}/api// `;
		assert.equal(await test({ apiBaseUrl, tokenUrl: `\t${origin}/oauth/token/ ` }), passes);
		assert.deepEqual(arrived, [
			'/oauth/token',
			'/api/api/v0/operation/id/withDocumentExternalReference/n8n-credential-test',
		]);
	});

	it('may be expressions, as for variables of the instance', async () => {
		const typed = { apiBaseUrl: '/api', tokenUrl: '/oauth/token' };
		const urls = Object.entries(typed).map(([field, path]) => [
			field,
			`={{ "${origin}" + "${path}" }}`,
		]);
		assert.equal(await test(Object.fromEntries(urls) as Record<string, string>), passes);
		assert.match(arrived.join(), /^\/oauth\/token,\/api\/api\/v0\//);
	});

	it('send look-ups to the Look-up URL if there is one', async () => {
		assert.equal(await test({ lookUpUrl: ` ${origin}/cloud/ ` }), passes);
		assert.match(arrived[1] ?? '', /^\/cloud\/api\/v0\/operation\/id\//);
	});

	it('are those of Custom only when Custom is chosen', async () => {
		const data = credentialData({ environment: 'staging' });
		const id = await stage.n8n.createCredential(credentialName, data);
		await stage.n8n.testCredential(id, credentialName, data);
		assert.deepEqual(arrived, []);
	});
});

describe('the credential in an HTTP Request step', () => {
	const box = (name: string, type: string, typeVersion: number, more: object = {}) => {
		const position: [number, number] = [0, 0];
		return { id: name, name, type, typeVersion, position, parameters: {}, ...more };
	};
	const own = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'signStashOAuth2Api',
	};
	const request = (url: string, id: string) => ({
		name: 'a request of its own',
		nodes: [
			box('Start', 'n8n-nodes-base.manualTrigger', 1),
			box('Request', 'n8n-nodes-base.httpRequest', 4.2, {
				parameters: { url, ...own },
				credentials: { signStashOAuth2Api: { id, name: credentialName } },
			}),
		],
		connections: { Start: { main: [[{ node: 'Request', type: 'main', index: 0 }]] } },
		settings: {},
	});

	const addresses: Array<[what: string, addressOf: (origin: string) => string]> = [
		['typed', (address) => address],
		['an expression', (address) => `={{ "${address}" }}`],
	];
	for (const [what, addressOf] of addresses)
		it(`reaches the API's own host, and no other, if the address is ${what}`, async () => {
			told.lookUp = [200, '{}'];
			const data = credentialData({ apiBaseUrl: addressOf(origin) });
			const id = await stage.n8n.createCredential(credentialName, data);
			const statusOf = async (url: string): Promise<string> => {
				const workflow = await stage.n8n.importWorkflow(request(url, id), id);
				return (await stage.n8n.run(workflow, 'Start')).status;
			};
			assert.equal(await statusOf(`${origin}/api/own`), 'success');
			assert.equal(await statusOf(`${origin.replace('127.0.0.1', 'localhost')}/other`), 'error');
			assert.deepEqual(arrived, ['/oauth/token', '/api/own']);
		});
});

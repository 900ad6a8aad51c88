import { gzipSync } from 'node:zlib';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { faultOf, itemsOf, runNode } from '../support/engine.cts';
import { BadServer, type Behaviour, type On } from '../support/BadServer.cts';
import { pdf } from '../support/files.cts';
import { selfSigned } from '../../tools/n8n/selfSigned.mts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let server: BadServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

/** The time-out of one call in milliseconds, with room for a busy machine. */
const callLimit = 500;
const reference = 'FT_1';

/** Signs one document with a server. @returns the item that the user gets */
async function signWith(
	{ origin }: BadServer,
	change: Record<string, string> = {},
	milliseconds = callLimit,
) {
	const client = { clientId: 'PRT.1-PRT.2-bad', clientSecret: 'secret' };
	const info = { baseUrl: `${origin}/signstash`, tokenUrl: `${origin}/oauth/token`, ...change };
	const parameters = {
		operation: 'sign',
		externalReference: reference,
		options: { requestTimeout: milliseconds / 1000 },
	};
	const input = [{ files: { data: await pdf('bad servers') } }];
	const run = await runNode(resolvedCredential({ info, client }), parameters, input, {
		onError: 'continueRegularOutput',
		// n8n remembers a renewal by the credential's id, and each server issues its own tokens.
		credentials: { signStashOAuth2Api: { id: origin, name: origin } },
	});
	const [item] = await itemsOf(run);
	if (!item) throw new Error('the node put out nothing');
	return item;
}

const raw =
	(...parts: Array<string | Buffer>): Behaviour =>
	(_, socket) => {
		for (const part of parts) socket.write(part);
	};

const body =
	(content: string | Buffer, headers: Record<string, string> = {}): Behaviour =>
	(response) => {
		response.writeHead(200, { 'content-type': 'application/json', ...headers });
		response.end(content);
	};

const start = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
const operation = JSON.stringify({ id: 1, status: 'EXECUTED', documentList: [] });

const mebibyte = 1024 * 1024;
const gzip = { 'content-encoding': 'gzip' };

/** Sends the same chunk over and over, as fast as the other side takes it. */
const endless =
	(status: number, headers: Record<string, string>, first: string, chunk: Buffer): Behaviour =>
	(response) => {
		response.writeHead(status, { 'content-type': 'application/json', ...headers });
		if (first !== '') response.write(first);
		const more = (): void => {
			while (!response.destroyed && response.write(chunk));
		};
		response.on('drain', more);
		more();
	};

/** Sends a byte every 20 ms, for as long as the other side listens. */
const dripping =
	(head: string, drop: string): Behaviour =>
	(_, socket) => {
		socket.write(head);
		const timer = setInterval(() => socket.write(drop), 20);
		socket.once('close', () => clearInterval(timer));
	};

const badAnswers: Record<string, Behaviour> = {
	'is not JSON': body('<html>Welcome</html>'),
	'is JSON cut off in the middle': body(operation.slice(0, 20)),
	'is JSON of another kind': body('[1, 2, 3]'),
	'is null': body('null'),
	'has no document list': body('{"id": 1, "status": "EXECUTED"}'),
	'has an object for a document list': body('{"id": 1, "status": "EXECUTED", "documentList": {}}'),
	'has an empty document list': body(operation),
	'is longer than its Content-Length': raw(`${start}Content-Length: 10\r\n\r\n${operation}`),
	'is shorter than its Content-Length, and the connection ends': (_, socket) =>
		socket.end(`${start}Content-Length: 5000\r\n\r\n${operation}`),
	'is shorter than its Content-Length, and the connection stays': raw(
		`${start}Content-Length: 5000\r\n\r\n${operation}`,
	),
	'has a Content-Length that is not a number': raw(
		`${start}Content-Length: many\r\n\r\n${operation}`,
	),
	'is chunked with a broken chunk': raw(
		`${start}Transfer-Encoding: chunked\r\n\r\nzz\r\n${operation}\r\n`,
	),
	'is said to be gzip and is not': body(Buffer.alloc(500, 7), { 'content-encoding': 'gzip' }),
	'is a refusal with a code that was cut off': (_, socket) =>
		socket.end('HTTP/1.1 409 Conflict\r\nContent-Length: 500\r\n\r\n{"errorCode": "0.'),
	'is not HTTP': raw('220 mail.example.com ESMTP\r\n'),
	'has headers too large to be real': raw(`${start}X-Filler: ${'a'.repeat(100_000)}\r\n\r\n`),
	'comes byte by byte, and its headers never end': dripping(`${start}X-Filler: `, 'a'),
	'comes byte by byte in its body': dripping(`${start}Content-Length: 5000\r\n\r\n`, ' '),
	'never comes': () => undefined,
	'is a connection closed immediately': (_, socket) => socket.destroy(),
};

describe('an answer that', () => {
	test.each(Object.entries(badAnswers))(
		'%s leaves the outcome unknown, and nothing is sent again',
		async (_, behaviour) => {
			server = await BadServer.start({ sign: behaviour });
			const { json } = await signWith(server);
			expect(faultOf({ json }).message).toMatch(/^It is not known whether '.+' was signed/);
			expect(faultOf({ json }).details).toMatchObject({ externalReference: reference });
			expect(server.count('sign')).toBe(1);
		},
	);

	test.each([
		'is an object without an id',
		'is shorter than its Content-Length, and the connection ends',
		'is said to be gzip and is not',
		'is not HTTP',
		'comes byte by byte, and its headers never end',
	])('%s does not count as an answer to a look-up either', async (name) => {
		server = await BadServer.start({ lookup: badAnswers[name] ?? body('{"operation": 1}') });
		const { json } = await signWith(server);
		expect(faultOf({ json }).message).toMatch(/^It is not known whether '.+' was signed/);
		expect(server.count('sign')).toBe(1);
	});
});

describe('a body that', () => {
	test.each<[name: string, status: number, headers: Record<string, string>, chunk: Buffer]>([
		['is endless', 200, {}, Buffer.alloc(mebibyte, ' ')],
		['has an endless content', 200, {}, Buffer.alloc(mebibyte, 'A')],
		['grows a thousandfold when unpacked', 200, gzip, gzipSync(Buffer.alloc(64 * mebibyte, ' '))],
		['is endless, in a refusal', 500, {}, Buffer.alloc(mebibyte, ' ')],
	])('%s is abandoned before it fills the memory', async (name, status, headers, chunk) => {
		const first = name.includes('content') ? '{"documentList":[{"signedContent":"' : '';
		server = await BadServer.start({ sign: endless(status, headers, first, chunk) });
		const before = process.memoryUsage().rss;
		// The length limit ends it, not the time-out; on a busy machine that takes a while.
		const { json } = await signWith(server, {}, 40_000);
		expect(faultOf({ json }).message).toMatch(/^It is not known whether '.+' was signed/);
		if (status === 200) expect(faultOf({ json }).message).toContain('the answer is too long');
		expect((process.memoryUsage().rss - before) / mebibyte).toBeLessThan(500);
		expect(server.count('sign')).toBe(1);
	});
});

const elsewhere =
	(status: number, location: string): Behaviour =>
	(response) =>
		response.writeHead(status, { location }).end();

describe('a redirect to another origin', () => {
	test.each<[on: On, status: number]>([
		['token', 307],
		['sign', 302],
		['sign', 307],
		['lookup', 302],
		['lookup', 308],
	])('of a %s call (%i) is not sent any credentials', async (on, status) => {
		const other = await BadServer.start({
			token: body('{}'),
			sign: body('{}'),
			lookup: body('{}'),
		});
		const location = { token: '/oauth/token', sign: '/document/sign/base64/', lookup: '/else' }[on];
		try {
			server = await BadServer.start({
				[on]: elsewhere(status, other.origin + location),
			});
			const { json } = await signWith(server);
			expect(faultOf({ json }).message).toBeDefined();
			expect(server.count(on)).toBeGreaterThan(0);
			expect(other.arrived.map(({ authorization }) => authorization ?? 'none')).not.toContainEqual(
				expect.stringMatching(/basic|bearer/i),
			);
		} finally {
			await other.stop();
		}
	});
});

test.each<[name: string, server: Partial<Record<On, Behaviour>>, failure: object]>([
	[
		'a busy service',
		{ sign: (response) => response.writeHead(429, { 'retry-after': '5' }).end() },
		{ cause: 'rate-limited', retryAfterMs: 5000 },
	],
	['a service that is down', {}, { cause: 'temporarily-unavailable' }],
	[
		'a refused credential',
		{ token: (response) => response.writeHead(401).end('{"error": "invalid_client"}') },
		{ cause: 'credential-invalid' },
	],
])("%s is reported to n8n with n8n's own failure cause", async (_, bad, failure) => {
	server = await BadServer.start(bad);
	const client = { clientId: `PRT.1-PRT.2-${server.port}`, clientSecret: 'secret' };
	const info = { baseUrl: server.origin, tokenUrl: `${server.origin}/oauth/token` };
	const input = [{ files: { data: await pdf('failures') } }];
	const run = await runNode(resolvedCredential({ info, client }), { operation: 'sign' }, input, {
		credentials: { signStashOAuth2Api: { id: server.origin, name: server.origin } },
	});
	expect(run.data.resultData.error).toMatchObject({ failure });
});

test.each([
	['not base64', '**corrupt**', 'came back is not base64'],
	['not a signed file', Buffer.from('Welcome').toString('base64'), 'is not a signed file'],
	['a PDF that nobody signed', Buffer.from('%PDF-1.7').toString('base64'), 'without a signature'],
])('a signed content that is %s is not returned as a file', async (_, signedContent, words) => {
	const documentList = [{ externalReference: reference, signStatus: 'SIGNED', signedContent }];
	const lookup = body(JSON.stringify({ id: 7, status: 'EXECUTED', documentList }));
	server = await BadServer.start({ lookup });
	const client = { clientId: `PRT.1-PRT.2-${server.port}`, clientSecret: 'secret' };
	const info = { baseUrl: server.origin, tokenUrl: `${server.origin}/oauth/token` };
	const credential = resolvedCredential({ info, client });
	for (const parameters of [
		{ resource: 'operation', operation: 'getOperation', operationId: '7' },
		{ operation: 'recoverByReference', externalReference: reference },
	]) {
		const run = await runNode(credential, parameters, [{}], { onError: 'continueRegularOutput' });
		const [item] = await itemsOf(run);
		expect(faultOf(item).message).toMatch(/^'.+' is signed, but what came back/);
		expect(faultOf(item).message).toContain(words);
		expect(item?.binary).toBeUndefined();
	}
});

describe('a token answer', () => {
	test.each<[name: string, token: Behaviour]>([
		['without a token', body('{"token_type": "bearer"}')],
		['with an empty token', body('{"access_token": ""}')],
		['that is not JSON', body('<html>')],
		['that is null', body('null')],
	])('%s is named as the cause, and nothing is sent', async (_, token) => {
		server = await BadServer.start({ token });
		const { json } = await signWith(server);
		expect(faultOf({ json }).message).toContain("Sign'Stash gave no access token");
		expect(server.count('sign')).toBe(0);
	});
});

describe('an untrusted certificate', () => {
	test('of the business API: nothing is sent, and the fault says so', async () => {
		server = await BadServer.start({}, await selfSigned());
		const tokens = await BadServer.start({});
		const { json } = await signWith(server, { tokenUrl: `${tokens.origin}/oauth/token` });
		await tokens.stop();
		expect(faultOf({ json }).message).toMatch(/'.+' was not sent/);
		expect(faultOf({ json }).message).toContain('certificate');
		expect(server.arrived).toEqual([]);
	});

	test('of the authorization server: the secret is not sent', async () => {
		server = await BadServer.start({}, await selfSigned());
		const { json } = await signWith(server);
		expect(faultOf({ json }).message).toMatch(/was not sent|gave no access token/);
		expect(server.arrived).toEqual([]);
	});
});

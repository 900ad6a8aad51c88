import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { BadServer, type Behaviour } from '../support/BadServer.cts';
import { faultOf, itemsOf, runNode } from '../support/engine.cts';
import { pdf } from '../support/files.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let server: BadServer | undefined;
afterEach(async () => {
	await server?.stop();
	server = undefined;
});

const json = (status: number, body: object): Behaviour => text(status, JSON.stringify(body));
const text =
	(status: number, body: string, type = 'application/json'): Behaviour =>
	(response) => {
		response.writeHead(status, { 'content-type': type });
		response.end(body);
	};
const page = (status: number): Behaviour => text(status, '<html>Sorry</html>', 'text/html');

const signedContent = Buffer.from('%PDF-1.7 /ByteRange').toString('base64');
const signed = json(200, {
	id: 1,
	status: 'EXECUTED',
	documentList: [{ externalReference: 'R', signStatus: 'SIGNED', signedContent }],
});

/** Each token is different, as n8n recognises a renewal by that. */
const token = (number: number): Behaviour =>
	json(200, { access_token: `token ${number}`, token_type: 'bearer', expires_in: 1000 });

async function sign({ origin }: BadServer, documents = 1) {
	const info = { baseUrl: origin, tokenUrl: `${origin}/oauth/token` };
	const client = { clientId: `PRT.1-PRT.2-${origin}`, clientSecret: 'secret' };
	const input = await Promise.all(
		Array.from({ length: documents }, async (_, n) => ({
			files: { data: await pdf(`token ${n}`) },
		})),
	);
	const parameters = {
		operation: 'sign',
		externalReference: 'R',
		options: { parallelRequests: documents },
	};
	const run = await runNode(
		resolvedCredential({ info, client }),
		{ ...parameters, externalReference: documents === 1 ? 'R' : '=R{{ $itemIndex }}' },
		input,
		{
			onError: 'continueRegularOutput',
			credentials: { signStashOAuth2Api: { id: origin, name: origin } },
		},
	);
	return await itemsOf(run);
}

const notNow: Record<string, Behaviour> = {
	'429 without a body': text(429, ''),
	'429 without an object': json(429, {}),
	"429 in a framework's words": json(429, { status: 429, error: 'Too Many Requests' }),
	"429 in OAuth's words": json(429, { error: 'temporarily_unavailable' }),
	'429 in other words': json(429, { error: 'rate_limited', error_description: 'Slow down' }),
	'429 with a page': page(429),
	'500 in words': json(500, { error: 'server_error' }),
	'502 with a page': page(502),
	'503 without a body': text(503, ''),
	'a reset': (_, socket) => socket.resetAndDestroy(),
};

describe('a token call that is answered with', () => {
	test.each(Object.entries(notNow))(
		'%s is repeated, both for the first token and for a renewal',
		async (_, behaviour) => {
			let calls = 0;
			let signing = 0;
			server = await BadServer.start({
				token: (...to) => (++calls % 2 === 0 ? token(calls) : behaviour)(...to),
				sign: (...to) => (++signing && calls < 4 ? page(401) : signed)(...to),
			});
			const [item] = await sign(server);
			expect(faultOf(item).message).toBeUndefined();
			expect(item?.json.signStatus).toBe('SIGNED');
			expect([calls, signing]).toEqual([4, 3]);
		},
	);

	test.each<[name: string, behaviour: Behaviour, words: string]>([
		["the client's refusal", json(401, { error: 'invalid_client' }), 'Client authentication'],
		[
			"the client's refusal in older words",
			json(401, { error: 'unauthorized', error_description: 'Bad credentials' }),
			'Bad credentials',
		],
		['a page', page(401), 'no access token'],
	])('%s is not repeated', async (_, behaviour, words) => {
		let calls = 0;
		server = await BadServer.start({
			token: (...to) => (++calls === 1 ? token(1) : behaviour)(...to),
			sign: page(401),
		});
		const [item] = await sign(server);
		expect(JSON.stringify(faultOf(item))).toContain(words);
		expect(calls).toBe(2);
	});
});

test('requests whose token is refused renew it once, including those that are refused later', async () => {
	const documents = 8;
	let issued = 0;
	const refusals: Array<() => void> = [];
	let refused = 0;
	server = await BadServer.start({
		token: (...to) => token(++issued)(...to),
		sign: (response, socket) => {
			if (response.req.headers.authorization === 'Bearer token 1') {
				refusals.push(() => page(401)(response, socket));
				if (++refused < documents) return;
				for (const refuse of refusals.splice(0, documents / 2)) refuse();
				return;
			}
			// The token was renewed before this request came: now the others get their refusals of the old one.
			for (const refuse of refusals.splice(0)) refuse();
			json(400, { errorCode: '2.9.9' })(response, socket);
		},
	});
	const items = await sign(server, documents);
	expect(items.filter((item) => faultOf(item).message?.includes('2.9.9'))).toHaveLength(documents);
	expect([issued, refused]).toEqual([2, documents]);
});

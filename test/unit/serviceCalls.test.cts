import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { SignStashService } from '../../nodes/SignStash/service/SignStashService';
import type { RawAnswer } from '../../nodes/SignStash/service/transport';
import { bodyText } from '../support/bodyText.cts';

const addresses = { api: 'https://proxy/ws', lookUps: 'https://cloud/ws' };

/** Gives the replies in turn; an Error is thrown. */
function serviceWith(replies: Array<[status: number, body: string] | Error>, timeout = 90_000) {
	const calls: IHttpRequestOptions[] = [];
	const bodies: string[] = [];
	const caller = {
		renewals: 0,
		renewing: undefined as Error | undefined,
		async call(options: IHttpRequestOptions): Promise<RawAnswer> {
			calls.push(options);
			bodies.push(await bodyText(options.body ?? ''));
			const reply = replies.shift() ?? new Error('not in the script');
			if (reply instanceof Error) throw reply;
			const [statusCode, body] = reply;
			return {
				statusCode,
				headers: {},
				body: Readable.from(body === '' ? [] : [Buffer.from(body)]),
			};
		},
		async renewToken(): Promise<void> {
			if (caller.renewing) throw caller.renewing;
			caller.renewals++;
		},
	};
	return { service: new SignStashService(caller, addresses, timeout), calls, bodies, caller };
}

const request = () => ({
	externalReference: 'Q',
	description: 'd',
	documents: [
		{
			documentRequest: {
				externalReference: 'R',
				name: 'a.pdf',
				contentType: 'application/pdf' as const,
				content: contentOf(Buffer.from('document')),
			},
			signatureInfo: { signatureType: 'PAdES' as const },
		},
	],
});

const operation = '{"id":7,"status":"EXECUTED","documentList":[{"externalReference":"R"}]}';

const always = {
	encoding: 'stream',
	returnFullResponse: true,
	ignoreHttpStatusErrors: true,
	disableFollowRedirect: true,
	sendCredentialsOnCrossOriginRedirect: false,
};
const json = { Accept: '*/*', 'Content-Type': 'application/json' };
const cloud = 'https://cloud/ws/api/v0';
const proxy = 'https://proxy/ws/api/v0';

test('every call goes to its address, follows no redirect, and has a time-out', async () => {
	const { service, calls, bodies } = serviceWith([
		[200, operation],
		[200, '7'],
		[200, operation],
		[200, operation],
		[200, operation],
		[200, ''],
	]);
	expect(await service.sign(request())).toMatchObject({ is: 'answer', body: { id: '7' } });
	expect(await service.find('R ç')).toEqual({ is: 'answer', body: { is: 'id', id: '7' } });
	expect(await service.status('7')).toMatchObject({ body: { status: 'EXECUTED' } });
	expect(await service.detail('7', false)).toMatchObject({ body: { id: '7' } });
	expect(await service.detail('7', true)).toMatchObject({ body: { id: '7' } });
	expect(await service.resend('7', true, ['a@b.pt'])).toEqual({ is: 'answer', body: true });
	const get = { method: 'GET', headers: { Accept: '*/*' }, ...always };
	const post = { method: 'POST', headers: json, timeout: 90_000, ...always };
	const looks: Array<[path: string, timeout: number]> = [
		['operation/id/withDocumentExternalReference/R%20%C3%A7', 30_000],
		['operation/status/7', 30_000],
		['operation/sign/detail/7/contentInResponse/false', 30_000],
		['operation/sign/detail/7/contentInResponse/true', 90_000],
	];
	expect(calls.map((call) => ({ ...call, body: undefined }))).toEqual([
		{ ...post, url: `${proxy}/document/sign/base64/` },
		...looks.map(([path, timeout]) => ({ ...get, url: `${cloud}/${path}`, timeout })),
		{ ...post, url: `${proxy}/delivery/mail/resend/7/true` },
	]);
	expect(bodies[5]).toBe('["a@b.pt"]');
	expect(bodies[0]).toContain('"base64Content":"ZG9jdW1lbnQ="');
	expect(calls[1]?.body).toBeUndefined();
});

test('a reading call has no longer time-out than a signing call', async () => {
	const { service, calls } = serviceWith([[200, operation]], 5000);
	await service.status('7');
	expect(calls[0]?.timeout).toBe(5000);
});

describe('the limit on the length of an answer, tried with', () => {
	const tooLong = { is: 'unreadable', why: 'the answer is too long' };
	const padded = (bytes: number): string => operation.padEnd(bytes);
	/** A request with a document of the given size. */
	const large = (bytes: number) => {
		const { documents, ...rest } = request();
		const content = contentOf(Buffer.alloc(bytes, 'd'));
		return {
			...rest,
			documents: documents.map(({ documentRequest, signatureInfo }) => ({
				documentRequest: { ...documentRequest, content },
				signatureInfo,
			})),
		};
	};

	test.each([
		[16_000_000, { is: 'answer' }],
		[16_000_001, tooLong],
	])('%i bytes without contents', async (bytes, reply) => {
		expect(await serviceWith([[200, padded(bytes)]]).service.status('7')).toMatchObject(reply);
	});

	test.each([
		[19_000_000, { is: 'answer' }],
		[22_000_000, tooLong],
	])('%i bytes after a document of 1 MB', async (bytes, reply) => {
		const { service } = serviceWith([[200, padded(bytes)]]);
		expect(await service.sign(large(1_000_000))).toMatchObject(reply);
	});
});

describe('a request with a document that cannot be read', () => {
	const why = 'a document could not be read: the file changed while it was read';
	const requestOf = (bytes: number) => {
		const { documents, ...rest } = request();
		const content = { ...contentOf(Buffer.alloc(bytes, 'd')), length: 40_000 };
		return {
			...rest,
			documents: documents.map(({ documentRequest, signatureInfo }) => ({
				documentRequest: { ...documentRequest, content },
				signatureInfo,
			})),
		};
	};

	test.each([
		[0, false],
		[30_000, true],
	])('is broken off after %i bytes of it, and counts as sent: %s', async (bytes, sent) => {
		const { service } = serviceWith([]);
		expect(await service.sign(requestOf(bytes))).toEqual({ is: 'broken', sent, why });
	});

	test("still yields the service's answer, if there is one", async () => {
		const { service, caller } = serviceWith([]);
		const call = caller.call.bind(caller);
		caller.call = async (options) => {
			await call(options).catch(() => undefined);
			return { statusCode: 400, headers: {}, body: undefined };
		};
		expect(await service.sign(requestOf(30_000))).toMatchObject({ is: 'refusal', status: 400 });
	});
});

test('a document is read no longer than its answer takes', async () => {
	let ended = false;
	const { service, caller } = serviceWith([]);
	caller.call = async ({ body }) => {
		if (!(body instanceof Blob)) throw new Error('no stream');
		await body.stream()[Symbol.asyncIterator]().next();
		return { statusCode: 200, headers: {}, body: Readable.from([Buffer.from(operation)]) };
	};
	const [first] = request().documents;
	if (!first) throw new Error('there is one');
	const content = {
		length: 60_000,
		async *pieces() {
			try {
				for (const piece of ['abc', 'def']) yield Buffer.alloc(30_000, piece);
			} finally {
				ended = true;
			}
		},
		release: () => undefined,
	};
	const document = { ...first, documentRequest: { ...first.documentRequest, content } };
	expect(await service.sign({ ...request(), documents: [document] })).toMatchObject({
		is: 'answer',
	});
	await new Promise((turn) => setImmediate(turn));
	expect(ended).toBe(true);
});

test.each<[status: number, body: string, reply: object]>([
	[200, '"7"', { is: 'answer', body: { is: 'id', id: '7' } }],
	[200, '{"id":7}', { is: 'answer', body: { is: 'id', id: '7' } }],
	[200, '', { is: 'answer', body: { is: 'nothing', words: 'an empty answer' } }],
	[204, ' ', { is: 'answer', body: { is: 'nothing', words: 'an empty answer' } }],
	[200, 'null', { is: 'answer', body: { is: 'nothing', words: 'an empty answer' } }],
	[
		200,
		'<html>',
		{ is: 'unreadable', status: 200, why: 'the answer is not what the service sends' },
	],
	[404, '', { is: 'answer', body: { is: 'nothing', words: '404' } }],
	[404, '<html>', { is: 'refusal', status: 404, form: 'page' }],
	[302, '', { is: 'refusal', status: 302, class: 'unknown' }],
	[199, '7', { is: 'refusal', status: 199 }],
	[299, '7', { is: 'answer' }],
	[300, '7', { is: 'refusal', status: 300 }],
])('the result of a look-up that is answered with HTTP %i and %j', async (status, body, reply) => {
	expect(await serviceWith([[status, body]]).service.find('R')).toMatchObject(reply);
});

test.each([
	['{"id":7}', 'unreadable'],
	['{"id":7,"documentList":[]}', 'unreadable'],
	['{"id":7,"status":"EXECUTED"}', 'answer'],
	['{"id":7,"documentList":[{"externalReference":"R"}]}', 'answer'],
	['7', 'unreadable'],
])('an operation answered with %s is %s', async (body, is) => {
	const why = 'the answer is not what the service sends';
	const told = is === 'unreadable' ? { is, status: 200, why } : { is };
	expect(await serviceWith([[200, body]]).service.detail('7', true)).toMatchObject(told);
	expect((await serviceWith([[200, body]]).service.detail('7', false)).is).toBe(is);
});

test('a token that another call has renewed in the meantime is not renewed again', async () => {
	const { service, caller } = serviceWith([
		[200, operation],
		[200, operation],
	]);
	await service.status('7');
	expect(await service.renewToken()).toEqual({ is: 'answer', body: true });
	expect(await service.renewToken()).toEqual({ is: 'answer', body: true });
	expect(caller.renewals).toBe(1);
	await service.status('7');
	caller.renewing = new Error('invalid_client');
	expect(await service.renewToken()).toEqual({ is: 'noToken', why: 'invalid_client' });
});

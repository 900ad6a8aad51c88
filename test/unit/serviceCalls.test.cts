import { Readable } from 'node:stream';
import type { IHttpRequestOptions } from 'n8n-workflow';
import { Buffers } from '../../nodes/SignStash/bytes/Buffers';
import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { SignStashService } from '../../nodes/SignStash/service/SignStashService';
import type { RawAnswer } from '../../nodes/SignStash/service/transport';

const addresses = { api: 'https://proxy/ws', lookUps: 'https://cloud/ws' };

/** Answers in turn; an Error is thrown instead. */
function serviceWith(replies: Array<[status: number, body: string] | Error>, timeout = 90_000) {
	const calls: IHttpRequestOptions[] = [];
	const given: Buffer[] = [];
	const buffers = Object.assign(new Buffers(), { give: (part: Buffer) => given.push(part) });
	const caller = {
		buffers,
		renewals: 0,
		renewing: undefined as Error | undefined,
		async call(options: IHttpRequestOptions): Promise<RawAnswer> {
			calls.push(options);
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
	return { service: new SignStashService(caller, addresses, timeout), calls, given, caller };
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
	const { service, calls } = serviceWith([
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
	expect(String(calls[5]?.body)).toBe('["a@b.pt"]');
	expect(String(calls[0]?.body)).toContain('"base64Content":"ZG9jdW1lbnQ="');
	expect(calls[1]?.body).toBeUndefined();
});

test('a reading call takes no longer than a signing one may', async () => {
	const { service, calls } = serviceWith([[200, operation]], 5000);
	await service.status('7');
	expect(calls[0]?.timeout).toBe(5000);
});

describe('the body of a signing request', () => {
	test('is given back once its answer is whole', async () => {
		const { service, calls, given } = serviceWith([[200, operation]]);
		await service.sign(request());
		expect(given.filter((one) => one === calls[0]?.body)).toHaveLength(1);
	});

	test.each<[string, [number, string] | Error]>([
		['a refusal', [429, '']],
		['an answer that was cut', [200, operation.slice(0, -3)]],
		['a broken connection', Object.assign(new Error('reset'), { code: 'ECONNRESET' })],
	])('is left to the connection after %s', async (_, reply) => {
		const { service, calls, given } = serviceWith([reply]);
		await service.sign(request());
		expect(given.filter((one) => one === calls[0]?.body)).toHaveLength(0);
	});
});

describe('how long an answer may be', () => {
	const tooLong = { is: 'unreadable', why: 'the answer is too long' };
	const padded = (bytes: number): string => operation.padEnd(bytes);
	/** A request with a document of that many bytes. */
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

	test('a signed document has room from the beginning', async () => {
		const signedContent = Buffer.alloc(420_000, 's').toString('base64');
		const answer = JSON.stringify({ id: 7, documentList: [{ signedContent }] });
		const { service, caller } = serviceWith([[200, answer]]);
		expect(await service.sign(large(300_000))).toMatchObject({ is: 'answer' });
		expect(caller.buffers.made).toBe(2);
	});
});

test('a document that cannot be read was not sent', async () => {
	const { service, calls } = serviceWith([]);
	const [first] = request().documents;
	if (!first) throw new Error('there is one');
	const content = { ...contentOf(Buffer.from('abc')), length: 9 };
	const changed = { ...first, documentRequest: { ...first.documentRequest, content } };
	expect(await service.sign({ ...request(), documents: [changed] })).toEqual({
		is: 'broken',
		sent: false,
		why: 'a document could not be read: the file changed while it was read',
	});
	expect(calls).toEqual([]);
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
])('a look-up that is answered with HTTP %i and %j', async (status, body, reply) => {
	expect(await serviceWith([[status, body]]).service.find('R')).toMatchObject(reply);
});

test.each([
	['{"id":7}', 'unreadable'],
	['{"id":7,"documentList":[]}', 'unreadable'],
	['{"id":7,"status":"EXECUTED"}', 'answer'],
	['{"id":7,"documentList":[{"externalReference":"R"}]}', 'answer'],
	['7', 'unreadable'],
])('a detail of %s is %s', async (body, is) => {
	const why = 'the answer is not what the service sends';
	const told = is === 'unreadable' ? { is, status: 200, why } : { is };
	expect(await serviceWith([[200, body]]).service.detail('7', true)).toMatchObject(told);
	expect((await serviceWith([[200, body]]).service.detail('7', false)).is).toBe(is);
});

test('a token that another call has renewed since is not renewed again', async () => {
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

import { readThrown } from '../../nodes/SignStash/service/transport';

/** A network fault as n8n's helper passes it on: wrapped by axios, then by n8n. */
const thrown = (code: string, innermost: object) => ({
	message: 'n8n says something of its own',
	httpCode: code,
	cause: { code, cause: innermost },
});

describe('whether a request may have left', () => {
	test.each<[name: string, error: unknown, sent: boolean]>([
		['refused', thrown('ECONNREFUSED', { syscall: 'connect' }), false],
		['unreachable while connecting', thrown('EHOSTUNREACH', { syscall: 'connect' }), false],
		['unreachable while reading', thrown('EHOSTUNREACH', { syscall: 'read' }), true],
		['network gone while reading', thrown('ENETUNREACH', { syscall: 'read' }), true],
		['timed out while connecting', thrown('ETIMEDOUT', { syscall: 'connect' }), false],
		['timed out while reading', thrown('ETIMEDOUT', { syscall: 'read' }), true],
		[
			'unreachable at every address',
			thrown('ENETUNREACH', { errors: [{ syscall: 'connect' }, { syscall: 'connect' }] }),
			false,
		],
		['TLS records that cannot be read', thrown('ERR_SSL_BAD_RECORD_TYPE', {}), true],
		['a fault without details', new Error('?'), true],
	])('%s', (_, error, sent) => {
		expect(readThrown(error)).toMatchObject({ is: 'broken', sent });
	});
});

test('words without a code are passed on unchanged', () => {
	expect(readThrown(new Error('gone'))).toEqual({ is: 'broken', sent: true, why: 'gone' });
});

/** How n8n passes on what the authorization server said: its OAuth2 client's fault wrapped in one of n8n's. */
const refusedToken = (words: string, code: string, status?: number) => ({
	message: `Failed to acquire OAuth2 access token: ${words}`,
	cause: { message: words, code, status },
});

describe('a token call', () => {
	test.each([
		['words that look like a network fault', refusedToken('ECONNREFUSED', 'EAUTH', 401)],
		['words that mention a time-out', refusedToken('timeout of 3 ms exceeded', 'EAUTH', 400)],
	])('that is refused with %s counts as refused', (_, error) => {
		expect(readThrown(error).is).toBe('noToken');
	});

	test.each([
		[
			'404',
			{
				message: 'The resource you are requesting could not be found',
				description: 'HTTP status 404',
				httpCode: '404',
			},
		],
		['a page', { message: 'Unsupported content type: text/html', httpCode: '200' }],
	])('that is answered with %s got no token, also on n8n 2.0', (_, error) => {
		expect(readThrown(error).is).toBe('noToken');
	});

	test.each([
		['429', refusedToken('Too many requests', 'ESTATUS', 429)],
		['429 on n8n 2.0', { message: 'Too many', description: 'HTTP status 429', httpCode: '429' }],
		['503', refusedToken('Unavailable', 'ESTATUS', 503)],
		[
			'no connection, in a single word',
			{ message: 'Failed to acquire OAuth2 access token', cause: { message: 'ECONNRESET' } },
		],
		['no connection', refusedToken('connect ECONNREFUSED 127.0.0.1:1', 'ECONNREFUSED')],
	])('that ends with %s may be repeated', (_, error) => {
		expect(readThrown(error)).toMatchObject({ is: 'broken', sent: false });
	});
});

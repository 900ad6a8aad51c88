import type { NoAnswer } from '../../nodes/SignStash/service/Reply';
import { whyOf } from '../../nodes/SignStash/signing/callFaults';
import { readRefusal, readThrown, readTokenFault } from '../../nodes/SignStash/service/transport';

const connect = { syscall: 'connect' };
const thrown = (httpCode: string, cause: object = {}) => ({
	message: 'Long words',
	httpCode,
	cause,
});
const broken = (sent: boolean, why: string): NoAnswer => ({ is: 'broken', sent, why });

test.each([
	['ECONNREFUSED', /refused: no service listens/],
	['ENOTFOUND', /host name is not known/],
	['EAI_AGAIN', /could not be looked up/],
	['EPROTO', /no TLS connection/],
	['CERT_HAS_EXPIRED', /certificate has expired/],
	['DEPTH_ZERO_SELF_SIGNED_CERT', /certificate is self-signed/],
	['ERR_TLS_CERT_ALTNAME_INVALID', /for another host/],
	['SELF_SIGNED_CERT_IN_CHAIN', /authority that is not trusted/],
	['UNABLE_TO_GET_ISSUER_CERT', /an unknown authority/],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', /an unknown authority/],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /an unknown authority/],
	['ERR_INVALID_URL', /^ERR_INVALID_URL$/],
])('%s: the request never left', (code, why) => {
	expect(readThrown(thrown(code))).toMatchObject({ is: 'broken', sent: false });
	expect(whyOf(readThrown(thrown(code)))).toMatch(why);
});

test.each([
	['EHOSTUNREACH', /host cannot be reached/],
	['ENETUNREACH', /network cannot be reached/],
	['ECONNRESET', /connection was reset/],
	['ECONNABORTED', /no answer came in time/],
	['ETIMEDOUT', /no answer came in time/],
	['EPIPE', /connection was closed/],
	['ENEW', /^ENEW$/],
])('%s: the request may have left, unless it failed while connecting', (code, why) => {
	expect(readThrown(thrown(code))).toMatchObject({ is: 'broken', sent: true });
	expect(whyOf(readThrown(thrown(code)))).toMatch(why);
	expect(readThrown(thrown(code, connect))).toMatchObject({ sent: false });
});

test.each<[name: string, cause: object, sent: boolean]>([
	['every address', { errors: [connect, connect] }, false],
	['one address of several', { errors: [connect, { syscall: 'read' }] }, true],
	['no address', { errors: [] }, true],
	['an address, a few causes down', { cause: { cause: { cause: connect } } }, false],
	['an address, too many causes down', { cause: { cause: { cause: { cause: connect } } } }, true],
])('whether the request may have left when connecting to %s failed', (_, cause, sent) => {
	expect(readThrown(thrown('ETIMEDOUT', cause))).toMatchObject({ is: 'broken', sent });
});

test.each<[name: string, error: unknown, reply: object]>([
	['its own code', { message: 'm', code: 'EPIPE' }, { why: 'the connection was closed' }],
	[
		'the code of its cause',
		{ message: 'm', cause: { code: 'EPIPE' } },
		{ why: 'the connection was closed' },
	],
	['its words', { message: 'strange' }, broken(true, 'strange')],
	...[
		'proxy: HTTP status 500',
		'HTTP status 500, by a proxy',
		'The Unsupported content type: x',
	].map((message): [string, object, NoAnswer] => [
		`its words, '${message}'`,
		{ message },
		broken(true, message),
	]),
	['nothing', undefined, broken(true, 'no reason given')],
	['a stop', thrown('ERR_CANCELED'), { is: 'stopped' }],
	['a status', thrown('404'), { is: 'refusal', status: 404, class: 'rejected', form: 'page' }],
	['a redirect', thrown('300'), { is: 'refusal', status: 300, form: 'page' }],
	['a 2xx', thrown('200'), { is: 'unreadable', status: 200, why: 'the answer was cut off' }],
	['less', thrown('199'), { is: 'broken', sent: true, why: '199' }],
])('a fault is recognised by %s', (_, error, reply) => {
	expect(readThrown(error)).toMatchObject(reply);
});

const acquire = 'Failed to acquire OAuth2 access token';
const ofForm = (data: string) => ({ config: { data } });

test.each<[name: string, error: object, reply: object]>([
	["n8n's words", { message: acquire }, { is: 'noToken', why: acquire }],
	["n8n's other words", { message: 'Unable to sign without access token' }, { is: 'noToken' }],
	['words of its cause', { message: 'm', cause: { message: acquire } }, { why: acquire }],
	['EAUTH', thrown('EAUTH'), { is: 'noToken', why: 'Long words' }],
	['ESTATUS of its cause', { message: 'm', cause: { code: 'ESTATUS' } }, { is: 'noToken' }],
	['its form', thrown('401', ofForm('grant_type=client_credentials')), { is: 'noToken' }],
	['another form', thrown('401', ofForm('x&grant_type=')), { is: 'refusal' }],
	['no form', thrown('401'), { is: 'refusal' }],
])('a fault of the token call is recognised by %s', (_, error, reply) => {
	expect(readThrown(error)).toMatchObject(reply);
});

const unanswered = broken(false, 'the token call got no answer');
const answered = (status: number) =>
	broken(false, `the token call was answered with HTTP ${status}`);
const notNow = broken(false, 'the token call was rejected for now');

test.each<[name: string, error: object, reply: NoAnswer]>([
	['a stop', thrown('ERR_CANCELED'), { is: 'stopped' }],
	['429', { message: acquire, cause: { status: 429 } }, answered(429)],
	['its own status 429', { message: 'm', status: 429 }, answered(429)],
	['status 429 of its response', { message: 'm', response: { status: 429 } }, answered(429)],
	['status 429 in its body', { message: 'm', code: 'EAUTH', body: { status: 429 } }, answered(429)],
	['599', { message: acquire, cause: { status: 599 } }, answered(599)],
	['600', { message: acquire, cause: { status: 600 } }, { is: 'noToken', why: acquire }],
	['500', { message: acquire, cause: { status: 500 } }, answered(500)],
	[
		'status 500 further down',
		{ message: acquire, cause: { cause: { status: 500 } } },
		answered(500),
	],
	['499', { message: acquire, cause: { status: 499 } }, { is: 'noToken', why: acquire }],
	['words about a reset', { message: `${acquire}: ECONNRESET` }, unanswered],
	['words about a hang-up', { message: `${acquire}: socket hang up` }, unanswered],
	['words about a time-out', { message: 'timeout of 10000ms exceeded' }, unanswered],
	['words about 503', { message: 'failed with status code 503' }, answered(503)],
	['words about 429', { message: 'failed with status 429' }, answered(429)],
	['words about 401', { message: 'status code 401' }, { is: 'noToken', why: 'status code 401' }],
	[
		'a refusal, whatever its words',
		{ ...thrown('EAUTH', { status: 499 }), message: 'timeout of 1ms' },
		{ is: 'noToken', why: 'timeout of 1ms' },
	],
	[
		'EAUTH of its cause',
		{ message: 'socket hang up', cause: { code: 'EAUTH' } },
		{ is: 'noToken', why: 'socket hang up' },
	],
	['two messages', { message: 'a', cause: { message: 'b' } }, { is: 'noToken', why: 'a b' }],
])('the result of a failed token call with %s', (_, error, reply) => {
	expect(readTokenFault(error)).toEqual(reply);
});

test.each<[body: object, reply: NoAnswer]>([
	[{ error: 'temporarily_unavailable' }, notNow],
	[{ error: 'server_error' }, notNow],
	[{ error: 'slow_down' }, notNow],
	[{ error: 'rate_limited' }, notNow],
	[{ error: 'denied', error_description: 'Too many requests' }, notNow],
	[{ error: 'denied', error_description: 'Please slow down' }, notNow],
	[{ error: 'ratelimit' }, notNow],
	[{ error: 'toomany' }, notNow],
	[{ error: 'no_server_errors' }, { is: 'noToken', why: 'm' }],
	[
		{ error: 'invalid_client', error_description: 'Bad credentials' },
		{ is: 'noToken', why: 'm' },
	],
])('the result of a token call that is refused with %j, without a status', (body, reply) => {
	expect(readTokenFault({ message: 'm', cause: { code: 'EAUTH', body } })).toEqual(reply);
});

test.each<[body: string, form: string]>([
	['', 'empty'],
	['  ', 'empty'],
	['null', 'empty'],
	['{}', 'page'],
	['<html>', 'page'],
	['{"errorCode":"0.0.2"}', 'words'],
	['{"errorCodeDescription":"d"}', 'words'],
	['{"causeMessage":"c"}', 'words'],
	['{"errorCode":""}', 'page'],
])('a refusal with %j has the form %s', (body, form) => {
	expect(readRefusal(400, body)).toMatchObject({ is: 'refusal', status: 400, form });
});

/** RFC 6750, section 3: a challenge that says what is wrong with the token is the service's own answer. */
test.each<[challenge: string | undefined, form: string]>([
	['Bearer error="invalid_token"', 'words'],
	['bearer realm="x", error="invalid_token", error_description="expired"', 'words'],
	['Bearer realm="x"', 'empty'],
	['Bearer', 'empty'],
	['Basic realm="x", error="y"', 'empty'],
	['BearerX error="y"', 'empty'],
	['Basic realm="a Bearer of" error="y"', 'empty'],
	[undefined, 'empty'],
])('a refusal with the challenge %j has the form %s', (challenge, form) => {
	expect(readRefusal(401, '', { 'www-authenticate': challenge })).toMatchObject({
		class: 'token',
		form,
	});
});

test('a refusal keeps the words of the service', () => {
	const body = { errorCode: '0.0.2', errorCodeDescription: 'd', causeMessage: 'c' };
	const told = { code: '0.0.2', meaning: 'd', cause: 'c', class: 'rejected' };
	expect(readRefusal(500, JSON.stringify(body))).toMatchObject(told);
});

test.each<[header: string | number | null, milliseconds: number | undefined]>([
	[7, 7000],
	[' 1.5 ', 1500],
	['7 seconds', undefined],
	['', undefined],
	[null, undefined],
])('Retry-After %j asks for %s milliseconds', (header, milliseconds) => {
	const headers = { 'retry-after': header };
	expect(readRefusal(429, '', headers).retryAfter).toBe(milliseconds);
});

test('a fault that is its own cause is read all the same', () => {
	const error: { message: string; cause?: object } = { message: acquire };
	error.cause = error;
	expect(readThrown(error)).toMatchObject({ is: 'noToken' });
});

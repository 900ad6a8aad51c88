import { Refusal } from '../Refusal.mts';
import { page } from './undocumented.mts';
import { row } from './play.mts';

/** An OAuth2 refusal (RFC 6749, section 5.2). */
export function oauthRefusal(status: number, error: string, description: string): Refusal {
	const headers: Record<string, string> =
		status === 401 ? { 'www-authenticate': 'Basic realm="oauth2"' } : {};
	return new Refusal(status, { error, error_description: description }, headers);
}

/** The answer to a token call whose client id or secret is wrong. */
export const refusedTokenCall = row<() => Refusal>('refused-token-call', {
	'http-401': () => oauthRefusal(401, 'invalid_client', 'Bad client credentials'),
	'http-400': () => oauthRefusal(400, 'invalid_client', 'Bad client credentials'),
	'page-403': () => page(403, 'Forbidden'),
});

const CHALLENGE = { 'www-authenticate': 'Bearer error="invalid_token"' };
const CAUSE = 'the access token is expired or invalid';

/** The answer to a business call whose token is expired or invalid. */
export const refusedToken = row<() => Refusal>('refused-token', {
	'http-401': () =>
		new Refusal(
			401,
			{ error: 'invalid_token', error_description: 'The access token is expired or invalid' },
			CHALLENGE,
		),
	'empty-401': () => new Refusal(401, undefined, CHALLENGE),
	'page-401': () => page(401, 'Unauthorized'),
	'code-0010': () => Refusal.withCode('0.0.10', CAUSE),
	'code-0010-500': () => new Refusal(500, Refusal.withCode('0.0.10', CAUSE).body),
});

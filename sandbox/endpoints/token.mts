import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import { json } from '../wire/Answer.mts';
import type { Endpoint } from './Endpoint.mts';

/** The refusals of a token call are assumed to be those of OAuth2 (RFC 6749, section 5.2). */
function refusal(status: number, error: string, description: string): Refusal {
	const headers: Record<string, string> =
		status === 401 ? { 'www-authenticate': 'Basic realm="oauth2"' } : {};
	return new Refusal(status, { error, error_description: description }, headers);
}

function credentials({ request }: Exchange): { id: string; secret: string } {
	const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
	if (scheme?.toLowerCase() !== 'basic') {
		throw refusal(401, 'unauthorized', 'Full authentication is required');
	}
	const pair = Buffer.from(encoded, 'base64').toString('utf8');
	const colon = pair.indexOf(':');
	return { id: pair.slice(0, Math.max(colon, 0)), secret: pair.slice(colon + 1) };
}

function checkForm(house: House, exchange: Exchange): void {
	const form = Object.fromEntries(new URLSearchParams(exchange.bytes().toString('utf8')));
	const { grant_type: grantType } = form;
	const isForm = exchange.mediaType() === 'application/x-www-form-urlencoded';
	if (isForm && house.validator.accepts('token', exchange.received(form))) return;
	if (grantType === undefined) throw refusal(400, 'invalid_request', 'Missing grant type');
	throw refusal(400, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
}

/** OAuth2 client credentials with HTTP Basic authentication. */
export const token: Endpoint = {
	on: 'token',
	answer: async (house, exchange) => {
		const { id, secret } = credentials(exchange);
		exchange.admission.call.clientId = house.clients.find(id)?.clientId ?? null;
		const client = house.clients.authenticate(id, secret);
		if (client === undefined || house.settings.client(id).secretRejected === true) {
			throw refusal(401, 'invalid_client', 'Bad client credentials');
		}
		checkForm(house, exchange);
		const { tokenLifetimeSeconds } = house.settings.current;
		return json(house.tokens.issue(client.clientId, tokenLifetimeSeconds), 200, {
			'cache-control': 'no-store',
		});
	},
};

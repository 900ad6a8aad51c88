import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { json } from '../wire/Answer.mts';
import { oauthRefusal, refusedTokenCall } from '../worlds/tokens.mts';
import type { Endpoint } from './Endpoint.mts';

function credentials({ request }: Exchange): { id: string; secret: string } {
	const [scheme, encoded = ''] = (request.headers.authorization ?? '').split(' ');
	if (scheme?.toLowerCase() !== 'basic') {
		throw oauthRefusal(401, 'unauthorized', 'Full authentication is required');
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
	if (grantType === undefined) throw oauthRefusal(400, 'invalid_request', 'Missing grant type');
	throw oauthRefusal(400, 'unsupported_grant_type', `Unsupported grant type: ${grantType}`);
}

/** Issues tokens: OAuth2 client credentials with HTTP Basic authentication. */
export const token: Endpoint = {
	on: 'token',
	answer: async (house, exchange) => {
		const { id, secret } = credentials(exchange);
		exchange.admission.call.clientId = house.clients.find(id)?.clientId ?? null;
		const client = house.clients.authenticate(id, secret);
		if (client === undefined || house.settings.client(id).secretRejected === true) {
			throw refusedTokenCall(house.settings.current.world)();
		}
		checkForm(house, exchange);
		const { tokenLifetimeSeconds } = house.settings.current;
		return json(house.tokens.issue(client.clientId, tokenLifetimeSeconds), 200, {
			'cache-control': 'no-store',
		});
	},
};

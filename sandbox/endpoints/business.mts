import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import type { Occasion } from '../Occasion.mts';
import { Refusal } from '../Refusal.mts';
import type { ClientStates } from '../settings.mts';
import type { Client } from '../state/Clients.mts';
import type { BusinessWork, Endpoint } from './Endpoint.mts';

/** What a servlet container in front of the service is assumed to refuse in a path. */
const REFUSED_IN_PATHS = ['%2f', '%5c', '%3b', '%25', '%00', ';', '\\'];

const BAD_REQUEST_PAGE = '<!doctype html><title>HTTP Status 400 – Bad Request</title>';

/** The error code of each switched state of a client service, the first that holds counts. */
const CODE_OF_STATE: readonly (readonly [keyof ClientStates, string])[] = [
	['licenceInvalid', '1.1.0'],
	['licenceInactive', '1.1.1'],
	['clientServiceInactive', '1.1.3'],
	['issuerInactive', '1.2.0'],
	['partnerInactive', '1.3.0'],
	['configurationMissing', '0.0.3'],
];

function checkPath({ request }: Exchange): void {
	const path = (request.url.split('?')[0] ?? '').toLowerCase();
	if (!REFUSED_IN_PATHS.some((refused) => path.includes(refused))) return;
	throw new Refusal(400, BAD_REQUEST_PAGE, { 'content-type': 'text/html;charset=utf-8' });
}

function checkRate(house: House, { admission }: Exchange): void {
	if (!admission.overLimit) return;
	const seconds = house.settings.current.rateLimit?.retryAfterSeconds;
	throw new Refusal(
		429,
		undefined,
		seconds === undefined ? {} : { 'retry-after': String(seconds) },
	);
}

function authenticate(house: House, { request }: Exchange): Client {
	const [scheme, token] = (request.headers.authorization ?? '').split(' ');
	const valid = scheme?.toLowerCase() === 'bearer' && token !== undefined;
	const clientId = valid ? house.tokens.clientIdOf(token) : undefined;
	const client = clientId === undefined ? undefined : house.clients.find(clientId);
	if (client !== undefined) return client;
	if (house.settings.current.tokenFault === 'code0010') {
		throw Refusal.withCode('0.0.10', 'the access token is expired or invalid');
	}
	throw new Refusal(
		401,
		{ error: 'invalid_token', error_description: 'The access token is expired or invalid' },
		{ 'www-authenticate': 'Bearer error="invalid_token"' },
	);
}

function checkStates(house: House, client: Client): void {
	const states = house.settings.client(client.clientId);
	for (const [state, code] of CODE_OF_STATE) {
		if (states[state]) throw Refusal.withCode(code, `client service ${client.clientId}: ${state}`);
	}
}

/** An endpoint of the business API: limits, token and client service are checked before its work. */
export function business(on: Occasion, work: BusinessWork): Endpoint {
	return {
		on,
		answer: async (house, exchange) => {
			checkRate(house, exchange);
			checkPath(exchange);
			const client = authenticate(house, exchange);
			exchange.admission.call.clientId = client.clientId;
			checkStates(house, client);
			const { perRequestMs } = house.settings.current.delay;
			if (perRequestMs > 0) await pause(perRequestMs);
			return await work(house, exchange, client);
		},
	};
}

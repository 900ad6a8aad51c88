import { setTimeout as pause } from 'node:timers/promises';
import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import type { Occasion } from '../Occasion.mts';
import { Refusal } from '../Refusal.mts';
import type { ClientStates } from '../settings.mts';
import type { Client } from '../state/Clients.mts';
import { busyAnswer } from '../worlds/load.mts';
import { absence, pathCharacters } from '../worlds/lookUps.mts';
import { page } from '../worlds/undocumented.mts';
import { refusedToken } from '../worlds/tokens.mts';
import type { BusinessWork, Endpoint } from './Endpoint.mts';

/** The error code for each state of a client service; the first state that is set counts. */
const CODE_OF_STATE: readonly (readonly [keyof ClientStates, string])[] = [
	['licenceInvalid', '1.1.0'],
	['licenceInactive', '1.1.1'],
	['clientServiceInactive', '1.1.3'],
	['issuerInactive', '1.2.0'],
	['partnerInactive', '1.3.0'],
	['configurationMissing', '0.0.3'],
];

const SIGNING: ReadonlySet<Occasion> = new Set(['sign', 'signMultipart']);

function checkPresence(house: House, on: Occasion): void {
	const absent = SIGNING.has(on) ? undefined : absence(house.settings.current.world);
	if (absent !== undefined) throw absent();
}

function checkPath(house: House, { request }: Exchange): void {
	const path = (request.url.split('?')[0] ?? '').toLowerCase();
	const { refused } = pathCharacters(house.settings.current.world);
	if (refused.some((characters) => path.includes(characters))) throw page(400, 'Bad Request');
}

function checkRate(house: House, { admission }: Exchange): void {
	if (!admission.overLimit) return;
	const { rateLimit, world } = house.settings.current;
	throw busyAnswer(world)(rateLimit?.retryAfterSeconds);
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
	throw refusedToken(house.settings.current.world)();
}

function checkStates(house: House, client: Client): void {
	const states = house.settings.client(client.clientId);
	for (const [state, code] of CODE_OF_STATE) {
		if (states[state]) throw Refusal.withCode(code, `client service ${client.clientId}: ${state}`);
	}
}

/** A business API endpoint; limits, token and client service are checked before it does its work. */
export function business(on: Occasion, work: BusinessWork): Endpoint {
	return {
		on,
		answer: async (house, exchange) => {
			checkRate(house, exchange);
			checkPresence(house, on);
			checkPath(house, exchange);
			const client = authenticate(house, exchange);
			exchange.admission.call.clientId = client.clientId;
			checkStates(house, client);
			const { perRequestMs } = house.settings.current.delay;
			if (perRequestMs > 0) await pause(perRequestMs);
			return await work(house, exchange, client);
		},
	};
}

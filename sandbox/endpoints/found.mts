import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { StoredOperation } from '../state/Operations.mts';

/** The refusal of an unknown operation or reference, or another company's, as it is set. */
export function notFound(house: House): Refusal {
	const { status, body } = house.settings.current.lookupNotFound;
	return new Refusal(status, body);
}

/** The operation that the path names. @throws Refusal when the issuer has none of that id */
export function operationInPath(house: House, exchange: Exchange, client: Client): StoredOperation {
	const id = Number(exchange.parameter('operationId'));
	const operation = house.operations.find(id, client.issuer.vatNumber);
	if (operation === undefined) throw notFound(house);
	return operation;
}

/** The client service that asked for an operation. */
export function ownerOf(house: House, { clientId }: StoredOperation): Client {
	const owner = house.clients.find(clientId);
	if (owner === undefined) throw new Error(`client service ${clientId} is gone`);
	return owner;
}

import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { StoredOperation } from '../state/Operations.mts';
import { goneOf } from '../worlds/execution.mts';
import { othersOperation, unknownReference } from '../worlds/lookUps.mts';
import { readId } from '../worlds/writing/ids.mts';

/** The refusal for an unknown operation or reference: the one that is set, else the world's. */
export function notFound(house: House, asked: string): Refusal {
	const { lookupNotFound, world } = house.settings.current;
	if (lookupNotFound === null) return unknownReference(world)(asked);
	return new Refusal(lookupNotFound.status, lookupNotFound.body);
}

/** The operation that the path names. @throws Refusal when the issuer has none with that id */
export function operationInPath(house: House, exchange: Exchange, client: Client): StoredOperation {
	const { world } = house.settings.current;
	const asked = exchange.parameter('operationId');
	const operation = house.operations.find(readId(world, asked));
	if (operation?.issuerVat === client.issuer.vatNumber) return operation;
	const others = operation === undefined ? undefined : othersOperation(world);
	throw others?.() ?? notFound(house, asked);
}

/** The client service that requested an operation. */
export function ownerOf(house: House, { clientId }: StoredOperation): Client {
	const owner = house.clients.find(clientId);
	if (owner === undefined) throw new Error(`client service ${clientId} is gone`);
	return owner;
}

/** A signed document's bytes, where the world still has them. */
export function keptContent(
	house: House,
	operation: StoredOperation,
	documentId: number,
): Buffer | undefined {
	if (goneOf(operation, house.settings.current.world) !== undefined) return undefined;
	return house.operations.signedContent(documentId);
}

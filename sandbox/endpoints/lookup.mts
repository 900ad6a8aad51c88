import { told } from '../wire/Answer.mts';
import type { House } from '../House.mts';
import type { Client } from '../state/Clients.mts';
import type { StoredOperation } from '../state/Operations.mts';
import { lookUpLag, pathCharacters } from '../worlds/lookUps.mts';
import { referenceCase } from '../worlds/registration.mts';
import { business } from './business.mts';
import { notFound } from './found.mts';

/** The newest operation with such a document, once the world's look-ups find it. */
async function lookedUp(
	{ operations, holders, executor, settings }: House,
	reference: string,
	{ issuer }: Client,
): Promise<StoredOperation | undefined> {
	const { world } = settings.current;
	const holder = holders
		.documents(reference)
		.findLast(
			({ issuerVat, held }) =>
				issuerVat === issuer.vatNumber && referenceCase(world).same(held, reference),
		);
	if (holder === undefined) return undefined;
	const { polls, found } = lookUpLag(world);
	if (polls) await executor.poll(holder.operationId);
	const count = operations.lookedUp(holder.operationId);
	const operation = operations.get(holder.operationId);
	return found(operation, count) ? operation : undefined;
}

/** The operation that holds a document, by the document's reference. */
export const lookup = business('lookup', async (house, exchange, client) => {
	house.validator.checkRequest('lookup', exchange.received());
	const { world, lookupLagMs } = house.settings.current;
	const reference = pathCharacters(world).read(exchange.parameter('externalReference'));
	exchange.admission.call.externalReferences = [reference];
	const operation = await lookedUp(house, reference, client);
	const visibleFrom = (operation?.createdAt ?? 0) + lookupLagMs;
	if (operation === undefined || Date.now() < visibleFrom) throw notFound(house, reference);
	return told(operation.id);
});

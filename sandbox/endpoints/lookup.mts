import { told } from '../wire/Answer.mts';
import type { House } from '../House.mts';
import type { Client } from '../state/Clients.mts';
import type { StoredOperation } from '../state/Operations.mts';
import { lookUpLag, pathCharacters } from '../worlds/lookUps.mts';
import type { Holder } from '../state/Holders.mts';
import { referenceCase, takenOnArrival } from '../worlds/registration.mts';
import { keptReference } from './limits.mts';
import { business } from './business.mts';
import { notFound } from './found.mts';

/** The holders of a reference that a client service's company can look up, oldest first. */
function holdersOf({ holders, settings }: House, reference: string, { issuer }: Client): Holder[] {
	const { same } = referenceCase(settings.current.world);
	return holders
		.documents(reference)
		.filter(({ issuerVat, held }) => issuerVat === issuer.vatNumber && same(held, reference));
}

/** Carries on the operations that nobody can poll, because nothing finds them before they end. */
async function goOn(house: House, unseen: readonly Holder[]): Promise<void> {
	for (const { operationId } of unseen) await house.executor.poll(operationId);
}

/** The newest operation with a document of this reference, once the world's look-ups find it. */
async function lookedUp(
	house: House,
	reference: string,
	client: Client,
): Promise<StoredOperation | undefined> {
	const { operations, executor, settings } = house;
	const { world } = settings.current;
	const all = holdersOf(house, reference, client);
	if (!takenOnArrival(world)) await goOn(house, all);
	const holder = (
		takenOnArrival(world)
			? all
			: holdersOf(house, reference, client).filter(({ finished }) => finished)
	).at(-1);
	if (holder === undefined) return undefined;
	const { polls, found } = lookUpLag(world);
	if (polls) await executor.poll(holder.operationId);
	const count = operations.lookedUp(holder.operationId);
	const operation = operations.get(holder.operationId);
	return found(operation, count) ? operation : undefined;
}

/** The id of the operation with a document, by the document's reference. */
export const lookup = business('lookup', async (house, exchange, client) => {
	house.validator.checkRequest('lookup', exchange.received());
	const { world, lookupLagMs } = house.settings.current;
	const asked = pathCharacters(world).read(exchange.parameter('externalReference'));
	const reference = keptReference(asked, world);
	exchange.admission.call.externalReferences = [reference];
	const operation = await lookedUp(house, reference, client);
	const visibleFrom = (operation?.createdAt ?? 0) + lookupLagMs;
	if (operation === undefined || Date.now() < visibleFrom) throw notFound(house, reference);
	return told(operation.id);
});

import { json } from '../wire/Answer.mts';
import { business } from './business.mts';
import { notFound } from './found.mts';

/** The operation that holds a document, by the document's reference. */
export const lookup = business('lookup', async (house, exchange, client) => {
	house.validator.checkRequest('lookup', exchange.received());
	const reference = exchange.parameter('externalReference');
	exchange.admission.call.externalReferences = [reference];
	const operation = house.operations.findByReference(reference, client.issuer.vatNumber);
	const visibleFrom = (operation?.createdAt ?? 0) + house.settings.current.lookupLagMs;
	if (operation === undefined || Date.now() < visibleFrom) throw notFound(house);
	return json(operation.id);
});

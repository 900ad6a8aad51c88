import { business } from './business.mts';
import { operationInPath } from './found.mts';
import { signOperation } from './signOperation.mts';

/** The whole operation, with the signed contents if asked for. Counts as a poll. */
export const detail = business('detail', async (house, exchange, client) => {
	house.validator.checkRequest('detail', exchange.received());
	const { id } = operationInPath(house, exchange, client);
	await house.executor.poll(id);
	const withContents = exchange.parameter('includeContent') === 'true';
	return signOperation(house, id, withContents ? 'kept' : 'none');
});

import { describeBase } from '../describe.mts';
import { told } from '../wire/Answer.mts';
import { business } from './business.mts';
import { operationInPath, ownerOf } from './found.mts';

/** The status of an operation. Counts as a poll. */
export const status = business('status', async (house, exchange, client) => {
	house.validator.checkRequest('status', exchange.received());
	const { id } = operationInPath(house, exchange, client);
	await house.executor.poll(id);
	const operation = house.operations.get(id);
	const { usage } = house.settings.current;
	return told(describeBase(operation, ownerOf(house, operation), usage));
});

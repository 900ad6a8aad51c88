import type { Exchange } from '../Exchange.mts';
import { Refusal } from '../Refusal.mts';
import { plain } from '../wire/Answer.mts';
import { resendsTooEarly } from '../worlds/execution.mts';
import { resendAddresses } from '../worlds/requests.mts';
import { business } from './business.mts';
import { operationInPath } from './found.mts';

function parse(exchange: Exchange): unknown {
	try {
		return JSON.parse(exchange.bytes().toString('utf8'));
	} catch {
		throw Refusal.withCode('0.0.2', 'malformed request: the body is not JSON');
	}
}

/** Sends an executed operation's email again, once to each address. */
export const resend = business('resend', async (house, exchange, client) => {
	const addresses = house.validator.body('resend', exchange.received(parse(exchange)));
	const { world } = house.settings.current;
	if (addresses.length > resendAddresses(world).most)
		throw Refusal.withCode('0.0.6', 'there are too many addresses');
	const operation = operationInPath(house, exchange, client);
	if (operation.status !== 'EXECUTED') {
		if (resendsTooEarly(world)) return plain(200, undefined);
		throw Refusal.withCode('0.0.6', `operation ${operation.id} is ${operation.status}`);
	}
	const own = house.deliveries.ofOperation(operation.id).map(({ email }) => email);
	const sent = (addresses.length > 0 ? addresses : own).map((email) =>
		house.mailer.sendOnce(
			house.deliveries.add({
				operationId: operation.id,
				clientId: client.clientId,
				kind: 'resend',
				email,
				attachDocuments: exchange.parameter('attachDocuments') === 'true',
			}),
		),
	);
	if (sent.includes(false)) throw Refusal.withCode('0.0.5', 'the email could not be sent');
	return plain(200, undefined);
});

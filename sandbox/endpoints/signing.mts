import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { Plan, StoredOperation } from '../state/Operations.mts';
import type { MultipartSignRequest } from '../types.mts';
import type { Answer } from '../wire/Answer.mts';
import { checkLimits } from './limits.mts';
import { signOperation } from './signOperation.mts';

/** How an operation goes on that was registered but not executed, because a fault struck. */
const LEFT_BEHIND: Plan = { pendingPolls: 1, executionErrorPolls: 0, outcome: 'EXECUTED' };

function checkReferences({ documents }: MultipartSignRequest): void {
	const seen = new Set<string>();
	for (const { documentRequest } of documents) {
		const { externalReference } = documentRequest;
		if (seen.has(externalReference)) {
			const cause = `document external reference ${externalReference} is repeated in the request`;
			throw Refusal.withCode('0.0.7', cause);
		}
		seen.add(externalReference);
	}
}

function queueMails(house: House, operation: StoredOperation): void {
	const delivery = operation.preservation?.deliveryInfo;
	for (const { email } of delivery?.personReceiver ?? []) {
		house.deliveries.add({
			operationId: operation.id,
			clientId: operation.clientId,
			kind: 'delivery',
			email,
			attachDocuments: delivery?.attachDocuments ?? false,
		});
	}
}

/** Registers a signing request, and executes it before the answer unless that is set otherwise. */
export async function signDocuments(
	house: House,
	exchange: Exchange,
	client: Client,
	request: MultipartSignRequest,
	contents: readonly Buffer[],
): Promise<Answer> {
	checkLimits(request);
	checkReferences(request);
	const plan = house.settings.current.async;
	const operation = house.operations.register(client, request, contents, plan ?? LEFT_BEHIND);
	queueMails(house, operation);
	await exchange.reach('registered');
	if (plan !== null) return signOperation(house, operation.id, 'none');
	const signed = await house.executor.execute(operation.id, contents);
	await exchange.reach('signed');
	return signOperation(house, operation.id, request.returnSignedContent ? signed : 'none');
}

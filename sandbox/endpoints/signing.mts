import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { Plan, StoredOperation } from '../state/Operations.mts';
import type { MultipartSignRequest } from '../types.mts';
import type { Told } from '../wire/Answer.mts';
import { answersContent, execution, tellsEmailFailure } from '../worlds/execution.mts';
import { signsTheRest } from '../worlds/registration.mts';
import { clashOf } from './clash.mts';
import type { Clash } from './clash.mts';
import { checkLimits } from './limits.mts';
import { checkSignatures } from './signatures.mts';
import { signOperation } from './signOperation.mts';

/** How an operation goes on that was registered but not executed, because a fault struck. */
const LEFT_BEHIND: Plan = { pendingPolls: 1, executionErrorPolls: 0, outcome: 'EXECUTED' };

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

/** A request and the contents of its documents. */
interface Job {
	request: MultipartSignRequest;
	contents: readonly Buffer[];
}

function register(house: House, client: Client, { request, contents }: Job): StoredOperation {
	const { async: set, world } = house.settings.current;
	const plan = set ?? execution(world).plan ?? LEFT_BEHIND;
	const operation = house.operations.register(client, request, contents, plan);
	queueMails(house, operation);
	return operation;
}

/** The documents of a refused request that nothing stands against. */
function withoutTaken({ request, contents }: Job, taken: ReadonlySet<string>): Job {
	const free = request.documents.map(
		({ documentRequest }) => !taken.has(documentRequest.externalReference),
	);
	return {
		request: { ...request, documents: request.documents.filter((_, index) => free[index]) },
		contents: contents.filter((_, index) => free[index]),
	};
}

/** Refuses a request for its references, with the rest signed where the world does so. */
async function refuse(house: House, client: Client, job: Job, clash: Clash): Promise<never> {
	const rest = withoutTaken(job, clash.taken);
	if (signsTheRest(house.settings.current.world) && rest.contents.length > 0) {
		const { id } = register(house, client, rest);
		await house.executor.execute(id, rest.contents);
	}
	throw clash.refusal;
}

/** Registers a signing request, and executes it before the answer unless that is set otherwise. */
export async function signDocuments(
	house: House,
	exchange: Exchange,
	client: Client,
	request: MultipartSignRequest,
	contents: readonly Buffer[],
): Promise<Told> {
	const { async: set, world } = house.settings.current;
	checkLimits(request, world);
	checkSignatures(request, world);
	// Nothing may come between this and the registration, or two requests could share a reference.
	const clash = clashOf(house, client, request);
	if (clash !== undefined) return await refuse(house, client, { request, contents }, clash);
	const operation = register(house, client, { request, contents });
	await exchange.reach('registered');
	const { plan, inError } = execution(world);
	if (set === null && inError === 'ERROR_SIGNING')
		house.operations.setStatus(operation.id, 'EXECUTION_ERROR');
	if (set !== null || plan !== null) return signOperation(house, operation.id, 'none');
	const signed = await house.executor.execute(operation.id, contents);
	await exchange.reach('signed');
	if (tellsEmailFailure(world) && house.deliveries.unsent(operation.id))
		throw Refusal.withCode('0.0.5', 'the e-mail could not be sent');
	const returned = request.returnSignedContent === true && answersContent(world);
	return signOperation(house, operation.id, returned ? signed : 'none');
}

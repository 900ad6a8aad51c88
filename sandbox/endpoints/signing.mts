import type { Exchange } from '../Exchange.mts';
import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { Plan, StoredOperation } from '../state/Operations.mts';
import type { MultipartSignRequest } from '../types.mts';
import type { Told } from '../wire/Answer.mts';
import { answersContent, execution, tellsEmailFailure } from '../worlds/execution.mts';
import { signsTheRest, takenOnArrival } from '../worlds/registration.mts';
import type { World } from '../worlds/World.mts';
import { clashOf } from './clash.mts';
import type { Clash } from './clash.mts';
import { asKept, checkLimits } from './limits.mts';
import { checkSignatures } from './signatures.mts';
import { signOperation } from './signOperation.mts';

/** How an operation continues if a fault left it registered but not executed. */
const LEFT_BEHIND: Plan = { pendingPolls: 1, executionErrorPolls: 0, outcome: 'EXECUTED' };

/** The same where nothing finds it before it ends: look-ups represent the time that signing takes. */
const AT_WORK: Plan = { ...LEFT_BEHIND, pendingPolls: 6 };

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
	const left = takenOnArrival(world) ? LEFT_BEHIND : AT_WORK;
	const plan = set ?? execution(world).plan ?? left;
	const operation = house.operations.register(client, request, contents, plan);
	queueMails(house, operation);
	return operation;
}

/** A refused request, reduced to the documents whose references are free. */
function withoutTaken({ request, contents }: Job, taken: ReadonlySet<string>): Job {
	const free = request.documents.map(
		({ documentRequest }) => !taken.has(documentRequest.externalReference),
	);
	return {
		request: { ...request, documents: request.documents.filter((_, index) => free[index]) },
		contents: contents.filter((_, index) => free[index]),
	};
}

/** Whether the answer to a request carries its signed contents. */
const returnsContents = ({ returnSignedContent }: MultipartSignRequest, world: World): boolean =>
	returnSignedContent === true && answersContent(world);

/**
 * Answers a request whose references are taken; signs the rest of it in worlds that do so.
 * @returns the operation that holds a reference, in worlds that show it
 * @throws Refusal in all other worlds
 */
async function turnAway(house: House, client: Client, job: Job, clash: Clash): Promise<Told> {
	const rest = withoutTaken(job, clash.taken);
	if (signsTheRest(house.settings.current.world) && rest.contents.length > 0) {
		const { id } = register(house, client, rest);
		await house.executor.execute(id, rest.contents);
	}
	if (clash.refusal !== undefined || clash.holder === undefined)
		throw clash.refusal ?? new Error('a clash has neither a refusal nor a holder');
	const returned = returnsContents(job.request, house.settings.current.world);
	return signOperation(house, clash.holder, returned ? 'kept' : 'none');
}

/**
 * Finishes other operations that are still being signed under the references of this request. A
 * service that takes references at the end accepts both requests and signs both.
 */
async function endTheOthers(
	{ holders, executor, settings }: House,
	{ id }: StoredOperation,
	{ documents }: MultipartSignRequest,
): Promise<void> {
	if (takenOnArrival(settings.current.world)) return;
	const others = documents
		.flatMap(({ documentRequest }) => holders.documents(documentRequest.externalReference))
		.filter(({ operationId, finished }) => operationId !== id && !finished);
	for (const { operationId } of others) await executor.execute(operationId);
}

/** Registers a signing request and executes it before answering, unless set otherwise. */
export async function signDocuments(
	house: House,
	exchange: Exchange,
	client: Client,
	sent: MultipartSignRequest,
	contents: readonly Buffer[],
): Promise<Told> {
	const { async: set, world } = house.settings.current;
	const request = asKept(sent, world);
	checkLimits(request, world);
	checkSignatures(request, world);
	// There must be no await between this and the registration, or two requests could share a reference.
	const clash = clashOf(house, client, request);
	if (clash !== undefined) return await turnAway(house, client, { request, contents }, clash);
	const operation = register(house, client, { request, contents });
	await endTheOthers(house, operation, request);
	await exchange.reach('registered');
	const { plan, inError } = execution(world);
	if (set === null && inError === 'ERROR_SIGNING')
		house.operations.setStatus(operation.id, 'EXECUTION_ERROR');
	if (set !== null || plan !== null) return signOperation(house, operation.id, 'none');
	const signed = await house.executor.execute(operation.id, contents);
	await exchange.reach('signed');
	if (tellsEmailFailure(world) && house.deliveries.unsent(operation.id))
		throw Refusal.withCode('0.0.5', 'the email could not be sent');
	return signOperation(house, operation.id, returnsContents(request, world) ? signed : 'none');
}

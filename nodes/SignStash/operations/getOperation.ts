import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { notRead } from '../signing/callFaults';
import { readPatiently, waitUntilFinished } from '../signing/reading';
import { chosen, milliseconds, parametersOf, switchedOn, within } from './choices';
import { optionsOf, runOf } from './context';
import { forEachItem, readingParallel } from './itemLoop';
import { describe, documentItems, namedApart } from './output';
import { operationIdOf } from './receivers';
import {
	optionsField,
	outputFieldOf,
	returned,
	returnField,
	sharedOptions,
	shownFor,
	waitForPending,
} from './sharedFields';

export const getOperationFields: INodeProperties[] = [
	{
		displayName: 'Operation ID',
		name: 'operationId',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 1042',
		displayOptions: shownFor(['getOperation', 'resendEmail']),
	},
	returnField('getOperation'),
	optionsField('getOperation', [
		sharedOptions.outputField,
		sharedOptions.requestTimeout,
		sharedOptions.simplify,
		waitForPending,
	]),
];

/**
 * Fetches an operation: its state, its details, or its signed documents as well. Reading may be repeated freely.
 */
export async function getOperation(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = runOf(context);
	const items = await forEachItem(context, readingParallel, async (item) => {
		const id = operationIdOf(context.getNodeParameter('operationId', item));
		const wanted = chosen(parametersOf(context, item), returned);
		const options = optionsOf(context, item);
		const option = within(options);
		const ports = (await run()).ports(milliseconds(option, sharedOptions.requestTimeout));
		const simplify = switchedOn(option, sharedOptions.simplify);
		const completion = milliseconds(option, waitForPending);
		const field = outputFieldOf(option);
		const files = wanted === 'documents';
		const read = async () =>
			wanted === 'status' && completion === 0
				? await ports.service.status(id)
				: await ports.service.detail(id, files);
		const reply = await readPatiently(ports, read);
		if (reply.is !== 'answer') throw notRead(reply, `'Operation ID' ${id}`);
		const operation = await waitUntilFinished(ports, reply.body, completion, files);
		if (wanted === 'status' || (wanted === 'details' && !simplify))
			return [{ json: describe(operation, simplify) }];
		return await documentItems(context, operation, field, simplify);
	});
	return namedApart(items);
}

import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { Fault } from '../Fault';
import { inParallel } from '../signing/pool';

/** What one input item becomes. */
export type ItemWork = (item: number) => Promise<INodeExecutionData[]>;

function wordsOf(error: unknown): { message: string; remedy: string; details: IDataObject } {
	if (error instanceof Fault)
		return { message: error.message, remedy: error.remedy, details: { ...error.details } };
	const message = error instanceof Error ? error.message : String(error);
	return { message, remedy: '', details: {} };
}

/**
 * Runs an operation for every item, in order of the input and paired with it. In the continue modes an
 * item's fault becomes its output and costs no other item anything; an `error` property on the item
 * itself would lose its other fields on the way to the error output, so the words stand in `json`.
 */
export async function forEachItem(
	context: IExecuteFunctions,
	parallel: number,
	work: ItemWork,
): Promise<INodeExecutionData[]> {
	const results = await inParallel(context.getInputData().length, parallel, async (item) => {
		try {
			return (await work(item)).map((one) => ({ ...one, pairedItem: { item } }));
		} catch (error) {
			const { message, remedy, details } = wordsOf(error);
			const named = `${message} [item ${item}]`;
			if (!context.continueOnFail())
				throw new NodeOperationError(context.getNode(), named, {
					itemIndex: item,
					description: remedy,
				});
			return [{ json: { error: named, message: remedy, details }, pairedItem: { item } }];
		}
	});
	return results.flat();
}

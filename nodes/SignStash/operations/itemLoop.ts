import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { Fault } from '../Fault';
import { forEachParallel } from '../signing/pool';

/** What one input item becomes. */
export type ItemWork = (item: number) => Promise<INodeExecutionData[]>;

/** Items that may be under way at a time when nothing but reading is done for them. */
export const readingParallel = 4;

function wordsOf(error: unknown): { message: string; remedy: string; details: IDataObject } {
	if (error instanceof Fault)
		return { message: error.message, remedy: error.remedy, details: { ...error.details } };
	const message = error instanceof Error ? error.message : String(error);
	return { message, remedy: '', details: {} };
}

/**
 * An item's fault as its output in the continue modes, else thrown. An `error` property on the item
 * itself would lose its other fields on the way to the error output, so the words stand in `json`.
 */
export function faultItem(
	context: IExecuteFunctions,
	item: number,
	error: unknown,
): INodeExecutionData {
	const { message, remedy, details } = wordsOf(error);
	const named = `${message} [item ${item}]`;
	if (!context.continueOnFail())
		throw new NodeOperationError(context.getNode(), named, {
			itemIndex: item,
			description: remedy,
		});
	return {
		json: { error: named, message: remedy, details },
		pairedItem: { item },
	};
}

/** Runs an operation for every item, in order of the input and paired with it; no item's fault costs another its result. */
export async function forEachItem(
	context: IExecuteFunctions,
	parallel: number,
	work: ItemWork,
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[][] = [];
	await forEachParallel(itemNumbers(context), parallel, async (item) => {
		try {
			results[item] = (await work(item)).map((one) => ({ ...one, pairedItem: { item } }));
		} catch (error) {
			results[item] = [faultItem(context, item, error)];
		}
	});
	return results.flat();
}

/** The numbers of the input's items, one at a time. */
export async function* itemNumbers(context: IExecuteFunctions): AsyncGenerator<number> {
	for (const item of context.getInputData().keys()) yield item;
}

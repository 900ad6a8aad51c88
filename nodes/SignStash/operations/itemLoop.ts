import {
	NodeOperationError,
	type IDataObject,
	type IExecuteFunctions,
	type INodeExecutionData,
} from 'n8n-workflow';
import { BadInput, Fault } from '../Fault';
import { forEachParallel } from '../flow/pool';

/** What one input item becomes. */
export type ItemWork = (item: number) => Promise<INodeExecutionData[]>;

/** Items that may be in progress at the same time if they are only read. */
export const readingParallel = 4;

/** `json` of a failed item: a single key, by which every n8n from 1.123 on distinguishes it from a success. */
export type FailedItem = {
	error: {
		/** What happened, and to which item. */
		message: string;
		/** What to do about it. */
		description: string;
		details: IDataObject;
	};
};

/** What a fault's output needs of the execution. */
export type ItemContext = Pick<IExecuteFunctions, 'continueOnFail' | 'getInputData' | 'getNode'>;

/** What bad input prevented, as the last words of the message; by operation. */
const nothingDone = {
	sign: ' This document was not sent.',
	resend: ' No email was sent.',
	// "Not sent" would be understood as a statement about the document that is being looked for.
	reading: '',
};

type Undone = keyof typeof nothingDone;

function failed(item: number, error: unknown, undone: Undone): FailedItem {
	const { message } = error instanceof Error ? error : { message: String(error) };
	const { remedy, details } = error instanceof Fault ? error : { remedy: '', details: {} };
	const description = error instanceof BadInput ? remedy + nothingDone[undone] : remedy;
	return { error: { message: `${message} [item ${item}]`, description, details: { ...details } } };
}

/**
 * An item's fault as its output in the continue modes, else thrown. An `error` property on the item
 * itself would lose its other fields on the way to the error output, so the words stand in `json`.
 * The input's files go along to the error output only: elsewhere they could be taken for signed ones.
 */
export function faultItem(
	context: ItemContext,
	item: number,
	error: unknown,
	undone: Undone,
): INodeExecutionData {
	const json = failed(item, error, undone);
	const { message, description } = json.error;
	const node = context.getNode();
	if (!context.continueOnFail()) {
		const thrown = new NodeOperationError(node, message, { itemIndex: item, description });
		if (error instanceof Fault && error.failure) thrown.failure = error.failure;
		throw thrown;
	}
	const { binary } = context.getInputData()[item] ?? {};
	const takesFiles = binary !== undefined && node.onError === 'continueErrorOutput';
	return { json, pairedItem: { item }, ...(takesFiles ? { binary } : {}) };
}

/** Runs an operation for every item, in order of the input and paired with it; no item's fault costs another its result. */
export async function forEachItem(
	context: IExecuteFunctions,
	parallel: number,
	work: ItemWork,
	undone: Undone = 'reading',
): Promise<INodeExecutionData[]> {
	const results: INodeExecutionData[][] = [];
	await forEachParallel(itemNumbers(context), parallel, async (item) => {
		try {
			results[item] = (await work(item)).map((one) => ({ ...one, pairedItem: { item } }));
		} catch (error) {
			results[item] = [faultItem(context, item, error, undone)];
		}
	});
	return results.flat();
}

/** The numbers of the input's items, one at a time. */
export async function* itemNumbers(context: IExecuteFunctions): AsyncGenerator<number> {
	for (const item of context.getInputData().keys()) yield item;
}

import type { INodeProperties, INodePropertyCollection, INodePropertyOptions } from 'n8n-workflow';
import { textOf, type Choice, type Get, type Seconds, type Switch } from './choices';
import { resourceOf, type OperationName } from './resources';

/** Shows a field for some operations of one resource, and under further conditions if given. */
export function shownFor(
	operations: OperationName | OperationName[],
	conditions: Record<string, Array<string | boolean>> = {},
): INodeProperties['displayOptions'] {
	const operation = [operations].flat();
	const resource = [...new Set(operation.map((one) => resourceOf[one]))];
	return { show: { resource, operation, ...conditions } };
}

/** How much of an operation is returned. */
export type Wanted = 'status' | 'details' | 'documents';

/** How much of an operation is returned, whichever operation asks. */
export const returned: Choice<Wanted> = {
	displayName: 'Return',
	name: 'return',
	type: 'options',
	options: [
		{
			name: 'Details',
			value: 'details',
			description: 'The operation with its documents, without files',
		},
		{
			name: 'Details and Signed Documents',
			value: 'documents',
			description: 'The operation, and each signed document as a file',
		},
		{ name: 'Status', value: 'status', description: 'Only the state of the operation' },
	],
	default: 'documents',
};

/** The field for it, shown for one operation. */
export function returnField(operation: OperationName): Choice<Wanted> {
	return { ...returned, displayOptions: shownFor(operation) };
}

export const emailReceivers: INodeProperties = {
	displayName: 'Email Receivers',
	name: 'emailReceivers',
	type: 'string',
	default: '',
	placeholder: 'e.g. customer@example.com, accounting@example.com',
	description:
		"Who gets the email: addresses separated by commas, a list, or the 'receivers' of an earlier step",
};

export const attachDocuments: Switch = {
	displayName: 'Attach Documents',
	name: 'attachDocuments',
	type: 'boolean',
	default: false,
	description: 'Whether to attach the signed documents to the email',
};

/** Whether a result is cut down to what the next step needs. */
export const simplify: Switch = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

/** A day: anyone who enters more has entered milliseconds. */
const mostSeconds = 86_400;

/** Options that several operations share, each with the same meaning everywhere. */
export const sharedOptions = {
	outputField: {
		displayName: 'Put Output File in Field',
		name: 'outputField',
		type: 'string',
		default: 'data',
		hint: 'The name of the output binary field to put the file in',
	},
	requestTimeout: {
		displayName: 'Request Timeout (Seconds)',
		name: 'requestTimeout',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: mostSeconds },
		default: 120,
		description: 'How long one call to the service may take',
	},
	simplify,
	waitForCompletion: {
		displayName: 'Wait for Completion (Seconds)',
		name: 'waitForCompletion',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: mostSeconds },
		default: 60,
		description: 'How long to wait for an operation that is registered but not finished',
	},
} satisfies Record<string, INodeProperties>;

/** The field in which operations that only read return a file. */
export const outputFieldOf = (option: Get): string => {
	const { name, displayName, default: otherwise } = sharedOptions.outputField;
	return textOf(option(name, otherwise), displayName) || otherwise;
};

/** Operations that only read report the current state immediately, unless they are told to wait. */
export const waitForPending: Seconds = { ...sharedOptions.waitForCompletion, default: 0 };

/** An options collection for one operation. */
export function optionsField(
	operation: OperationName,
	options: INodeProperties[],
): INodeProperties {
	const collection: Array<INodePropertyOptions | INodeProperties | INodePropertyCollection> =
		options;
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: shownFor(operation),
		options: collection,
	};
}

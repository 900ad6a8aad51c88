import type { INodeProperties } from 'n8n-workflow';
import type { IfAlreadySigned } from '../../../signing/SigningJob';
import type { Choice, Switch, WholeNumber } from '../../choices';
import { sharedOptions } from '../../sharedFields';

/** How signed documents become items. */
export type OutputItems = 'perDocument' | 'perInputItem';

export const applyTimestamp: Switch = {
	displayName: 'Apply Timestamp',
	name: 'applyTimestamp',
	type: 'boolean',
	default: false,
	description:
		"Whether to add a timestamp from the service's server. This is a premium feature of the service, not needed for plain invoice signing.",
};

export const ifAlreadySigned: Choice<IfAlreadySigned> = {
	displayName: 'If Already Signed',
	name: 'ifAlreadySigned',
	type: 'options',
	options: [
		{
			name: 'Fail',
			value: 'fail',
			description: 'Report that the reference already has a signature',
		},
		{
			name: 'Return Existing Signature',
			value: 'return',
			description: 'Return the earlier signed document; no new signature is made or billed',
		},
		{
			name: 'Sign Again',
			value: 'signAgain',
			description: 'Make, and be billed for, one more signature under the next reference',
		},
	],
	default: 'return',
	description: 'What to do when the reference already has a signature from an earlier run',
};

export const outputItems: Choice<OutputItems> = {
	displayName: 'Output Items',
	name: 'outputItems',
	type: 'options',
	options: [
		{
			name: 'One per Document',
			value: 'perDocument',
			description: 'Each signed document becomes a separate item',
		},
		{
			name: 'One per Input Item',
			value: 'perInputItem',
			description:
				"Each input item keeps its own fields, with its signed documents as files and their details under 'documents'",
		},
	],
	default: 'perDocument',
	description: 'How signed documents become items. The value of the first item applies to all.',
};

export const preserveContent: Switch = {
	displayName: 'Preserve Content',
	name: 'preserveContent',
	type: 'boolean',
	default: false,
	description:
		'Whether the service keeps the document in custody with its integrity preserved, instead of only storing it',
};

export const returnSignedDocument: Switch = {
	displayName: 'Return Signed Document',
	name: 'returnSignedDocument',
	type: 'boolean',
	default: true,
	description:
		"Whether to return the signed file. Turning this off is faster; 'Get Operation' can fetch the file later.",
};

export const documentsPerRequest: WholeNumber = {
	displayName: 'Documents per Request',
	name: 'documentsPerRequest',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 100 },
	default: 1,
	description:
		'How many documents of neighboring items may share one request, up to 20 MB. This is far faster for many small documents. They then share one operation: anyone who is later emailed that operation sees all of them. Items with email receivers are always sent alone. The value of the first item applies to all.',
};

export const parallelRequests: WholeNumber = {
	displayName: 'Parallel Requests',
	name: 'parallelRequests',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: 16 },
	default: 4,
	description:
		'How many requests may be in progress at the same time; fewer when the service is busy. The value of the first item applies to all.',
};

/** The options of Sign. */
export const optionFields: INodeProperties[] = [
	applyTimestamp,
	{
		displayName: 'Description',
		name: 'description',
		type: 'string',
		default: '',
		placeholder: 'e.g. Invoices of November',
		description: 'Text shown to signers. If empty, the document name is used.',
	},
	{
		displayName: 'Document Name',
		name: 'documentName',
		type: 'string',
		default: '',
		placeholder: 'e.g. FT 2025-123.pdf',
		description:
			'Name of the document at the service, for an item with one document. If empty, the file name is used.',
	},
	documentsPerRequest,
	ifAlreadySigned,
	outputItems,
	parallelRequests,
	preserveContent,
	{
		...sharedOptions.outputField,
		default: '',
		placeholder: 'e.g. signed',
		description: 'If empty, the file goes into the field that the document came from',
	},
	sharedOptions.requestTimeout,
	returnSignedDocument,
	sharedOptions.simplify,
	sharedOptions.waitForCompletion,
];

import type { INodeProperties } from 'n8n-workflow';

/** The resource that each operation belongs to. */
export const resourceOf = {
	sign: 'document',
	recoverByReference: 'document',
	getOperation: 'operation',
	resendEmail: 'operation',
} as const;

export type OperationName = keyof typeof resourceOf;

/** What is chosen first: the resource, and what to do with it. n8n names the added step and the agent's tool by `action`. */
export const resourceFields: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Document',
				value: 'document',
				description: 'A file to sign, or one that was signed',
			},
			{
				name: 'Signing Operation',
				value: 'operation',
				description: 'What the service registered for a signing request',
			},
		],
		default: 'document',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['document'] } },
		options: [
			{
				name: 'Sign',
				value: 'sign',
				action: 'Sign document',
				description: 'Sign a PDF, an XML or UBL file, or other content',
			},
			{
				name: 'Recover by Reference',
				value: 'recoverByReference',
				action: 'Recover document by reference',
				description: 'Find out what became of a document, and fetch it if it is signed',
			},
		],
		default: 'sign',
	},
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: ['operation'] } },
		options: [
			{
				name: 'Get Operation',
				value: 'getOperation',
				action: 'Get operation',
				description: 'Fetch an operation, with its signed documents if wanted',
			},
			{
				name: 'Resend Email',
				value: 'resendEmail',
				action: 'Resend email of operation',
				description: "Send an operation's email again",
			},
		],
		default: 'getOperation',
	},
];

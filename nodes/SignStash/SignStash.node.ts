import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { getOperation, getOperationFields } from './operations/getOperation';
import { recoverByReference, recoverByReferenceFields } from './operations/recoverByReference';
import { resendEmail, resendEmailFields } from './operations/resendEmail';
import { sign } from './operations/sign/sign';
import { signFields } from './operations/sign/fields';

const operations: Record<string, (context: IExecuteFunctions) => Promise<INodeExecutionData[]>> = {
	sign,
	getOperation,
	recoverByReference,
	resendEmail,
};

/** The SignStash node: its description, and the way to the operation. */
export class SignStash implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'SignStash',
		name: 'signStash',
		icon: { light: 'file:signstash.svg', dark: 'file:signstash.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle:
			'={{ ({ sign: "Sign", getOperation: "Get Operation", recoverByReference: "Recover by Reference", resendEmail: "Resend Email" })[$parameter["operation"]] }}',
		description: "Sign invoices and other documents with Sign'Stash",
		defaults: { name: 'SignStash' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'signStashOAuth2Api', required: true }],
		properties: [
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Get Operation',
						value: 'getOperation',
						action: 'Get operation',
						description: 'Fetch an operation, with its signed documents if wanted',
					},
					{
						name: 'Recover by Reference',
						value: 'recoverByReference',
						action: 'Recover document by reference',
						description: 'Find what became of a document, and fetch it if it is signed',
					},
					{
						name: 'Resend Email',
						value: 'resendEmail',
						action: 'Resend email of operation',
						description: "Send an operation's e-mail again",
					},
					{
						name: 'Sign',
						value: 'sign',
						action: 'Sign document',
						description: 'Sign a PDF, an XML or UBL file, or other content',
					},
				],
				default: 'sign',
			},
			...signFields,
			...getOperationFields,
			...recoverByReferenceFields,
			...resendEmailFields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation = this.getNodeParameter('operation', 0);
		return [(await operations[operation]?.(this)) ?? []];
	}
}

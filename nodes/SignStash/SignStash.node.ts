import {
	NodeConnectionTypes,
	NodeOperationError,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';
import { getOperation, getOperationFields } from './operations/getOperation';
import { recoverByReference, recoverByReferenceFields } from './operations/recoverByReference';
import { resourceFields, type OperationName } from './operations/resources';
import { resendEmail, resendEmailFields } from './operations/resendEmail';
import { sign } from './operations/sign/sign';
import { signFields } from './operations/sign/panel/fields';

type Execute = (context: IExecuteFunctions) => Promise<INodeExecutionData[]>;

const operations: Record<OperationName, Execute> = {
	sign,
	getOperation,
	recoverByReference,
	resendEmail,
};

/** The SignStash node: its description, and the dispatch to its operations. */
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
		usableAsTool: {
			replacements: {
				description:
					"Sign a document with Sign'Stash, or find out what became of one. Each signature is legally binding and billed: never sign a document again because an answer is missing, recover it by its external reference. The result contains no file; use operationId or externalReference to get it.",
			},
		},
		builderHint: {
			searchHint:
				'Signs PDF, XML and UBL invoices that arrive as binary data, and outputs the signed file as binary data. Do not add Retry On Fail or a loop around Sign: the node itself repeats what may be repeated. Connect the error output to Recover by Reference with {{ $json.error.details.externalReference }}.',
			relatedNodes: [
				{
					nodeType: 'n8n-nodes-base.emailReadImap',
					relationHint: "Delivers invoices as attachments: Input Data Field Name 'attachment_*'",
				},
				{ nodeType: 'n8n-nodes-base.readWriteFile', relationHint: 'Reads and writes files' },
				{
					nodeType: 'n8n-nodes-base.webhook',
					relationHint: 'Receives invoices from an ERP, and responds with the signed ones',
				},
			],
		},
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'signStashOAuth2Api', required: true }],
		properties: [
			...resourceFields,
			...signFields,
			...getOperationFields,
			...recoverByReferenceFields,
			...resendEmailFields,
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const operation: unknown = this.getNodeParameter('operation', 0);
		const [, execute] = Object.entries(operations).find(([name]) => name === operation) ?? [];
		if (execute) return [await execute(this)];
		throw new NodeOperationError(this.getNode(), `'Operation' cannot be '${String(operation)}'`, {
			description: `Choose one of: ${Object.keys(operations).join(', ')}. Nothing was sent.`,
		});
	}
}

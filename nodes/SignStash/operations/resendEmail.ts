import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { milliseconds, optionsOf, runOf } from './context';
import { forEachItem } from './itemLoop';
import { idInOutput } from './output';
import { operationIdOf, receiversOf } from './receivers';
import { resendMail } from '../signing/resendMail';
import { optionsField, sharedOptions, shownFor } from './sharedFields';

export const resendEmailFields: INodeProperties[] = [
	{
		displayName: 'Email Receivers',
		name: 'emailReceivers',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. customer@example.com, accounting@example.com',
		description: 'Who gets the e-mail; comma-separated, or a list from an expression',
		displayOptions: shownFor('resendEmail'),
	},
	{
		displayName: 'Attach Documents',
		name: 'attachDocuments',
		type: 'boolean',
		default: false,
		description: 'Whether the e-mail carries the signed documents',
		displayOptions: shownFor('resendEmail'),
	},
	optionsField('resendEmail', [sharedOptions.requestTimeout]),
];

/** Has the service send an operation's e-mail once more. */
export async function resendEmail(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = runOf(context);
	return await forEachItem(context, 1, async (item) => {
		const operationId = operationIdOf(context.getNodeParameter('operationId', item));
		const receivers = receiversOf(context.getNodeParameter('emailReceivers', item), true);
		const attachDocuments = context.getNodeParameter('attachDocuments', item) === true;
		const timeout = milliseconds(optionsOf(context, item).requestTimeout, 120);
		const ports = (await run()).ports(timeout);
		await resendMail(ports, operationId, attachDocuments, receivers);
		return [
			{ json: { operationId: idInOutput(operationId), receivers, attachDocuments, resent: true } },
		];
	});
}

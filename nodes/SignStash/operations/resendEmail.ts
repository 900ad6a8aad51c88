import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { milliseconds, parametersOf, switchedOn, within } from './choices';
import { optionsOf, runOf } from './context';
import { forEachItem } from './itemLoop';
import { idInOutput } from '../service/Operation';
import { operationIdOf, receiversOf } from './receivers';
import { resendMail } from '../signing/resendMail';
import {
	attachDocuments,
	emailReceivers,
	optionsField,
	sharedOptions,
	shownFor,
} from './sharedFields';

export const resendEmailFields: INodeProperties[] = [
	{ ...emailReceivers, required: true, displayOptions: shownFor('resendEmail') },
	{ ...attachDocuments, displayOptions: shownFor('resendEmail') },
	optionsField('resendEmail', [sharedOptions.requestTimeout]),
];

/** Has the service send an operation's email once more. */
export async function resendEmail(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const run = runOf(context);
	const resend = async (item: number): Promise<INodeExecutionData[]> => {
		const operationId = operationIdOf(context.getNodeParameter('operationId', item));
		const receivers = receiversOf(context.getNodeParameter('emailReceivers', item), true);
		const attach = switchedOn(parametersOf(context, item), attachDocuments);
		const option = within(optionsOf(context, item));
		const timeout = milliseconds(option, sharedOptions.requestTimeout);
		const ports = (await run()).ports(timeout);
		await resendMail(ports, operationId, attach, receivers);
		const id = idInOutput(operationId);
		return [{ json: { operationId: id, receivers, attachDocuments: attach, resent: true } }];
	};
	return await forEachItem(context, 1, resend, 'resend');
}

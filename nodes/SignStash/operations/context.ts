import {
	sleep,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestOptions,
} from 'n8n-workflow';
import { badInput } from '../Fault';
import type { RawAnswer } from '../service/transport';
import { SignStashService } from '../service/SignStashService';
import type { World } from '../signing/World';

export const credentialName = 'signStashOAuth2Api';

/** What every operation needs from its run: the service, the clock, and who is asking. */
export interface Run {
	world: World;
	clientId: string;
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Opens the service for one item; `timeout` in milliseconds. */
export async function openRun(context: IExecuteFunctions, timeout: number): Promise<Run> {
	const credentials = await context.getCredentials(credentialName);
	const baseUrl = str(credentials.baseUrl);
	if (!/^https?:\/\/[^/]/.test(baseUrl))
		throw badInput(
			'API Base URL',
			"'API Base URL' of the credential is not a web address",
			'Open the credential and give an address that begins with https://.',
		);
	const caller = {
		async call(options: IHttpRequestOptions): Promise<RawAnswer> {
			const helper = context.helpers.httpRequestWithAuthentication;
			return await helper.call(context, credentialName, options);
		},
		async renewToken(): Promise<void> {
			await context.helpers.refreshOAuth2Token.call(context, credentialName);
		},
	};
	const signal = context.getExecutionCancelSignal();
	return {
		clientId: str(credentials.clientId),
		world: {
			service: new SignStashService(caller, baseUrl, timeout),
			now: Date.now,
			sleep,
			random: Math.random,
			stopped: () => signal?.aborted ?? false,
		},
	};
}

/** The options collection with its defaults filled in. */
export function optionsOf(context: IExecuteFunctions, item: number): IDataObject {
	return context.getNodeParameter('options', item, {}) as IDataObject;
}

/** Seconds of an option in milliseconds. */
export function milliseconds(value: unknown, otherwiseSeconds: number): number {
	return (typeof value === 'number' && value >= 0 ? value : otherwiseSeconds) * 1000;
}

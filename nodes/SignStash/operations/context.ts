import { createHash, randomBytes } from 'crypto';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';
import { badInput } from '../Fault';
import { addressesOf } from '../service/environments';
import type { RawAnswer } from '../service/transport';
import { SignStashService } from '../service/SignStashService';
import { executionOf } from '../signing/Execution';
import { gated, gateFor } from '../signing/Gate';
import { OperationMemory, remembering } from '../signing/OperationMemory';
import type { Control, Ports } from '../signing/Ports';
import { clock, sleepUntilStop } from './clock';
import { withFirstToken } from './firstToken';

export const credentialName = 'signStashOAuth2Api';

/** What every operation needs from its run: who is asking, and through what. */
export interface Run {
	/** Alias of the client service. */
	clientId: string;
	/** Whether the credential is for the environment whose signatures are legally binding. */
	isProduction: boolean;
	/** The ports for one item; `timeout` in milliseconds is what one call may take. */
	ports(timeout: number): Ports;
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Opens the service once for all items; the credential is read at the first item that needs it. */
export function runOf(context: IExecuteFunctions): () => Promise<Run> {
	let run: Promise<Run> | undefined;
	return async () => await (run ??= openRun(context));
}

async function openRun(context: IExecuteFunctions): Promise<Run> {
	const credentials = await context.getCredentials(credentialName);
	const addresses = addressesOf(credentials);
	checkAddress('API Base URL', addresses.api);
	checkAddress('Look-up URL', addresses.lookUps);
	const clientId = str(credentials.clientId);
	const key = JSON.stringify([clientId, addresses.api]);
	const execution = executionOf(executionId(context), Date.now(), key);
	const call = async (options: IHttpRequestOptions): Promise<RawAnswer> => {
		const helper = context.helpers.httpRequestWithAuthentication;
		const answer: RawAnswer = await helper.call(context, credentialName, options);
		execution.hearTime(Date.parse(String(answer.headers.date)), Date.now());
		return answer;
	};
	const tokenIsStored = async () => holdsToken(await context.getCredentials(credentialName));
	const caller = {
		call: holdsToken(credentials) ? call : withFirstToken(key, call, tokenIsStored),
		renewals: 0,
		renewToken: oneAtATime(async () => {
			await context.helpers.refreshOAuth2Token.call(context, credentialName);
			caller.renewals++;
		}),
	};
	const signal = context.getExecutionCancelSignal();
	const stopped = () => signal?.aborted ?? false;
	const onStop = (listener: () => void): (() => void) => {
		signal?.addEventListener('abort', listener, { once: true });
		return () => signal?.removeEventListener('abort', listener);
	};
	const control: Control = {};
	const memory = new OperationMemory();
	return {
		clientId,
		isProduction: credentials.environment === 'production',
		ports: (timeout) => {
			const ports: Ports = {
				service: remembering(new SignStashService(caller, addresses, timeout), memory),
				now: () => clock.now(),
				sleep: async (milliseconds) => await sleepUntilStop(onStop, stopped, milliseconds),
				random: () => clock.random(),
				stopped,
				onStop,
				execution,
				control,
			};
			return gated(ports, gateFor(key, clock.now()));
		},
	};
}

/**
 * Identifies this execution in references: n8n's own id, which a retry keeps, and a few letters for the instance
 * and the workflow, because a new n8n counts from 1 again.
 */
function executionId(context: IExecuteFunctions): string {
	const own: string | undefined = context.getExecutionId();
	if (!own) return randomBytes(8).toString('hex');
	const place = [context.getInstanceId(), context.getWorkflow().id].join(' ');
	return `${own}.${createHash('sha256').update(place).digest('hex').slice(0, 8)}`;
}

function checkAddress(parameter: string, value: string): void {
	if (/^https?:\/\/[^/]/.test(value)) return;
	throw badInput(
		parameter,
		`'${parameter}' of the credential is not a web address`,
		'Open the credential and enter an address that begins with https://.',
	);
}

/** Whether n8n has a stored token, which it would send. */
function holdsToken({ oauthTokenData: token }: IDataObject): boolean {
	return typeof token === 'object' && token !== null && 'access_token' in token;
}

/** Calls that arrive while one is in progress share its result. */
function oneAtATime(call: () => Promise<void>): () => Promise<void> {
	let renewal: Promise<void> | undefined;
	return async () => {
		renewal ??= call().finally(() => (renewal = undefined));
		await renewal;
	};
}

/** The options collection with its defaults filled in. */
export function optionsOf(context: IExecuteFunctions, item: number): IDataObject {
	return context.getNodeParameter('options', item, {});
}

import 'reflect-metadata';
import { Container } from '@n8n/di';
import {
	BinaryDataService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type IBinaryKeyData,
	type ICredentialDataDecryptedObject,
	type IDataObject,
	type IExecuteFunctions,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
	type INode,
	type INodeExecutionData,
	type INodeParameters,
	type INodeType,
	type IRun,
	type IWorkflowExecuteAdditionalData,
	type IWorkflowSettings,
} from 'n8n-workflow';
import type { FailedItem } from '../../nodes/SignStash/operations/itemLoop';
import { SignStash } from '../../nodes/SignStash/SignStash.node';
import { inOwnTime } from './skipPauses.cts';

const type = 'n8n-nodes-signstash.signStash';

/** A file of an input item. */
export interface InputFile {
	content: Buffer;
	fileName: string;
	mimeType?: string;
}

export interface InputItem {
	json?: IDataObject;
	files?: Record<string, InputFile>;
}

/** Credentials as n8n keeps them: the token that the engine fetched is kept, so that renewal really happens. */
class Credentials extends ICredentialsHelper {
	constructor(readonly data: ICredentialDataDecryptedObject) {
		super();
	}

	getParentTypes(): string[] {
		return ['oAuth2Api'];
	}

	async authenticate(
		_: ICredentialDataDecryptedObject,
		__: string,
		request: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		return request;
	}

	async preAuthentication(
		_: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<ICredentialDataDecryptedObject> {
		return credentials;
	}

	async getCredentials(): Promise<never> {
		throw new Error('not used by the engine here');
	}

	async getDecrypted(): Promise<ICredentialDataDecryptedObject> {
		return { ...this.data };
	}

	async updateCredentials(): Promise<void> {}

	async updateCredentialsOauthTokenData(
		_: unknown,
		__: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		Object.assign(this.data, { oauthTokenData: data.oauthTokenData });
	}

	getCredentialsProperties(): [] {
		return [];
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}
}

/** The messages of manual runs to the editor, in order. */
export const toldToEditor: string[] = [];

let ready: Promise<void> | undefined;

async function store(service: BinaryDataService, file: InputFile) {
	const mimeType = file.mimeType ?? 'application/octet-stream';
	return await service.store(
		{ type: 'execution', workflowId: 'w1', executionId: 'input' },
		file.content,
		{ data: '', fileName: file.fileName, mimeType },
	);
}

/** In the workflow's binary mode `combined`, files are in json, as `_files`. */
const plainFiles = (binary: IBinaryKeyData): IDataObject =>
	Object.fromEntries(Object.entries(binary).map(([field, file]) => [field, { ...file }]));

const filesInJson = (item: INodeExecutionData | undefined): IBinaryKeyData =>
	(item?.json._files ?? {}) as IBinaryKeyData;

/** Bytes of a binary field of an output item, whatever storage they are in. */
export async function bytesOf(item: INodeExecutionData | undefined, field: string) {
	const { [field]: binary } = { ...item?.binary, ...filesInJson(item) };
	if (!binary) throw new Error(`no binary field ${field} in ${JSON.stringify(item?.json)}`);
	if (binary.id === undefined) return Buffer.from(binary.data, 'base64');
	return await Container.get(BinaryDataService).getAsBuffer(binary);
}

/** Properties of an execution other than its node and its items. */
export interface ExecutionSettings {
	/** Its id in n8n; each run is a separate execution unless the id is given. */
	id?: string;
	/** Stops it, as the user's Stop does. */
	stop?: AbortSignal;
	/** Called when the node has n8n renew its token; an older n8n makes a token call each time. */
	onRenewal?: () => void;
}

/** The node, with its calls to n8n observed. */
function heard({ onRenewal }: ExecutionSettings): INodeType {
	const signStash = new SignStash();
	if (!onRenewal) return signStash;
	const { description } = signStash;
	return {
		description,
		async execute(this: IExecuteFunctions) {
			const { helpers } = this;
			const renew = helpers.refreshOAuth2Token;
			helpers.refreshOAuth2Token = async function (...given) {
				onRenewal();
				const renewed: unknown = await renew.apply(this, given);
				return renewed;
			};
			return await signStash.execute.call(this);
		},
	};
}

let executions = 0;

/** Runs the node once in n8n-core's own engine. @returns the run as n8n would store it */
export async function runNode(
	credentials: ICredentialDataDecryptedObject,
	parameters: INodeParameters,
	input: InputItem[],
	settings: Partial<INode> = {},
	workflowSettings: IWorkflowSettings = {},
	execution: ExecutionSettings = {},
): Promise<IRun> {
	const { id: executionId = `e${++executions}`, stop } = execution;
	const service = Container.get(BinaryDataService);
	await (ready ??= service.init());
	const items: INodeExecutionData[] = await Promise.all(
		input.map(async ({ json, files }, index) => {
			const binary: IBinaryKeyData = {};
			for (const [field, file] of Object.entries(files ?? {}))
				binary[field] = await store(service, file);
			const pairedItem = { item: index };
			if (workflowSettings.binaryMode === 'combined')
				return { json: { ...json, _files: plainFiles(binary) }, pairedItem };
			return { json: json ?? {}, binary, pairedItem };
		}),
	);
	const node: INode = {
		id: 'n1',
		name: 'SignStash',
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters,
		credentials: { signStashOAuth2Api: { id: 'c1', name: 'sandbox' } },
		...settings,
	};
	const signStash = heard(execution);
	const workflow = new Workflow({
		id: 'w1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => signStash,
			getByNameAndVersion: (_, version) => NodeHelpers.getVersionedNodeType(signStash, version),
			getKnownTypes: () => ({}),
		},
		settings: workflowSettings,
	});
	const hooks = new ExecutionLifecycleHooks('manual', executionId, {
		id: 'w1',
		name: 'test',
		active: false,
		isArchived: false,
		createdAt: new Date(0),
		updatedAt: new Date(0),
		nodes: [node],
		connections: {},
		activeVersionId: null,
	});
	const additionalData = {
		credentialsHelper: new Credentials(credentials),
		hooks,
		executionId,
		webhookWaitingBaseUrl: 'http://localhost/waiting',
		formWaitingBaseUrl: 'http://localhost/form',
		variables: {},
		externalSecretsProxy: Container.get(ExternalSecretsProxy),
		setExecutionStatus() {},
		sendDataToUI: (_: string, { messages }: { messages: string[] }) =>
			toldToEditor.push(...messages),
	} as unknown as IWorkflowExecuteAdditionalData;
	const data = createRunExecutionData({
		executionData: {
			nodeExecutionStack: [{ node, data: { main: [items] }, source: null }],
			contextData: {},
			metadata: {},
			waitingExecution: {},
			waitingExecutionSource: {},
		},
	});
	await workflow.expression.acquireIsolate();
	const engine = new WorkflowExecute(additionalData, 'manual', data);
	return await inOwnTime(async () => {
		const running = engine.processRunExecutionData(workflow);
		stop?.addEventListener('abort', () => running.cancel(), { once: true });
		return await running;
	});
}

/** The output items of a run, or the fault with which it ended. */
export async function itemsOf(run: IRun): Promise<INodeExecutionData[]> {
	const fault = run.data.resultData.error;
	if (fault) throw fault;
	return run.data.resultData.runData.SignStash?.[0]?.data?.main?.[0] ?? [];
}

/** The fault in a failed item; nothing for one that did not fail. */
export function faultOf(item: Pick<INodeExecutionData, 'json'> | undefined) {
	return { ...(item?.json.error as Partial<FailedItem['error']> | undefined) };
}

/** The hints that the output pane would show with the items. */
export function hintsOf(run: IRun): string[] {
	const hints = run.data.resultData.runData.SignStash?.[0]?.hints ?? [];
	return hints.map(({ message }) => message);
}

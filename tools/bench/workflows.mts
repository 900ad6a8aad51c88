import type { WorkflowFile } from '../n8n/N8n.mts';
import { parallel, type System } from './plan.mts';

/** What runs in n8n; `empty` only reads the input files. */
export type Boxes = 'empty' | Exclude<System, 'bare'>;

/** The ids of the stored credentials that workflows use. */
export interface CredentialIds {
	signStash: string;
	generic: string;
}

export interface Input {
	/** The folder whose files are signed, one per item. */
	folder: string;
	documentsPerRequest: number;
	/** The business API's address, for the chain; this node takes it from its credential. */
	baseUrl: string;
	credentials: CredentialIds;
}

type Box = WorkflowFile['nodes'][number];

export const trigger = 'Start';

function box(name: string, type: string, typeVersion: number, parameters: object): Box {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

function inputBoxes({ folder }: Input): Box[] {
	return [
		box(trigger, 'n8n-nodes-base.manualTrigger', 1, {}),
		box('Read Files', 'n8n-nodes-base.readWriteFile', 1.1, {
			operation: 'read',
			fileSelector: `${folder}/*`,
			options: {},
		}),
	];
}

/** What a user writes into 'JSON Body'; blanks separate closing braces, since two end an expression. */
const jsonBody = `={{ {
	externalReference: $json.fileName, description: $json.fileName, returnSignedContent: true,
	documents: [ {
		documentRequest: { externalReference: $json.fileName, name: $json.fileName,
			contentType: 'application/pdf', base64Content: $json.data },
		signatureInfo: { signatureType: 'PAdES', applyTimestamp: false }
	} ]
} }}`;

function chainBoxes({ baseUrl, credentials }: Input): Box[] {
	return [
		box('Extract From File', 'n8n-nodes-base.extractFromFile', 1.1, {
			operation: 'binaryToPropery',
			options: { keepSource: 'json' },
		}),
		{
			...box('HTTP Request', 'n8n-nodes-base.httpRequest', 4.2, {
				method: 'POST',
				url: `${baseUrl}/api/v0/document/sign/base64/`,
				authentication: 'genericCredentialType',
				genericAuthType: 'oAuth2Api',
				sendBody: true,
				specifyBody: 'json',
				jsonBody,
				options: {},
			}),
			credentials: { oAuth2Api: { id: credentials.generic, name: 'OAuth2' } },
		},
		box('Split Out', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'documentList',
			options: {},
		}),
		box('Convert to File', 'n8n-nodes-base.convertToFile', 1.1, {
			operation: 'toBinary',
			sourceProperty: 'signedContent',
			options: { fileName: '={{ $json.name }}', mimeType: 'application/pdf' },
		}),
	];
}

function nodeBoxes({ documentsPerRequest, credentials }: Input): Box[] {
	const options = { documentsPerRequest };
	return [
		{
			...box('Sign', 'n8n-nodes-signstash.signStash', 1, { operation: 'sign', options }),
			credentials: { signStashOAuth2Api: { id: credentials.signStash, name: 'SignStash' } },
		},
	];
}

const naiveBoxes =
	(lanes: number) =>
	({ credentials }: Input): Box[] => [
		{
			...box('Naive', 'n8n-nodes-naive.naive', 1, { parallel: lanes }),
			credentials: { signStashOAuth2Api: { id: credentials.signStash, name: 'SignStash' } },
		},
	];

const boxesOf: Readonly<Record<Boxes, (input: Input) => Box[]>> = {
	empty: () => [],
	chain: chainBoxes,
	node: nodeBoxes,
	naive: naiveBoxes(1),
	'naive 4': naiveBoxes(parallel),
};

/** A workflow that is one chain of nodes; all systems get their files in the same way. */
export function workflowOf(boxes: Boxes, input: Input): WorkflowFile {
	const nodes = [...inputBoxes(input), ...boxesOf[boxes](input)];
	const connections = Object.fromEntries(
		nodes
			.slice(1)
			.map(({ name }, index) => [
				nodes[index]?.name,
				{ main: [[{ node: name, type: 'main', index: 0 }]] },
			]),
	);
	return { name: `bench: ${boxes}`, nodes, connections, settings: { executionOrder: 'v1' } };
}

import type { WorkflowFile } from '../../tools/n8n/N8n.mts';

/** What a test looks at: the output of a node, by its name. */
export const signBox = 'Sign';
export const recoverBox = 'Recover';
export const webhookBox = 'Webhook';

type Box = WorkflowFile['nodes'][number];

function box(name: string, type: string, typeVersion: number, parameters: object): Box {
	return { id: name, name, type, typeVersion, parameters, position: [0, 0] };
}

const webhook = (path: string): Box => ({
	...box(webhookBox, 'n8n-nodes-base.webhook', 2, { httpMethod: 'POST', path, options: {} }),
	webhookId: path,
});

/** A fault is an item among the others, so that one document never hides another's outcome. */
const signStash = (name: string, parameters: object): Box => ({
	...box(name, 'n8n-nodes-signstash.signStash', 1, parameters),
	onError: 'continueRegularOutput',
});

function inOneRow(name: string, nodes: Box[]): WorkflowFile {
	const to = (target: Box) => ({ main: [[{ node: target.name, type: 'main', index: 0 }]] });
	const connections = Object.fromEntries(
		nodes.slice(1).map((target, index) => [nodes[index]?.name, to(target)]),
	);
	return { name, nodes, connections, settings: { executionOrder: 'v1' } };
}

/** Signs the files `file*` that arrive by `POST /webhook/<path>`. */
export function signing(path: string, options: object = {}): WorkflowFile {
	return inOneRow(path, [
		webhook(path),
		signStash(signBox, {
			resource: 'document',
			operation: 'sign',
			binaryPropertyName: 'file*',
			options: { requestTimeout: 10, ...options },
		}),
	]);
}

/** Recovers each of the `references` in the JSON that arrives by `POST /webhook/<path>`. */
export function recovering(path: string): WorkflowFile {
	return inOneRow(path, [
		webhook(path),
		box('Split Out', 'n8n-nodes-base.splitOut', 1, {
			fieldToSplitOut: 'body.references',
			options: { destinationFieldName: 'reference' },
		}),
		signStash(recoverBox, {
			resource: 'document',
			operation: 'recoverByReference',
			externalReference: '={{ $json.reference }}',
			ifNotFound: 'continue',
		}),
	]);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GenericValue, IDataObject, INodeParameters } from 'n8n-workflow';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { itemsOf, runNode } from '../support/engine.cts';
import { pdf } from '../support/files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from '../support/sandboxes.mts';

interface Schema {
	type: string;
	properties?: Record<string, Schema>;
	items?: Schema;
}

/** The schema of values of one type: an object has the fields that any of them has. */
function schemaOf(values: GenericValue[]): Schema {
	const [first] = values;
	if (Array.isArray(first)) return { type: 'array', items: schemaOf(values.flat()) };
	if (typeof first !== 'object' || first === null)
		return { type: Number.isInteger(first) ? 'integer' : typeof first };
	const properties: Record<string, Schema> = {};
	const objects = values as IDataObject[];
	for (const name of new Set(objects.flatMap((one) => Object.keys(one))))
		properties[name] = schemaOf(
			objects.flatMap(({ [name]: one }) => (one === undefined ? [] : [one])),
		);
	return { type: 'object', properties };
}

/** What n8n's editor shows of an operation's output before its first run. */
const shown = (resource: string, operation: string): unknown =>
	JSON.parse(
		readFileSync(
			join(__dirname, `../../nodes/SignStash/__schema__/v1.0.0/${resource}/${operation}.json`),
			'utf8',
		),
	);

let sandbox: Sandbox;
beforeAll(async () => {
	sandbox = await takeSandbox();
	await sandbox.control('PATCH', '/settings', {
		signErrors: [{ match: { nameContains: 'bad' }, signError: 'CERT_SERVICE_GLOBAL_ERROR' }],
	});
	const emailDelivery = { emailReceivers: 'a@example.com' };
	good = await json({ operation: 'sign', externalReference: 'good', emailDelivery }, 'good.pdf');
	await json({ operation: 'sign', externalReference: 'bad' }, 'bad.pdf');
});
afterAll(async () => await giveBackSandbox(sandbox));

let good: IDataObject;

async function json(parameters: INodeParameters, fileName: string): Promise<IDataObject> {
	const data = resolvedCredential(sandbox);
	const input = [{ files: { data: await pdf(fileName, fileName) } }];
	const run = await runNode(data, parameters, input, { onError: 'continueRegularOutput' });
	const [item] = await itemsOf(run);
	return item?.json ?? {};
}

const recover = async (externalReference: string): Promise<IDataObject> =>
	await json({ operation: 'recoverByReference', externalReference }, 'unused');

const onOperation = async (operation: string, operationId: GenericValue): Promise<IDataObject> =>
	await json(
		{
			resource: 'operation',
			operation,
			operationId: String(operationId),
			emailReceivers: 'a@b.pt',
		},
		'unused',
	);

test.each<[resource: string, operation: string, outputs: () => Promise<IDataObject[]>]>([
	['document', 'sign', async () => [good]],
	['document', 'recoverByReference', async () => [await recover('good'), await recover('bad')]],
	[
		'operation',
		'getOperation',
		async () => {
			const { operationId } = await recover('bad');
			return [
				await onOperation('getOperation', good.operationId),
				await onOperation('getOperation', operationId),
			];
		},
	],
	['operation', 'resendEmail', async () => [await onOperation('resendEmail', good.operationId)]],
])('the editor shows the fields in the output of %s %s', async (resource, operation, outputs) => {
	const items = await outputs();
	expect({ ...schemaOf(items), version: 1 }).toEqual(shown(resource, operation));
	// A simplified item has to be readable: n8n offers Simplify above ten fields, and ours has eleven at most.
	for (const item of items) expect(Object.keys(item).length).toBeLessThanOrEqual(11);
});

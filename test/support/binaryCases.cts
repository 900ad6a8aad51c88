import type { INodeExecutionData, INodeParameters, IWorkflowSettings } from 'n8n-workflow';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { bytesOf, itemsOf, runNode, type InputFile } from './engine.cts';
import { pdf } from './files.cts';
import type { Sandbox } from '../../tools/n8n/Sandbox.mts';
import { giveBackSandbox, takeSandbox } from './sandboxes.mts';

/**
 * The same two files in one binary mode: their bytes are signed, not a reference to where
 * they are stored, and the items' json has none of the signed content.
 */
export function binaryCases(mode: string, settings: IWorkflowSettings = {}): void {
	let sandbox: Sandbox;
	beforeAll(async () => {
		sandbox = await takeSandbox();
	});
	afterAll(async () => await giveBackSandbox(sandbox));

	test(`${mode}: the file's bytes are signed and returned, and json contains none of them`, async () => {
		const files = { invoice: await pdf(`one in ${mode}`), other: await pdf(`two in ${mode}`) };
		const data = resolvedCredential(sandbox);
		const run = async (parameters: INodeParameters) =>
			await itemsOf(await runNode(data, parameters, [{ files }], {}, settings));
		const signed = await run({ operation: 'sign', binaryPropertyName: 'invoice, o*' });
		const operationId = String(signed[0]?.json.operationId);
		const fetched = await run({ resource: 'operation', operation: 'getOperation', operationId });
		expect(await beginning(signed[0], 'invoice', files.invoice)).toEqual(files.invoice.content);
		expect(await beginning(signed[1], 'other', files.other)).toEqual(files.other.content);
		expect(await bytesOf(fetched[0], 'data')).toEqual(await bytesOf(signed[0], 'invoice'));

		const text = JSON.stringify([...signed, ...fetched].map(({ json }) => json));
		expect(text).not.toContain(files.invoice.content.toString('base64', 0, 60));
	});
}

/** A PDF is signed by adding to it: the signed file begins with the sent bytes. */
async function beginning(item: INodeExecutionData | undefined, field: string, file: InputFile) {
	return (await bytesOf(item, field)).subarray(0, file.content.length);
}

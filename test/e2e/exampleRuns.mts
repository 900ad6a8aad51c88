import type { Execution, StoredItem, WorkflowFile } from '../../tools/n8n/N8n.mts';

/** An example with credentials of other types for its nodes, by type, and with options for Sign. */
export function prepared(
	file: WorkflowFile,
	{ credentials = {}, options = {} }: { credentials?: Record<string, string>; options?: object },
): WorkflowFile {
	const nodes = file.nodes.map((node) => {
		const used: object = Object(node.credentials);
		const [type] = Object.keys(used);
		const id = credentials[type ?? ''];
		const parameters: { operation?: string; options?: object } = { ...Object(node.parameters) };
		return {
			...node,
			...(type !== undefined &&
				id !== undefined && { credentials: { [type]: { id, name: type } } }),
			...(parameters.operation === 'sign' && {
				parameters: { ...parameters, options: { ...parameters.options, ...options } },
			}),
		};
	});
	return { ...file, nodes };
}

/** All output items of a node, in all its runs and outputs. */
export function itemsOf({ runData }: Execution, node: string): StoredItem[] {
	return (runData[node] ?? []).flatMap(({ data }) =>
		(data?.main ?? []).flatMap((all) => all ?? []),
	);
}

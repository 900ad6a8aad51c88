import type { Execution, StoredItem, WorkflowFile } from '../../tools/n8n/N8n.mts';

/** An example whose nodes get credentials of other types, by type, and options of Sign. */
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

/** All items that a node put out, whichever run and output. */
export function itemsOf({ runData }: Execution, node: string): StoredItem[] {
	return (runData[node] ?? []).flatMap(({ data }) =>
		(data?.main ?? []).flatMap((all) => all ?? []),
	);
}

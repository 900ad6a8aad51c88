import { dirname, join, relative } from 'node:path';
import type { Rule } from 'eslint';
import { wrongArrow } from './arrows.mts';

const root = join(import.meta.dirname, '..', '..');

/** What the rule reads of the nodes that import, whichever kind they are. */
interface Importing {
	source?: { value?: unknown } | null;
	importKind?: string;
	exportKind?: string;
	specifiers?: ReadonlyArray<{ importKind?: string; exportKind?: string }>;
}

const onlyTypes = ({ importKind, exportKind, specifiers = [] }: Importing) =>
	[importKind, exportKind].includes('type') ||
	(specifiers.length > 0 &&
		specifiers.every((one) => [one.importKind, one.exportKind].includes('type')));

/** ESLint's rule on the arrows between the rooms: every way to import a file of the project, by its path alone. */
export const arrows: Rule.RuleModule = {
	meta: { type: 'problem', schema: [] },
	create(context) {
		const check = (node: Rule.Node, path: unknown, types: boolean) => {
			if (typeof path !== 'string' || !path.startsWith('.')) return;
			const from = relative(root, context.filename);
			const message = wrongArrow(from, join(dirname(from), path), types);
			if (message !== undefined) context.report({ node, message });
		};
		return {
			'ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression'(
				node: Rule.Node & Importing,
			) {
				check(node, node.source?.value, onlyTypes(node));
			},
			TSImportType(node: Rule.Node & Importing) {
				check(node, node.source?.value, true);
			},
			"CallExpression[callee.name='require']"(node: Rule.Node) {
				const first = node.type === 'CallExpression' ? node.arguments[0] : undefined;
				check(node, first?.type === 'Literal' ? first.value : undefined, false);
			},
		};
	},
};

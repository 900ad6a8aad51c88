import { dirname, join, relative } from 'node:path';
import type { Rule } from 'eslint';
import { wrongArrow } from './arrows.mts';

const root = join(import.meta.dirname, '..', '..');

/** What the rule reads of any kind of node that imports. */
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

/** The ESLint rule for the arrows between rooms: it checks the path in every kind of import within the project. */
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

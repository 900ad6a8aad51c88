import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** What is refused before anything is sent, as the source has it. */
export interface BadInput {
	/** Display name of the parameter to correct; empty if it may be any. */
	parameter: string;
	message: string;
	remedy: string;
}

/** The sign for a value that only a run knows. */
const VALUE = '…';

/** Words for what a text takes from the code around it, if a bare value would not be understood. */
const known: Record<string, string> = {
	'isNot(value)': `cannot be '${VALUE}'`,
	'field.displayName': VALUE,
};

function wordsOf(node: ts.Expression | undefined): string {
	if (node === undefined) return '';
	if (ts.isStringLiteralLike(node)) return node.text;
	if (!ts.isTemplateExpression(node)) return '';
	const spans = node.templateSpans.map(
		({ expression, literal }) => (known[expression.getText()] ?? VALUE) + literal.text,
	);
	return node.head.text + spans.join('');
}

const parsed = (file: string): ts.SourceFile =>
	ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);

function callsIn(file: string): BadInput[] {
	const source = parsed(file);
	const found: BadInput[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && node.expression.getText() === 'badInput') {
			const [parameter = '', message = '', remedy = ''] = node.arguments.map(wordsOf);
			if (message === '') throw new Error(`${file}: the words of a refusal are not in its call`);
			found.push({ parameter, message, remedy });
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found;
}

const keyOf = ({ parameter, message }: BadInput): string => `${parameter} ${message}`;

/** Every refusal of bad input in a folder's code, those for any parameter first. */
export function badInputs(folder: string): BadInput[] {
	const files = globSync('**/*.ts', { cwd: folder }).sort();
	return files
		.flatMap((file) => callsIn(join(folder, file)))
		.sort((one, other) => keyOf(one).localeCompare(keyOf(other)));
}

/** The texts of a union type, such as the names of all faults. */
export function textsOf(file: string, type: string): string[] {
	const alias = parsed(file).statements.filter(ts.isTypeAliasDeclaration);
	const members = alias
		.filter(({ name }) => name.text === type)
		.flatMap(({ type: union }) => (ts.isUnionTypeNode(union) ? [...union.types] : []));
	return members.flatMap((member) =>
		ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? [member.literal.text] : [],
	);
}

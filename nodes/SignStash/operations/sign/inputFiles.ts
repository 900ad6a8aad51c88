import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';
import { badInput } from '../../Fault';
import { textOf } from '../choices';

/** A file of an input item that is to be signed. */
export interface InputFile {
	/** The binary field that contains it. */
	field: string;
	binary: IBinaryData;
	/** True when the user did not name the field, but a pattern that it matches. */
	byPattern: boolean;
}

const isFile = (value: unknown): value is IBinaryData =>
	typeof value === 'object' &&
	value !== null &&
	'mimeType' in value &&
	('data' in value || 'id' in value);

/**
 * The files that a parameter, given by its display name, refers to: field names and patterns such as
 * `attachment_*`, comma separated, or files passed in by an expression. A field counts once.
 */
export function inputFiles(
	context: IExecuteFunctions,
	item: number,
	value: unknown,
	parameter = 'Input Data Field Name',
): InputFile[] {
	const files = (Array.isArray(value) ? value : [value]).flatMap((one: unknown) =>
		isFile(one)
			? [{ field: 'data', binary: one, byPattern: false }]
			: namesIn(one, parameter).flatMap((name) => filesNamed({ context, item, parameter }, name)),
	);
	if (files.length === 0)
		throw badInput(
			parameter,
			`'${parameter}' is empty`,
			"Name the binary field that holds the file, such as 'data' or 'attachment_*'.",
		);
	const seen = new Set<IBinaryData>();
	return files.filter(({ binary }) => !seen.has(binary) && seen.add(binary));
}

const namesIn = (value: unknown, parameter: string): string[] =>
	textOf(value, parameter)
		.split(',')
		.map((name) => name.trim())
		.filter(Boolean);

interface Place {
	context: IExecuteFunctions;
	item: number;
	/** Display name of the parameter that names the files. */
	parameter: string;
}

function filesNamed(place: Place, name: string): InputFile[] {
	if (!name.includes('*'))
		return [{ field: fieldOf(name), binary: fileIn(place, name), byPattern: false }];
	const fields = fieldsOf(place);
	const matching = matchingFields(name, [...fields.keys()]);
	const files = matching.flatMap((field) => {
		const binary = fields.get(field);
		return binary ? [{ field, binary, byPattern: true }] : [];
	});
	if (files.length > 0) return files;
	throw badInput(
		place.parameter,
		`There is no file in a field that matches '${name}' of '${place.parameter}'`,
		`The input has ${filesAt(place, name)}`,
	);
}

/** A path into json, such as `_files.data`, names the field at its end. */
const fieldOf = (name: string): string =>
	name.startsWith(`${filesInJson}.`) ? name.slice(filesInJson.length + 1) : name;

function fileIn(place: Place, field: string): IBinaryData {
	const { context, item, parameter } = place;
	try {
		return fieldsOf(place).get(field) ?? context.helpers.assertBinaryData(item, field);
	} catch {
		throw badInput(
			parameter,
			`There is no file in the field '${field}' that '${parameter}' names`,
			`The input has ${filesAt(place, field)}`,
		);
	}
}

/**
 * What the input contains instead of what was named, and what to check. Triggers number the files of a field that
 * takes several.
 */
function filesAt(place: Place, name: string): string {
	const fields = [...fieldsOf(place).keys()];
	if (fields.length === 0)
		return "no files. Check the path or query of the step that reads them: it may have found none. Or a step in between has dropped them, as Edit Fields and Code do: connect this step to the one that provides the files, or, in Edit Fields, switch 'Include Other Input Fields' on and the option 'Strip Binary Data' off.";
	const all = fields.map((field) => `'${field}'`).join(', ');
	const numbered = fields.some((field) => field.startsWith(`${name}_`));
	return `files in ${all}${numbered ? `, which '${name}_*' matches` : ''}. Check '${place.parameter}' against these names.`;
}

/**
 * Where files are in the json of a workflow whose binary mode is `combined` (n8n-workflow:
 * BINARY_IN_JSON_PROPERTY).
 */
const filesInJson = '_files';

/**
 * All files of an item by their field. They are looked for in json only if the workflow keeps them there:
 * elsewhere, json that looks like a file may come from anyone and point anywhere.
 */
function fieldsOf({ context, item }: Place): Map<string, IBinaryData> {
	const { binary, json } = context.getInputData()[item] ?? {};
	const places = isCombined(context) ? [json, json?.[filesInJson], binary] : [binary];
	const entries = places.flatMap((files) => Object.entries(files ?? {}));
	return new Map(entries.filter((entry): entry is [string, IBinaryData] => isFile(entry[1])));
}

/** n8n up to 1.123.16, and from 2.0.2 to 2.4.8, does not tell a node its workflow's settings. */
function isCombined(context: Partial<Pick<IExecuteFunctions, 'getWorkflowSettings'>>): boolean {
	return context.getWorkflowSettings?.().binaryMode === 'combined';
}

/** The fields that a pattern matches, numbers in their natural order: `a_2` before `a_10`. */
export function matchingFields(pattern: string, fields: string[]): string[] {
	const order = new Intl.Collator('en', { numeric: true });
	return fields.filter((field) => matches(pattern, field)).sort(order.compare);
}

/** A star matches any characters; each part between stars is looked for once, at its first occurrence. */
function matches(pattern: string, field: string): boolean {
	const [start = '', ...parts] = pattern.split('*');
	const end = parts.pop();
	if (end === undefined) return field === pattern;
	let at = start.length;
	for (const part of parts.filter(Boolean)) {
		const found = field.indexOf(part, at);
		if (found < 0) return false;
		at = found + part.length;
	}
	return field.startsWith(start) && field.endsWith(end) && at + end.length <= field.length;
}

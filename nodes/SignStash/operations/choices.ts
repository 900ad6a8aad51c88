import type {
	IDataObject,
	IExecuteFunctions,
	INodeProperties,
	INodePropertyOptions,
} from 'n8n-workflow';
import { badInput } from '../Fault';

/** A parameter that takes one of a known list of values. */
export interface Choice<Value extends string> extends INodeProperties {
	type: 'options';
	options: Array<INodePropertyOptions & { value: Value }>;
	default: Value;
}

/** A parameter that is on or off. */
export interface Switch extends INodeProperties {
	type: 'boolean';
	default: boolean;
}

/** A parameter that is a whole number; its default and limits are defined once, for panel and reader. */
export interface WholeNumber extends INodeProperties {
	type: 'number';
	typeOptions: { minValue: number; maxValue?: number };
	default: number;
}

/** A parameter that is a number of seconds. */
export interface Seconds extends INodeProperties {
	type: 'number';
	typeOptions: { minValue: number; maxValue: number };
	default: number;
}

/** Returns a parameter's value, or the fallback given with its name when it is not set. */
export type Get = (name: string, otherwise: unknown) => unknown;

/** Returns the parameters of one item. */
export function parametersOf(context: IExecuteFunctions, item: number): Get {
	return (name, otherwise) => context.getNodeParameter(name, item, otherwise);
}

/** Returns the values of a collection: options that the user did not add are not set. */
export function within(collection: IDataObject): Get {
	return (name, otherwise) => (Object.hasOwn(collection, name) ? collection[name] : otherwise);
}

/**
 * Reads a choice. The panel offers only the known values; an expression may return anything, and it is not known
 * what the service would make of it.
 * @throws Fault that names the parameter, the value and the allowed values
 */
export function chosen<Value extends string>(get: Get, field: Choice<Value>): Value {
	const value = get(field.name, field.default);
	const found = field.options.find((option) => option.value === value);
	if (found) return found.value;
	const allowed = field.options.map((option) => `'${option.value}' for ${option.name}`);
	throw badInput(
		field.displayName,
		`'${field.displayName}' ${isNot(value)}`,
		`Use one of ${allowed.join(', ')}.`,
	);
}

/**
 * Whether a parameter, as the workflow stores it, is an expression, which n8n marks with a leading `=`. An
 * expression that was opened and left empty is not one.
 */
export const isExpression = (stored: unknown): boolean =>
	typeof stored === 'string' && /^=\s*\S/.test(stored);

/**
 * Reads a text, without white space at its ends. An expression may give a number, a date, or nothing, which is an
 * empty text.
 * @throws Fault that names the parameter for anything else: it would go out, and into a signature, as "[object Object]"
 */
export function textOf(value: unknown, displayName: string): string {
	if (value === undefined || value === null) return '';
	const text = String(value);
	const isDate = typeof value === 'object' && !Array.isArray(value) && !text.startsWith('[object ');
	if (typeof value === 'string' || Number.isFinite(value) || isDate) return text.trim();
	throw badInput(
		displayName,
		`'${displayName}' ${isNot(value)}`,
		'Its expression must yield a text or a number.',
	);
}

const words = new Map<unknown, boolean>([
	[true, true],
	[false, false],
	['true', true],
	['false', false],
]);

/**
 * Reads a switch; an expression may give it as text.
 * @throws Fault that names the parameter and the value
 */
export function switchedOn(get: Get, field: Switch): boolean {
	const value = get(field.name, field.default);
	const on = words.get(value);
	if (on !== undefined) return on;
	throw badInput(
		field.displayName,
		`'${field.displayName}' ${isNot(value)}`,
		"Use 'true' or 'false'.",
	);
}

/** A number, also if an expression gives it as text; NaN for anything else. */
const numberIn = (value: unknown): number =>
	typeof value === 'number' || /^\s*\d+(\.\d+)?\s*$/.test(String(value)) ? Number(value) : NaN;

/**
 * Reads a whole number; an expression may give it as text.
 * @param of what it belongs to, in words that continue its name
 * @throws Fault that names the parameter, the value and the allowed range
 */
export function wholeNumber(get: Get, field: WholeNumber, of = ''): number {
	const { displayName, name, default: otherwise, typeOptions } = field;
	const { minValue, maxValue = Number.MAX_SAFE_INTEGER } = typeOptions;
	const value = get(name, otherwise);
	const number = numberIn(value);
	if (Number.isInteger(number) && number >= minValue && number <= maxValue) return number;
	const range =
		typeOptions.maxValue === undefined
			? `, ${minValue} or more`
			: ` from ${minValue} to ${maxValue}`;
	const what = `'${displayName}'${of}`;
	throw badInput(displayName, `${what} ${isNot(value)}`, `Enter a whole number${range}.`);
}

/**
 * Reads a number of seconds, in milliseconds; an expression may give it as text, and with a fraction.
 * @throws Fault that names the parameter, the value and the allowed range
 */
export function milliseconds(get: Get, field: Seconds): number {
	const value = get(field.name, field.default);
	const { minValue, maxValue } = field.typeOptions;
	const seconds = numberIn(value);
	// A fraction of the smallest second is not a mistake; a timer cannot hold many days.
	if (Math.ceil(seconds) >= minValue && seconds <= maxValue) return seconds * 1000;
	throw badInput(
		field.displayName,
		`'${field.displayName}' ${isNot(value)}`,
		`Enter a number of seconds from ${minValue} to ${maxValue}.`,
	);
}

/** A value may be long, or a file that was wired in by mistake: its beginning is enough to know it by. */
const longest = 40;

/** Words for a value that a parameter cannot have; they go on from its name. */
export function isNot(value: unknown): string {
	if (value === undefined || value === null || /^\s*$/.test(String(value))) return 'is empty';
	const text = typeof value === 'object' ? 'a list or an object' : `'${String(value)}'`;
	return `cannot be ${text.length > longest ? `${text.slice(0, longest)}…'` : text}`;
}

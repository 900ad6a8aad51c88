import type { IDataObject } from 'n8n-workflow';

const wholeNumber = /^-?\d+$/;

/** Numbers that JavaScript cannot hold in full become their digits, where the engine shows them (Node 22 and later). */
const kept = (_: string, value: unknown, { source }: { source?: string } = {}): unknown =>
	!Number.isSafeInteger(value) && source !== undefined && wholeNumber.test(source) ? source : value;

/** JSON of an answer's text, with no digit of a whole number lost; undefined when it is none. */
export function parseJson(json: string): unknown {
	try {
		const parsed: unknown = JSON.parse(json, kept);
		return parsed;
	} catch {
		return undefined;
	}
}

export const isRecord = (value: unknown): value is IDataObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** A property of what may not even be an object. */
export const property = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null && name in value
		? Reflect.get(value, name)
		: undefined;

/** Text that says something. */
export const textIn = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

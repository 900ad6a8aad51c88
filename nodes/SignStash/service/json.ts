import type { IDataObject } from 'n8n-workflow';

const wholeNumber = /^-?\d+$/;

/**
 * Numbers that JavaScript cannot represent exactly become their digits, if the engine provides them (Node 22 and
 * later).
 */
const kept = (_: string, value: unknown, { source }: { source?: string } = {}): unknown =>
	!Number.isSafeInteger(value) && source !== undefined && wholeNumber.test(source) ? source : value;

/** JSON of an answer's text, without losing a digit of a whole number; undefined if it is not JSON. */
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

/** A property of a value that may not even be an object. */
export const property = (value: unknown, name: string): unknown =>
	typeof value === 'object' && value !== null && name in value
		? Reflect.get(value, name)
		: undefined;

/** Text that is not empty. */
export const textIn = (value: unknown): string | undefined =>
	typeof value === 'string' && value !== '' ? value : undefined;

/** A count, perhaps written as text; undefined for everything else, and for zero, which says as little. */
export function countIn(value: unknown): number | undefined {
	const count = typeof value === 'string' ? Number(value) : value;
	return typeof count === 'number' && Number.isSafeInteger(count) && count > 0 ? count : undefined;
}

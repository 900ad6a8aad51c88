import { readFileSync } from 'node:fs';
import type { Document } from 'openapi-backend';
import { parse } from 'yaml';

interface ErrorCode {
	code: string;
	status: number;
	meaning: string;
}

/** The contract as it is in its file, with its references not resolved. */
export const CONTRACT: Document = parse(
	readFileSync(new URL('../contract/signstash.openapi.yaml', import.meta.url), 'utf8'),
);

function schemaExtension(schema: string, extension: string): unknown {
	const found: unknown = Object.entries(CONTRACT.components?.schemas ?? {}).find(
		([name]) => name === schema,
	)?.[1];
	return new Map(Object.entries(found ?? {})).get(extension);
}

function isErrorCode(value: unknown): value is ErrorCode {
	return typeof value === 'object' && value !== null && 'code' in value && 'status' in value;
}

function errorCodes(): ReadonlyMap<string, ErrorCode> {
	const table = schemaExtension('ErrorBody', 'x-codes');
	if (!Array.isArray(table)) throw new Error('the contract has no table of error codes');
	return new Map(table.filter(isErrorCode).map((row) => [row.code, row]));
}

/** The contract's table of error codes (x-codes of ErrorBody), by code. */
export const ERROR_CODES = errorCodes();

export interface Route {
	method: 'GET' | 'POST';
	/** Including its `{parameters}`. */
	path: string;
}

/** Method and path of an operation of the contract. */
export function routeOf(operationId: string): Route {
	for (const [path, item] of Object.entries(CONTRACT.paths ?? {})) {
		if (item?.get?.operationId === operationId) return { method: 'GET', path };
		if (item?.post?.operationId === operationId) return { method: 'POST', path };
	}
	throw new Error(`the contract has no operation ${operationId}`);
}

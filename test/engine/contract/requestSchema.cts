import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

interface Schema {
	$ref?: string;
	type?: string;
	enum?: string[];
	items?: Schema;
	properties?: Record<string, Schema>;
}

const contract: { components: { schemas: Record<string, Schema> } } = parse(
	readFileSync(join(__dirname, '..', '..', '..', 'contract', 'signstash.openapi.yaml'), 'utf8'),
);

function resolved(schema: Schema): Schema {
	const name = schema.$ref?.split('/').at(-1);
	const target = name === undefined ? undefined : contract.components.schemas[name];
	return target ? resolved(target) : schema;
}

/** Every property of the contract's sign request as a path, and every enum value as `path = value`. */
export function requestPaths(schema: Schema = { $ref: '/SignRequest' }, path = ''): string[] {
	const { enum: values, items, properties } = resolved(schema);
	if (items) return requestPaths(items, `${path}[]`);
	if (values) return values.map((value) => `${path} = ${value}`);
	if (!properties) return [path];
	return Object.entries(properties).flatMap(([name, inner]) =>
		requestPaths(inner, path === '' ? name : `${path}.${name}`),
	);
}

/** The same paths in a request as it was sent. */
export function sentPaths(value: unknown, path = ''): string[] {
	if (Array.isArray(value)) return value.flatMap((one: unknown) => sentPaths(one, `${path}[]`));
	if (typeof value !== 'object' || value === null) return [path, `${path} = ${String(value)}`];
	return Object.entries(value).flatMap(([name, inner]) =>
		sentPaths(inner, path === '' ? name : `${path}.${name}`),
	);
}

/**
 * Generates the TypeScript types of the Sign'Stash API from the contract.
 * `node tools/contract/types.mts` writes them; with `--check` it writes nothing and fails when they are stale.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { format, resolveConfig } from 'prettier';

const CONTRACT = new URL('../../contract/signstash.openapi.yaml', import.meta.url);
const TARGET = new URL('../../nodes/SignStash/service/generated/signstash.ts', import.meta.url);

const HEADER = [
	'/**',
	" * Types of the Sign'Stash API: generated, do not edit.",
	' * Source: contract/signstash.openapi.yaml; written by `node tools/contract/types.mts`.',
	' */',
	'',
].join('\n');

async function generate(): Promise<string> {
	const types = astToString(await openapiTS(CONTRACT, { defaultNonNullable: false }));
	const path = fileURLToPath(TARGET);
	return await format(HEADER + types, { ...(await resolveConfig(path)), filepath: path });
}

async function current(): Promise<string> {
	return await readFile(TARGET, 'utf8').catch((error: unknown) => {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
		throw error;
	});
}

const name = relative(process.cwd(), fileURLToPath(TARGET));
const wanted = await generate();
const stale = wanted !== (await current());

if (!stale) {
	console.log(`${name} is up to date`);
} else if (process.argv.includes('--check')) {
	console.error(`${name} is stale: run \`node tools/contract/types.mts\` and commit the result`);
	process.exitCode = 1;
} else {
	await mkdir(dirname(fileURLToPath(TARGET)), { recursive: true });
	await writeFile(TARGET, wanted);
	console.log(`${name} written`);
}

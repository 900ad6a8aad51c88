/**
 * Writes the pages of the docs that come from the node itself. With `--check` it writes nothing, and fails if one
 * of them is stale, or if a link or a command of any page does not exist. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ICredentialType, INodeType } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';
import { ROWS } from '../../sandbox/worlds/World.mts';
import { suiteNames } from '../suites.mts';
import { errorsPage, type Codes } from './errors.mts';
import { wordsOfReading, wordsOfResending, wordsOfSign, type WordsOfTheNode } from './faults.mts';
import { faultsOf } from './links.mts';
import { outputPage, type Meanings, type Schema } from './output.mts';
import { parametersPage } from './parameters.mts';
import { badInputs, textsOf } from './source.mts';
import { verbs } from './verbs.mts';

const load = createRequire(import.meta.url);
const { SignStash }: { SignStash: new () => INodeType } = load(
	'../../dist/nodes/SignStash/SignStash.node.js',
);
const { SignStashOAuth2Api }: { SignStashOAuth2Api: new () => ICredentialType } = load(
	'../../dist/credentials/SignStashOAuth2Api.credentials.js',
);
const { errorCodes, signErrors }: Record<'errorCodes' | 'signErrors', Codes> = load(
	'../../dist/nodes/SignStash/service/errorCodes.js',
);
const nodeWords: WordsOfTheNode = {
	...load('../../dist/nodes/SignStash/signing/callFaults.js'),
	...load('../../dist/nodes/SignStash/signing/faults.js'),
	...load('../../dist/nodes/SignStash/signing/recover.js'),
	...load('../../dist/nodes/SignStash/signing/resendMail.js'),
};
const { nextSteps }: { nextSteps: Meanings } = load(
	'../../dist/nodes/SignStash/operations/recoverByReference.js',
);
const { scripts }: { scripts: Record<string, string> } = load('../../package.json');
const contract: { components: { schemas: Record<string, { 'x-meanings'?: Meanings }> } } = parse(
	readFileSync('contract/signstash.openapi.yaml', 'utf8'),
);

function meaningsOf(name: string): Meanings {
	const meanings = contract.components.schemas[name]?.['x-meanings'];
	if (meanings === undefined) throw new Error(`the contract has no meanings of ${name}`);
	return meanings;
}

function schemaOf(path: string): Schema {
	const schema: Schema = JSON.parse(
		readFileSync(`nodes/SignStash/__schema__/v1.0.0/${path}.json`, 'utf8'),
	);
	return schema;
}

const outputs = [
	{ operation: 'Sign', schema: schemaOf('document/sign') },
	{ operation: 'Recover by Reference', schema: schemaOf('document/recoverByReference') },
	{ operation: 'Get Operation', schema: schemaOf('operation/getOperation') },
	{ operation: 'Resend Email', schema: schemaOf('operation/resendEmail') },
];
const { test } = new SignStashOAuth2Api();
const generated: Record<string, string> = {
	'docs/parameters.md': parametersPage(new SignStash().description),
	'docs/errors.md': errorsPage({
		sign: wordsOfSign(nodeWords, textsOf('nodes/SignStash/signing/state.ts', 'FaultName')),
		reading: wordsOfReading(nodeWords),
		resending: await wordsOfResending(nodeWords),
		badInputs: badInputs('nodes'),
		errorCodes,
		signErrors,
		credential: [...new Set(test?.rules?.map(({ properties }) => properties.message))],
	}),
	'docs/output.md': outputPage(outputs, {
		operations: meaningsOf('OperationStatus'),
		deliveries: meaningsOf('DeliveryStatus'),
		results: nextSteps,
	}),
};

const isCheck = process.argv.includes('--check');
const faults: string[] = [];
for (const [file, text] of Object.entries(generated)) {
	const options = await resolveConfig(file);
	const wanted = await format(text, { ...options, parser: 'markdown' });
	if (existsSync(file) && readFileSync(file, 'utf8') === wanted) continue;
	if (isCheck) faults.push(`${file} is stale: npm run build && npm run docs -- write`);
	else writeFileSync(file, wanted);
}

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
	encoding: 'utf8',
});
const pages = listed.split('\n').filter((page) => page !== '' && existsSync(page));
const words = { docs: Object.keys(verbs), test: [...suiteNames, 'all'] };
const worlds = [...ROWS].flatMap(([row, { alternatives }]) =>
	[...alternatives.keys()].map((alternative) => `${row}=${alternative}`),
);
faults.push(...faultsOf(pages, { scripts: Object.keys(scripts), words, worlds }));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`docs: ${pages.length} pages, no dead links`);

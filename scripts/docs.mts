/**
 * Writes the pages of the docs that come from the node itself. With `--check` it writes nothing, and
 * fails when one of them is stale, or a link or a command of any page leads nowhere. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { INodeType } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';
import { errorsPage, type Codes } from './docs/errors.mts';
import { faultsOf } from './docs/links.mts';
import { parametersPage } from './docs/parameters.mts';

const load = createRequire(import.meta.url);
const { SignStash }: { SignStash: new () => INodeType } = load(
	'../dist/nodes/SignStash/SignStash.node.js',
);
const { errorCodes, signErrors }: Record<'errorCodes' | 'signErrors', Codes> = load(
	'../dist/nodes/SignStash/service/errorCodes.js',
);
const { scripts }: { scripts: Record<string, string> } = load('../package.json');

const generated: Record<string, string> = {
	'docs/parameters.md': parametersPage(new SignStash().description),
	'docs/errors.md': errorsPage(errorCodes, signErrors),
};

const isCheck = process.argv.includes('--check');
const faults: string[] = [];
for (const [file, text] of Object.entries(generated)) {
	const options = await resolveConfig(file);
	const wanted = await format(text, { ...options, parser: 'markdown' });
	if (existsSync(file) && readFileSync(file, 'utf8') === wanted) continue;
	if (isCheck) faults.push(`${file} is stale: npm run build && npm run docs:write`);
	else writeFileSync(file, wanted);
}

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '*.md'], {
	encoding: 'utf8',
});
const pages = listed.split('\n').filter((page) => page !== '' && existsSync(page));
faults.push(...faultsOf(pages, scripts));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`docs: ${pages.length} pages, nothing leads nowhere`);

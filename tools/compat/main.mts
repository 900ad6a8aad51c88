/**
 * Runs the main tests on other versions of n8n: `npm run compat -- [--keep] VERSION…`, or on the harness's own
 * version if none is given. Each version is installed below .cache/n8n and removed after its run, unless `--keep`
 * is given. The results go into docs/compatibility.md; rows of versions that did not run stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { howN8nInstalls, programIn } from '../n8n/n8nPackage.mts';
import { root } from '../n8n/root.mts';
import { ensureInstalled } from '../npm/ensureInstalled.mts';
import { line, mayBePromised, readReport, tableWith, type Row } from './table.mts';

const {
	values: { keep },
	positionals: versions,
} = parseArgs({
	options: { keep: { type: 'boolean', default: false } },
	allowPositionals: true,
});
const page = join(root, 'docs', 'compatibility.md');
const begin = '<!-- compat: begin (npm run compat) -->';
const end = '<!-- compat: end -->';
/** The credential, the main path, the error output, a document signed once, recovery, and the tool. */
const suites = ['credential', 'node', 'neverTwice', 'recoverLater', 'agentTool'];

/** Dependencies of older versions that are not in the registry: xlsx names its own server. */
const unavailable = { xlsx: '0.18.5', 'msgpackr-extract': '3.0.3' };

/**
 * n8n's own builds have exactly one zod, which an agent uses to describe its tools. npm may install a newer
 * one instead, and the model then sees no parameters (observed on 2.20.12).
 */
function zodOf(version: string): string {
	const view = ['view', `n8n@${version}`, 'dependencies.zod'];
	return spawnSync('npm', view, { encoding: 'utf8' }).stdout.trim();
}

function ownVersion(): string {
	const file = join(root, 'tools', 'n8n', 'install', 'package.json');
	const { dependencies }: { dependencies: { n8n: string } } = JSON.parse(
		readFileSync(file, 'utf8'),
	);
	return dependencies.n8n;
}

const folderOf = (version: string): string => join(root, '.cache', 'n8n', version);

/** Installs a version. @returns the path of its program */
async function install(version: string): Promise<string> {
	const folder = folderOf(version);
	mkdirSync(folder, { recursive: true });
	const overrides = { ...unavailable, zod: zodOf(version) };
	const described = { name: 'compat', private: true, dependencies: { n8n: version }, overrides };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(described));
	await ensureInstalled({ folder, name: `n8n ${version}`, ...howN8nInstalls });
	return programIn(folder);
}

async function check(version: string): Promise<Row> {
	const report = join(root, '.cache', `compat-${version}.xml`);
	const program = version === ownVersion() ? undefined : await install(version);
	rmSync(report, { force: true });
	const files = suites.map((suite) => `test/e2e/${suite}.test.mts`);
	spawnSync(
		process.execPath,
		[
			'--test',
			'--test-concurrency=1',
			'--test-reporter=junit',
			`--test-reporter-destination=${report}`,
			...files,
		],
		{
			cwd: root,
			stdio: 'inherit',
			env: { ...process.env, ...(program && { SIGNSTASH_N8N: program }) },
		},
	);
	if (!keep) rmSync(folderOf(version), { recursive: true, force: true });
	return readReport(version, existsSync(report) ? readFileSync(report, 'utf8') : '');
}

/** Puts a row into the page. */
async function write(row: Row): Promise<void> {
	const [before = '', rest = ''] = readFileSync(page, 'utf8').split(begin);
	const [table = '', after = ''] = rest.split(end);
	const whole = `${before}${begin}\n\n${tableWith(table, [row])}\n\n${end}${after}`;
	const options = await resolveConfig(page);
	writeFileSync(page, await format(whole, { ...options, parser: 'markdown' }));
}

for (const version of versions.length > 0 ? versions : [ownVersion()]) {
	const row = await check(version);
	await write(row);
	console.log(line(row));
	if (!mayBePromised(row)) process.exitCode = 1;
}

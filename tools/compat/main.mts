/**
 * Runs the main job on other versions of n8n: `npm run compat -- VERSION…`, the harness's own without one.
 * Each version is installed below .cache/n8n (about 2.9 GB and some minutes); what held goes into
 * docs/compatibility.md, and rows of versions that did not run stay as they are.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { line, mayBePromised, readReport, tableWith, type Row } from './table.mts';

const root = join(import.meta.dirname, '..', '..');
const page = join(root, 'docs', 'compatibility.md');
const begin = '<!-- compat: begin (npm run compat) -->';
const end = '<!-- compat: end -->';
/** The credential, the main path, the error output, a document signed once, recovery, and the tool. */
const suites = ['credential', 'node', 'neverTwice', 'recoverLater', 'agentTool'];

function ownVersion(): string {
	const file = join(root, 'tools', 'n8n', 'install', 'package.json');
	const { dependencies }: { dependencies: { n8n: string } } = JSON.parse(
		readFileSync(file, 'utf8'),
	);
	return dependencies.n8n;
}

function npm(folder: string, ...args: string[]): void {
	const { status } = spawnSync('npm', [...args, '--loglevel=error'], {
		cwd: folder,
		stdio: 'inherit',
	});
	if (status !== 0) throw new Error(`npm ${args.join(' ')} ended with ${status} in ${folder}`);
}

/** Installs a version. @returns its program */
function install(version: string): string {
	const folder = join(root, '.cache', 'n8n', version);
	const program = join(folder, 'node_modules', 'n8n', 'bin', 'n8n');
	const stamp = join(folder, 'node_modules', '.installed');
	if (existsSync(stamp)) return program;
	mkdirSync(folder, { recursive: true });
	// xlsx: older versions name a server of its own, which is not the registry.
	const overrides = { xlsx: '0.18.5', 'msgpackr-extract': '3.0.3' };
	const described = { name: 'compat', private: true, dependencies: { n8n: version }, overrides };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(described));
	npm(folder, 'install', '--ignore-scripts', '--no-audit', '--no-fund');
	npm(folder, 'rebuild', 'sqlite3');
	writeFileSync(stamp, '');
	return program;
}

function check(version: string): Row {
	const report = join(root, '.cache', `compat-${version}.xml`);
	const program = version === ownVersion() ? undefined : install(version);
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
	return readReport(version, existsSync(report) ? readFileSync(report, 'utf8') : '');
}

const versions = process.argv.slice(2);
const rows = (versions.length > 0 ? versions : [ownVersion()]).map(check);
const [before = '', rest = ''] = readFileSync(page, 'utf8').split(begin);
const [table = '', after = ''] = rest.split(end);
const whole = `${before}${begin}\n\n${tableWith(table, rows)}\n\n${end}${after}`;
const options = await resolveConfig(page);
writeFileSync(page, await format(whole, { ...options, parser: 'markdown' }));
for (const row of rows) console.log(line(row));
if (!rows.every(mayBePromised)) process.exitCode = 1;

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, globSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { lacking, type Needs } from './machine.mts';

/** The folder that has the `node` which runs this: npm's scripts find the same one there. */
const programs = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

/** A package that is installed into a folder of its own, when it is first asked for. */
export interface ToolPackage {
	/** The folder with its package.json. */
	folder: string;
	/** What it is to whoever waits for it, such as "n8n". */
	name: string;
	/** How long it takes, as a rule. */
	duration: string;
	needs: Needs;
	/** The calls of npm that install it, in order, each as npm's arguments. */
	steps: ReadonlyArray<readonly string[]>;
}

/**
 * Makes sure that a package is installed. It is kept as long as its package.json and its lock file stay
 * the same, and an installation that was interrupted is begun again.
 *
 * When the machine lacks something, or npm fails, the program ends with one line: whoever waits at the
 * terminal can do something about that, and nothing about a stack.
 */
export async function ensureInstalled(tool: ToolPackage): Promise<void> {
	const { folder, name, duration, needs, steps } = tool;
	const stamp = join(folder, 'node_modules', '.signstash-stamp');
	const wanted = fingerprint(folder);
	if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
	const lack = lacking(folder, needs);
	if (lack !== undefined)
		endWith(`${name} cannot be installed on this machine, which lacks ${lack}.`);
	const size = `${(needs.diskBytes / 1e9).toFixed(1)} GB`;
	console.log(`Installing ${name} into ${folder}: ${size} and ${duration}, once.`);
	rmSync(stamp, { force: true });
	for (const step of steps) await npm(tool, step);
	writeFileSync(stamp, wanted);
}

function fingerprint(folder: string): string {
	const hash = createHash('sha256');
	for (const file of ['package.json', 'package-lock.json'].map((name) => join(folder, name)))
		if (existsSync(file)) hash.update(readFileSync(file));
	return hash.digest('hex');
}

async function npm({ folder, name }: ToolPackage, step: readonly string[]): Promise<void> {
	console.log(`  npm ${step.join(' ')} …`);
	const started = Date.now();
	const sign = setInterval(() => {
		console.log(`  … ${Math.round((Date.now() - started) / 1000)} s`);
	}, 20_000);
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	const options = { cwd: folder, stdio: 'inherit', env: environment() } as const;
	const child = spawn('npm', [...step, ...quiet], options);
	const [status] = await once(child, 'exit').finally(() => clearInterval(sign));
	if (status === 0) return;
	endWith(
		`${name} could not be installed: 'npm ${step.join(' ')}' ended with ${status} in ${folder}. ` +
			'The command can be run again, and begins anew.',
	);
}

function endWith(words: string): never {
	console.error(words);
	process.exit(1);
}

/**
 * Native code is built by the Node that runs this, and against its own headers where they are at hand, which
 * saves a download.
 */
function environment(): NodeJS.ProcessEnv {
	const headers = nodeFolder();
	return {
		...process.env,
		PATH: [programs, process.env.PATH].join(delimiter),
		...(headers !== undefined && { npm_config_nodedir: headers }),
	};
}

/** The folder of this Node that holds `include`, or undefined when it came without. */
function nodeFolder(): string | undefined {
	const own = dirname(dirname(realpathSync(process.execPath)));
	const folders = [own, ...globSync(join(own, 'node_modules', 'node-*'))];
	return folders.find((folder) => existsSync(join(folder, 'include', 'node', 'node_api.h')));
}

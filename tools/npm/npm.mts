import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

/** The folder that has the `node` which runs this: npm's scripts find the same one there. */
const programs = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

/** A call of npm. */
export interface Call {
	/** Where it runs. */
	folder: string;
	/** What is being installed, in words. */
	name: string;
	/** Its environment, beside what this process has. */
	variables?: Record<string, string>;
}

/** Runs npm, and shows every 20 seconds that it is still at work. When it fails, the program ends. */
export async function npm({ folder, name, variables }: Call, ...args: string[]): Promise<void> {
	console.log(`  npm ${args.join(' ')} …`);
	const started = Date.now();
	const sign = setInterval(() => {
		console.log(`  … ${Math.round((Date.now() - started) / 1000)} s`);
	}, 20_000);
	const quiet = ['--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
	const child = spawn('npm', [...args, ...quiet], {
		cwd: folder,
		stdio: 'inherit',
		env: { ...process.env, PATH: [programs, process.env.PATH].join(delimiter), ...variables },
	});
	const [status] = await once(child, 'exit').finally(() => clearInterval(sign));
	if (status === 0) return;
	endWith(
		`${name} could not be installed: 'npm ${args.join(' ')}' ended with ${status} in ${folder}. ` +
			'The command can be run again, and begins anew.',
	);
}

/** Ends the program with one line: whoever waits at the terminal can do something about it, and nothing about a stack. */
export function endWith(words: string): never {
	console.error(words);
	process.exit(1);
}

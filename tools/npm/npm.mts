import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter, join } from 'node:path';

/** The folder with the `node` that runs this, so that npm's scripts use the same one. */
const programs = join(import.meta.dirname, '..', '..', 'node_modules', '.bin');

/** A call of npm. */
export interface Call {
	/** Where it runs. */
	folder: string;
	/** What is being installed, in words. */
	name: string;
	/** Added to the environment of this process. */
	variables?: Record<string, string>;
}

/** Runs npm, and shows every 20 seconds that it is still running. If it fails, the program ends. */
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
			'Run the command again to start over.',
	);
}

/** Ends the program with a one-line message: the user can act on that, but not on a stack trace. */
export function endWith(words: string): never {
	console.error(words);
	process.exit(1);
}

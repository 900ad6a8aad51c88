import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.mts', import.meta.url));

/** A sandbox in its own process. */
export interface Run {
	/** The first line it printed. */
	line: string;
	/** Everything it has printed so far. */
	output(): string;
	/** Sends a signal. @returns the exit code; null if the signal itself ended the process */
	end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
}

/** Starts the command line and waits for its first line. */
export async function run(args: readonly string[]): Promise<Run> {
	const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
	const exited = once(child, 'exit');
	let output = '';
	child.stdout.setEncoding('utf8');
	await new Promise<void>((resolve, reject) => {
		child.once('exit', () => reject(new Error('the sandbox ended before it printed a line')));
		child.stdout.on('data', (text: string) => {
			output += text;
			if (output.includes('\n')) resolve();
		});
	});
	return {
		line: output.split('\n')[0] ?? '',
		output: () => output,
		end: async (signal) => {
			child.kill(signal);
			const [code]: unknown[] = await exited;
			return typeof code === 'number' ? code : null;
		},
	};
}

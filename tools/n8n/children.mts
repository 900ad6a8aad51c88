import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const running = new Set<ChildProcess>();
const lastActs = new Set<() => void>();
const exitCodes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;
const leash = pathToFileURL(join(import.meta.dirname, 'endWithParent.mts')).href;

/**
 * Remembers a child, so that it ends with this process. It has to be spawned `detached`: it then leads a
 * process group, so that the processes it starts end with it and Ctrl-C only reaches it through this process.
 */
export function keepWatch(child: ChildProcess): ChildProcess {
	running.add(child);
	child.once('exit', () => running.delete(child));
	return child;
}

/** Where a Node program runs and where its output goes. */
export interface NodeOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	/** Its standard output and standard error, as `spawn` takes them. */
	output: ['pipe' | number, 'inherit' | number];
}

/** Starts a Node program that ends with this process, even if this process is killed. */
export function spawnNode(args: string[], { cwd, env, output }: NodeOptions): ChildProcess {
	const child = spawn(process.execPath, ['--import', leash, ...args], {
		cwd,
		detached: true,
		stdio: ['pipe', ...output],
		env: { ...process.env, ...env, SIGNSTASH_LEASH: String(process.pid) },
	});
	return keepWatch(child);
}

/** Ends a child with SIGTERM, then with SIGKILL if it does not react; resolves once it is gone. */
export async function stop(child: ChildProcess, patienceMs = 15_000): Promise<void> {
	const hard = setTimeout(() => signal(child, 'SIGKILL'), patienceMs);
	await ended(child, 'SIGTERM');
	clearTimeout(hard);
}

/** Ends a child immediately, like a crash or a power cut; resolves once it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
	await ended(child, 'SIGKILL');
}

/** Registers something to do synchronously when this process ends, after its children are gone. */
export function atEnd(act: () => void): void {
	lastActs.add(act);
}

async function ended(child: ChildProcess, by: NodeJS.Signals): Promise<void> {
	if (isGone(child)) return;
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	signal(child, by);
	await gone;
}

function isGone({ pid, exitCode, signalCode }: ChildProcess): boolean {
	return pid === undefined || exitCode !== null || signalCode !== null;
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
	if (child.pid === undefined || isGone(child)) return;
	try {
		process.kill(-child.pid, name);
	} catch {
		// It ended between the check and the signal.
	}
}

process.once('exit', () => {
	for (const child of running) signal(child, 'SIGKILL');
	for (const act of lastActs) act();
});

// Writing to a closed terminal fails; that must not prevent the children from being ended.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

let stopping = false;
for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
	process.on(name, () => {
		// A second Ctrl-C means immediately: the exit handler kills what is left.
		if (stopping) process.exit(exitCodes[name]);
		stopping = true;
		void Promise.all([...running].map(async (child) => await stop(child, 5000))).finally(() =>
			process.exit(exitCodes[name]),
		);
	});
}

import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();
const lastActs = new Set<() => void>();
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Remembers a child, so that it ends with this process, however this process ends. It has to be
 * spawned `detached`: it then leads a group, so that what it starts ends with it, and Ctrl-C
 * reaches it only by way of this process.
 */
export function keepWatch(child: ChildProcess): ChildProcess {
	running.add(child);
	child.once('exit', () => running.delete(child));
	return child;
}

/** Ends a child with SIGTERM, and with SIGKILL when it does not listen; resolves once it is gone. */
export async function stop(child: ChildProcess, patienceMs = 15_000): Promise<void> {
	const hard = setTimeout(() => signal(child, 'SIGKILL'), patienceMs);
	await ended(child, 'SIGTERM');
	clearTimeout(hard);
}

/** Ends a child at once, as a crash or a power cut would; resolves once it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
	await ended(child, 'SIGKILL');
}

/** Something to do, synchronously, when this process ends: after its children are gone. */
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
		// It ended between the question and the signal.
	}
}

process.once('exit', () => {
	for (const child of running) signal(child, 'SIGKILL');
	for (const act of lastActs) act();
});

let stopping = false;
for (const name of ['SIGINT', 'SIGTERM'] as const) {
	process.on(name, () => {
		// A second Ctrl-C means at once: the exit handler kills what is left.
		if (stopping) process.exit(exitCodes[name]);
		stopping = true;
		void Promise.all([...running].map(async (child) => await stop(child, 5000))).finally(() =>
			process.exit(exitCodes[name]),
		);
	});
}

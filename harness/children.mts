import type { ChildProcess } from 'node:child_process';

const running = new Set<ChildProcess>();

/** Ends a child with SIGTERM, and with SIGKILL when it does not listen; resolves once it is gone. */
export async function stop(child: ChildProcess, patienceMs = 15_000): Promise<void> {
	running.delete(child);
	if (child.exitCode !== null || child.signalCode !== null) return;
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	child.kill('SIGTERM');
	const hard = setTimeout(() => child.kill('SIGKILL'), patienceMs);
	await gone;
	clearTimeout(hard);
}

/** Remembers a child, so that it ends with this process, however this process ends. */
export function keepWatch(child: ChildProcess): ChildProcess {
	running.add(child);
	child.once('exit', () => running.delete(child));
	return child;
}

process.once('exit', () => {
	for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
	process.once(signal, () => {
		void Promise.all([...running].map(async (child) => await stop(child, 5000))).then(() =>
			process.exit(130),
		);
	});
}

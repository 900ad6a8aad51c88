import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before a program (`node --import`) whose standard input is a pipe from the process that started
 * it: when that process is gone, even by SIGKILL, the pipe ends, and the program is asked to end too.
 * Processes that the program itself starts inherit the flag but not the pipe, hence the check of the parent.
 */
const patienceMs = 10_000;

if (isMainThread && process.env.SIGNSTASH_LEASH === String(process.ppid)) {
	process.stdin.once('end', () => {
		setTimeout(() => process.exit(1), patienceMs).unref();
		process.kill(process.pid, 'SIGTERM');
	});
	process.stdin.on('error', () => process.kill(process.pid, 'SIGTERM'));
	process.stdin.resume();
}

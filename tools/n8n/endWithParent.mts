import { isMainThread } from 'node:worker_threads';

/**
 * Loaded ahead of a program (`node --import`) whose standard input is a pipe of the process that started
 * it: when that process is gone, even by SIGKILL, the pipe ends, and the program is asked to end too.
 * What the program itself starts inherits the flag, not the pipe, hence the check for who is meant.
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

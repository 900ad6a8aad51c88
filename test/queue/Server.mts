import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepWatch, stop } from '../../tools/n8n/children.mts';

/** Ids of a Unix user; empty when this process is not root and can start programs only as itself. */
interface User {
	uid?: number;
	gid?: number;
}

/** PostgreSQL refuses to run as root; Debian's packages create a user for each server. */
function userOf(name: string): User {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string): number =>
		Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** A server from Debian, with its data in a folder that only it writes to. */
export class Server {
	readonly folder: string;
	readonly #user: User;
	#child: ChildProcess | undefined;

	constructor(parent: string, userName: string) {
		this.#user = userOf(userName);
		this.folder = join(parent, userName);
		mkdirSync(this.folder);
		const { uid, gid } = this.#user;
		if (uid !== undefined && gid !== undefined) chownSync(this.folder, uid, gid);
	}

	/** Runs one of the server's programs to its end, as the server's user. */
	run(program: string, parameters: string[], input = ''): string {
		return execFileSync(program, parameters, {
			...this.#user,
			cwd: this.folder,
			encoding: 'utf8',
			input,
			stdio: ['pipe', 'pipe', 'pipe'],
		});
	}

	/** Starts it and waits until `isUp` says so, half a minute at most. */
	async start(program: string, parameters: string[], isUp: () => boolean): Promise<void> {
		const log = `${this.folder}.log`;
		const out = openSync(log, 'a');
		this.#child = keepWatch(
			spawn(program, parameters, {
				...this.#user,
				cwd: this.folder,
				detached: true,
				stdio: ['ignore', out, out],
			}),
		);
		closeSync(out);
		for (let attempt = 0; attempt < 300; attempt++) {
			if (isUp()) return;
			await wait(100);
		}
		throw new Error(`${program} did not start:\n${readFileSync(log, 'utf8')}`);
	}

	async stop(): Promise<void> {
		if (this.#child) await stop(this.#child);
	}
}

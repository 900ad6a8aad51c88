import { spawn, type ChildProcess } from 'node:child_process';
import {
	chmodSync,
	chownSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { keepWatch, stop } from '../../../tools/n8n/children.mts';
import { freePort } from '../../../tools/n8n/freePort.mts';

/** The owner of the mailbox, never root: Dovecot gives root no mailbox. */
const nobody = 65_534;

interface User {
	name: string;
	uid: number;
	gid: number;
}

function mailUser(): User {
	const { username, uid, gid } = userInfo();
	return uid === 0 ? { name: 'root', uid: nobody, gid: nobody } : { name: username, uid, gid };
}

/** Debian's Dovecot with one mailbox, on a separate port. */
function configuration(folder: string, port: number, { name, uid, gid }: User): string {
	const others =
		name === 'root' ? '' : `default_internal_user = ${name}\ndefault_login_user = ${name}\n`;
	return `${others}base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mailbox_idle_check_interval = 1 s
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
`;
}

/** An IMAP server on loopback with one mailbox: user 'invoices', password 'secret'. */
export class ImapServer {
	readonly port: number;
	readonly #child: ChildProcess;
	readonly #folder: string;
	readonly #user: User;

	private constructor(child: ChildProcess, port: number, folder: string, user: User) {
		this.#child = child;
		this.port = port;
		this.#folder = folder;
		this.#user = user;
	}

	/** @throws when Dovecot is not installed (Debian: dovecot-imapd) or does not listen within ten seconds */
	static async start(): Promise<ImapServer> {
		const folder = mkdtempSync(join(tmpdir(), 'signstash-imap-'));
		const port = await freePort();
		const user = mailUser();
		chmodSync(folder, 0o755);
		for (const name of ['mail', 'mail/new', 'mail/cur', 'mail/tmp']) {
			mkdirSync(join(folder, name));
			chownSync(join(folder, name), user.uid, user.gid);
		}
		const file = join(folder, 'dovecot.conf');
		writeFileSync(file, configuration(folder, port, user));
		const child = spawn('dovecot', ['-F', '-c', file], { detached: true, stdio: 'inherit' });
		child.on('error', () => undefined);
		const server = new ImapServer(keepWatch(child), port, folder, user);
		for (let attempt = 0; attempt < 100; attempt++) {
			if (await listens(port)) return server;
			await wait(100);
		}
		throw new Error('Dovecot does not listen: is it installed (apt-get install dovecot-imapd)?');
	}

	/**
	 * Waits until n8n listens to the mailbox, half a minute at most: it publishes a workflow in the
	 * background, and accepts only what arrives after that.
	 */
	async isListenedTo(): Promise<void> {
		const log = join(this.#folder, 'dovecot.log');
		for (let attempt = 0; attempt < 300; attempt++) {
			// The mailbox is selected right after the log-in, which the log does not show.
			if (readFileSync(log, 'utf8').includes('Login: user=')) return await wait(2000);
			await wait(100);
		}
		throw new Error('n8n does not log in to the mailbox');
	}

	/** Puts an email, in its wire format, into the mailbox. */
	deliver(message: string): void {
		const file = join(this.#folder, 'mail', 'new', `${Date.now()}.1.localhost`);
		writeFileSync(file, message);
		chownSync(file, this.#user.uid, this.#user.gid);
	}

	async stop(): Promise<void> {
		await stop(this.#child);
		rmSync(this.#folder, { recursive: true, force: true });
	}
}

async function listens(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = createConnection({ host: '127.0.0.1', port });
		socket.once('connect', () => resolve(true));
		socket.once('error', () => resolve(false));
		socket.once('close', () => socket.destroy());
	});
}

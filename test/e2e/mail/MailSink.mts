import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** An email that was sent: its receivers, and its wire format. */
export interface Sent {
	to: string[];
	message: string;
}

/** An SMTP server on loopback that keeps what it receives. */
export class MailSink {
	readonly sent: Sent[];
	readonly port: number;
	readonly #server: SMTPServer;

	private constructor(server: SMTPServer, port: number, sent: Sent[]) {
		this.#server = server;
		this.port = port;
		this.sent = sent;
	}

	static async start(): Promise<MailSink> {
		const sent: Sent[] = [];
		const server = new SMTPServer({
			authOptional: true,
			disabledCommands: ['STARTTLS', 'AUTH'],
			onData(stream, session, done) {
				const chunks: Buffer[] = [];
				stream.on('data', (chunk: Buffer) => chunks.push(chunk));
				stream.on('end', () => {
					const to = session.envelope.rcptTo.map(({ address }) => address);
					sent.push({ to, message: Buffer.concat(chunks).toString() });
					done();
				});
			},
		});
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		const { port } = server.server.address() as AddressInfo;
		return new MailSink(server, port, sent);
	}

	/** Waits until the given number of emails have arrived; a minute at most, as n8n listens to a mailbox only after a pause. */
	async reaches(count: number): Promise<void> {
		for (let attempt = 0; attempt < 600 && this.sent.length < count; attempt++) await wait(100);
		if (this.sent.length < count) throw new Error(`only ${this.sent.length} emails came`);
	}

	async stop(): Promise<void> {
		await new Promise<void>((closed) => this.#server.close(() => closed()));
	}
}

import { writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { selfSigned } from '../n8n/selfSigned.mts';

/**
 * A server as if it were far away: reached by TLS, over a line that delays every byte. The line has no
 * other limit; opening a connection takes one round trip, and the TLS handshake takes its own.
 */
export class FarLine {
	/** File (PEM) with the certificate that has to be trusted. */
	readonly certificate: string;
	readonly #servers: Server[];
	readonly #sockets: Set<Socket>;

	private constructor(certificate: string, servers: Server[], sockets: Set<Socket>) {
		this.certificate = certificate;
		this.#servers = servers;
		this.#sockets = sockets;
	}

	/** @param folder where the certificate is written */
	static async open(port: number, roundTripMs: number, folder: string): Promise<FarLine> {
		const identity = await selfSigned();
		const certificate = join(folder, 'far-line.pem');
		writeFileSync(certificate, identity.cert);
		const sockets = new Set<Socket>();
		const kept = (socket: Socket): Socket => {
			sockets.add(socket.once('close', () => sockets.delete(socket)));
			return socket.on('error', () => socket.destroy());
		};
		const atServer = createTlsServer(identity, (near) => {
			const server = connect(port, '127.0.0.1');
			kept(near).pipe(kept(server)).pipe(near);
		});
		await listening(atServer);
		const line = createServer({ allowHalfOpen: true }, (client) => {
			const server = connect({ port: portOf(atServer), host: '127.0.0.1', allowHalfOpen: true });
			// One more round trip for the TCP handshake, which the kernel completes immediately.
			delayed(kept(client), kept(server), roundTripMs / 2, roundTripMs);
			delayed(server, client, roundTripMs / 2, 0);
		});
		await listening(line);
		return new FarLine(certificate, [line, atServer], sockets);
	}

	/** The address at which a server can be reached over this line. */
	far(address: string): string {
		const url = new URL(address);
		const [line] = this.#servers;
		return line ? `https://127.0.0.1:${portOf(line)}${url.pathname.replace(/\/$/, '')}` : address;
	}

	close(): void {
		for (const server of this.#servers) server.close();
		for (const socket of this.#sockets) socket.destroy();
	}
}

/** Passes on data later, in the same order: timers with the same delay fire in the order they were set. */
function delayed(from: Socket, to: Socket, milliseconds: number, firstMore: number): void {
	let more = firstMore;
	const later = (work: () => void): void => {
		setTimeout(work, milliseconds + more);
		more = 0;
	};
	from.on('data', (bytes: Buffer) => later(() => void to.write(bytes)));
	from.on('end', () => later(() => to.end()));
	from.on('close', () => later(() => to.destroy()));
}

async function listening(server: Server): Promise<void> {
	await once(server.listen(0, '127.0.0.1'), 'listening');
}

function portOf(server: Server): number {
	const address: AddressInfo | string | null = server.address();
	if (address === null || typeof address === 'string') throw new Error('the line has no port');
	return address.port;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';

/** What a server does with a call; it may answer, write raw bytes to the socket, or do nothing. */
export type Behaviour = (response: ServerResponse, socket: Socket) => void;

/** A call that arrived, with the header that must not reach others. */
export interface Arrived {
	path: string;
	authorization?: string;
}

/** The kind of call that a behaviour is for. */
export type On = 'token' | 'sign' | 'lookup';

const json =
	(status: number, body: unknown): Behaviour =>
	(response) => {
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(JSON.stringify(body));
	};

/** Answers that reveal nothing more: the look-up refuses in a way that says nothing about the reference. */
const usual: Record<On, Behaviour> = {
	token: json(200, { access_token: 'a-token', token_type: 'bearer', expires_in: 1000 }),
	sign: (_, socket) => socket.resetAndDestroy(),
	lookup: json(500, { error: 'out of order' }),
};

function callOf(path: string): On {
	if (path.endsWith('/oauth/token')) return 'token';
	return path.includes('/document/sign/') ? 'sign' : 'lookup';
}

/** A server on loopback that misbehaves where instructed, and answers normally everywhere else. */
export class BadServer {
	readonly arrived: Arrived[] = [];
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		private readonly scheme: 'http' | 'https',
	) {}

	/** `identity` (PEM) makes it a TLS server. */
	static async start(
		bad: Partial<Record<On, Behaviour>>,
		identity?: { key: string; cert: string },
	): Promise<BadServer> {
		const behaviours = { ...usual, ...bad };
		const answer = (request: IncomingMessage, response: ServerResponse): void => {
			const path = request.url ?? '';
			self.arrived.push({ path, authorization: request.headers.authorization });
			response.on('error', () => undefined);
			request.resume().once('end', () => behaviours[callOf(path)](response, request.socket));
		};
		const server = identity ? createTlsServer(identity, answer) : createServer(answer);
		const self = new BadServer(server, identity ? 'https' : 'http');
		server.on('connection', (socket: Socket) => {
			self.sockets.add(socket.once('close', () => self.sockets.delete(socket)));
			socket.on('error', () => undefined);
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return self;
	}

	get port(): number {
		const address: AddressInfo | string | null = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('the server has no port');
		return address.port;
	}

	get origin(): string {
		return `${this.scheme}://127.0.0.1:${this.port}`;
	}

	/** Calls that arrived for one endpoint. */
	count(on: On): number {
		return this.arrived.filter(({ path }) => callOf(path) === on).length;
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}
}

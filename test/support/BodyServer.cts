import { once } from 'node:events';
import {
	createServer,
	type IncomingHttpHeaders,
	type IncomingMessage,
	type Server,
	type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';

/** A signing request as it arrived over its connection. */
export interface Sent {
	headers: IncomingHttpHeaders;
	/** The part of its body that has arrived. */
	readonly body: Buffer;
	request: IncomingMessage;
	response: ServerResponse;
	/** Resolves when its connection is closed. */
	closed: Promise<unknown>;
}

/** A service that reads bodies under the control of a test: none is read before `read` says so. */
export class BodyServer {
	readonly sent: Sent[] = [];
	/** Paths of all other calls, except those for the token. */
	readonly others: string[] = [];
	private readonly sockets = new Set<Socket>();

	private constructor(
		private readonly server: Server,
		private readonly onSign: (sent: Sent, number: number) => void,
		private readonly onToken: () => void,
	) {
		server.on('connection', (socket: Socket) => {
			this.sockets.add(socket.once('close', () => this.sockets.delete(socket)));
			socket.on('error', () => undefined);
		});
		server.on('request', (request: IncomingMessage, response: ServerResponse) =>
			this.take(request, response),
		);
	}

	static async start(
		onSign: (sent: Sent, number: number) => void,
		onToken = (): void => undefined,
	): Promise<BodyServer> {
		const server = createServer();
		const self = new BodyServer(server, onSign, onToken);
		await once(server.listen(0, '127.0.0.1'), 'listening');
		return self;
	}

	credential(): Record<string, string> {
		const { port } = this.server.address() as AddressInfo;
		const origin = `http://127.0.0.1:${port}`;
		const info = { baseUrl: origin, tokenUrl: `${origin}/oauth/token` };
		const client = { clientId: `PRT.1-PRT.2-${port}`, clientSecret: 'secret' };
		return resolvedCredential({ info, client });
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private take(request: IncomingMessage, response: ServerResponse): void {
		response.on('error', () => undefined);
		const path = request.url ?? '';
		if (path.endsWith('/oauth/token')) {
			this.onToken();
			response.setHeader('content-type', 'application/json');
			response.end('{"access_token": "a-token", "token_type": "bearer", "expires_in": 1000}');
			return;
		}
		if (!path.includes('/document/sign/')) {
			this.others.push(path);
			response.writeHead(404).end();
			return;
		}
		const pieces: Buffer[] = [];
		const { headers, socket } = request;
		const closed = new Promise((resolve) => socket.once('close', resolve));
		const sent: Sent = {
			headers,
			request,
			response,
			closed,
			get body() {
				return Buffer.concat(pieces);
			},
		};
		request.pause().on('data', (piece: Buffer) => pieces.push(piece));
		request.on('error', () => undefined);
		this.sent.push(sent);
		this.onSign(sent, this.sent.length - 1);
	}
}

/** Answers on the bare connection: Node would read and discard the rest of a request that it has answered. */
export function answerEarly({ request }: Sent, body: string, status = '200 OK'): void {
	const length = Buffer.byteLength(body);
	request.socket.write(`HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\n\r\n${body}`);
}

/** An operation whose only document, under the given reference, is signed and has a content. */
export function signedOperation(externalReference: string, content: Buffer): string {
	const signedContent = content.toString('base64');
	const document = { externalReference, name: '0.pdf', signStatus: 'SIGNED', signedContent };
	return JSON.stringify({ id: 1, status: 'EXECUTED', documentList: [document] });
}

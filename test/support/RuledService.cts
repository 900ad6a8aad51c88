import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { resolvedCredential } from '../../tools/n8n/SandboxClient.mts';
import { passed } from './skipPauses.cts';
import { callOf, type Call, type On } from './ruledCalls.cts';
import {
	usual,
	type Answer,
	type Kept,
	type KeptOperation,
	type Mail,
	type Requested,
	type Rules,
	type Shown,
} from './ruledRules.cts';
import { signed } from './ruledSignature.cts';

/**
 * A rule-based Sign'Stash on loopback: independent of the sandbox and of the project's assumptions about the service. It
 * signs as far as the node can see, counts what it signed, and each of its answers can be replaced.
 */
export class RuledService {
	rules: Rules = usual;
	readonly operations: KeptOperation[] = [];
	/** Signing requests that it has received. */
	readonly requests: Requested[] = [];
	readonly mails: Mail[] = [];
	readonly calls: Call[] = [];
	private readonly sockets = new Set<Socket>();
	private readonly due: Array<{ at: number; operation: KeptOperation }> = [];
	private held: Record<string, string> | undefined;

	private constructor(private readonly server: Server) {}

	static async start(rules: Partial<Rules> = {}): Promise<RuledService> {
		const server = createServer();
		const self = new RuledService(server);
		self.obey(rules);
		server.on('request', (request, response) => {
			request.socket.on('error', () => undefined);
			response.on('error', () => undefined);
			void self.take(request, response);
		});
		server.on('connection', (socket: Socket) => {
			self.sockets.add(socket.once('close', () => self.sockets.delete(socket)));
		});
		await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
		return self;
	}

	/** Sets these rules; all others return to the usual ones. */
	obey(rules: Partial<Rules> = {}): void {
		this.rules = { ...usual, ...rules };
	}

	get origin(): string {
		const address: AddressInfo | string | null = this.server.address();
		if (address === null || typeof address === 'string') throw new Error('the server has no port');
		return `http://127.0.0.1:${address.port}`;
	}

	/** The credential for this service, the same object each time: n8n keeps its token there. */
	get credential(): Record<string, string> {
		const client = { clientId: 'PRT.1-PRT.2-ruled', clientSecret: 'secret' };
		const info = { baseUrl: `${this.origin}/signstash`, tokenUrl: `${this.origin}/oauth/token` };
		return (this.held ??= resolvedCredential({ info, client }));
	}

	/** How many signatures were made, including those in progress. */
	get signatures(): number {
		return this.made.length;
	}

	private get made(): Kept[] {
		const all = [...this.operations, ...this.due.map(({ operation }) => operation)];
		return all.flatMap(({ documents }) =>
			documents.filter(({ signStatus }) => signStatus === 'SIGNED'),
		);
	}

	/** How many signatures a document with this name has. */
	signaturesOf(name: string): number {
		return this.made.filter((one) => one.name === name).length;
	}

	count(on: On): number {
		return this.calls.filter((call) => call.on === on).length;
	}

	/** An hour passes for everything that the service has stored. */
	hourPasses(): void {
		for (const operation of this.operations)
			operation.created = new Date(operation.created.getTime() - 3_600_000);
	}

	async stop(): Promise<void> {
		for (const socket of this.sockets) socket.destroy();
		await new Promise((resolve) => this.server.close(resolve));
	}

	private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const pieces: Buffer[] = [];
		for await (const piece of request) pieces.push(Buffer.from(piece as Uint8Array));
		const call = callOf(request, Buffer.concat(pieces).toString());
		call.n = this.count(call.on) + 1;
		this.calls.push(call);
		this.settle();
		const early = await this.rules.before(call);
		const own = early ?? this.answerTo(call);
		const answer = early ?? (await this.rules.instead(call)) ?? own;
		if (answer === 'hang') return;
		if (answer === 'reset') return (request.socket.resetAndDestroy(), undefined);
		const { status, body, headers } = answer;
		const isText = typeof body === 'string';
		response.writeHead(status, {
			'content-type': isText ? 'text/html' : 'application/json',
			...headers,
		});
		response.end(body === undefined ? '' : isText ? body : JSON.stringify(body));
	}

	private answerTo(call: Call): Answer {
		switch (call.on) {
			case 'token': {
				const access_token = `token-${call.n}`;
				return { status: 200, body: { access_token, token_type: 'bearer', expires_in: 1000 } };
			}
			case 'sign':
				return this.sign(JSON.parse(call.body) as Requested);
			case 'lookup': {
				const found = this.holding(call.subject);
				return found ? { status: 200, body: { id: found.id } } : this.rules.nobody;
			}
			case 'status':
			case 'detail':
				return this.read(call);
			case 'resend':
				this.mails.push({
					operation: call.subject,
					attach: String(call.more),
					receivers: JSON.parse(call.body) as string[],
				});
				return { status: 200 };
		}
	}

	private read({ on, subject, more }: Call): Answer {
		const kept = this.operations.find(({ id }) => String(id) === subject);
		if (!kept) return this.rules.nobody;
		return { status: 200, body: this.shown(kept, on, more === 'true') };
	}

	/** The newest operation with this reference. */
	private holding(reference: string): KeptOperation | undefined {
		const { key } = this.rules;
		return this.operations.findLast(({ documents }) =>
			documents.some((one) => key(one.externalReference) === key(reference)),
		);
	}

	private takenBy(reference: string): KeptOperation[] {
		const holder = this.holding(reference);
		const isFree =
			this.rules.failedIsFree && holder?.documents.every((one) => one.signStatus !== 'SIGNED');
		return holder && !isFree ? [holder] : [];
	}

	private sign(requested: Requested): Answer {
		this.requests.push(requested);
		const { duplicate, atWork } = this.rules;
		const [taken] = requested.documents.flatMap(({ documentRequest }) =>
			this.takenBy(documentRequest.externalReference),
		);
		if (taken && duplicate) return duplicate;
		const operation = taken ?? this.operationOf(requested);
		const time = atWork(operation.documents[0]?.name ?? '');
		if (!taken && time > 0) this.due.push({ at: passed() + time, operation });
		else if (!taken) this.keep(operation);
		const content = requested.returnSignedContent ?? false;
		return { status: 200, body: this.shown(operation, 'sign', content) };
	}

	private keep(operation: KeptOperation): void {
		this.operations.push(operation);
		operation.id = 1000 + this.operations.length;
	}

	/** What has been in progress long enough is finished. */
	private settle(): void {
		for (const one of this.due.splice(0))
			if (one.at <= passed()) this.keep(one.operation);
			else this.due.push(one);
	}

	private operationOf({
		externalReference,
		documents,
		preservationInfo,
	}: Requested): KeptOperation {
		return {
			id: 0,
			status: 'EXECUTED',
			created: new Date(),
			mark: externalReference,
			receivers: (preservationInfo?.deliveryInfo?.personReceiver ?? []).map(({ email }) => email),
			documents: documents.map(({ documentRequest, signatureInfo }) => {
				const { base64Content, ...rest } = documentRequest;
				const content = Buffer.from(base64Content, 'base64');
				const signError = this.rules.signError(rest.name);
				const kept: Kept = { ...rest, content, signStatus: 'ERROR_SIGNING', signError };
				if (signError !== undefined) return kept;
				return {
					...kept,
					signedContent: signed(content, signatureInfo?.signatureType),
					signStatus: 'SIGNED',
				};
			}),
		};
	}

	private shown(kept: KeptOperation, on: On, withContent: boolean): Shown {
		const shown: Shown = {
			id: kept.id,
			type: 'SIGN',
			status: kept.status,
			creationDate: kept.created.toISOString(),
			folderExternalReference: kept.mark,
			documentList:
				on === 'status' ? [] : kept.documents.map((one) => shownDocument(one, withContent)),
			...(kept.receivers.length > 0 && {
				deliveryInfo: { personReceiver: kept.receivers.map((email) => ({ email })) },
			}),
		};
		return this.rules.show(shown, kept, on);
	}
}

const shownDocument = (
	{ content, signedContent, ...rest }: Kept,
	withContent: boolean,
): Record<string, unknown> => ({
	...rest,
	storageStatus: 'CONTENT_STORED',
	contentLength: content.length,
	...(withContent && signedContent && { signedContent: signedContent.toString('base64') }),
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Message {
	role: string;
	content?: unknown;
}

/** What an agent offers a model: the part that the tests read. */
export interface Asked {
	messages: Message[];
	tools?: Array<{ function: { name: string; parameters?: { properties?: object } } }>;
}

/**
 * A scripted language model on loopback: it calls the only tool on offer with fixed arguments,
 * and repeats the tool's answer. It speaks OpenAI's chat completions, which n8n's model node uses.
 */
export class ScriptedModel {
	readonly asked: Asked[] = [];
	readonly #server: Server;

	private constructor(server: Server) {
		this.#server = server;
	}

	static async start(toolArguments: object): Promise<ScriptedModel> {
		const server = createServer((request, response) => {
			let body = '';
			request.on('data', (chunk: Buffer) => (body += chunk.toString()));
			request.on('end', () => {
				const asked: Asked = JSON.parse(body);
				model.asked.push(asked);
				response.setHeader('content-type', 'application/json');
				response.end(JSON.stringify(completion(asked, toolArguments)));
			});
		});
		const model = new ScriptedModel(server);
		await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
		return model;
	}

	get url(): string {
		const { port } = this.#server.address() as AddressInfo;
		return `http://127.0.0.1:${port}/v1`;
	}

	async stop(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise((closed) => this.#server.close(closed));
	}
}

function completion({ messages, tools }: Asked, toolArguments: object): object {
	const answered = messages.findLast(({ role }) => role === 'tool');
	const name = tools?.[0]?.function.name;
	const call = { name, arguments: JSON.stringify(toolArguments) };
	const message = answered
		? { role: 'assistant', content: String(answered.content) }
		: {
				role: 'assistant',
				content: null,
				tool_calls: [{ id: 'c1', type: 'function', function: call }],
			};
	return {
		id: 'm1',
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: answered ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

/**
 * The limit: what signing costs without n8n and without any handling of faults. Plain code in its own process
 * reads files, encodes, posts, decodes and writes them, with a fixed number of requests at a time:
 * `node tools/bench/bareLoop.mts <task as JSON>`. Prints the cost as JSON.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { Agent, request, type RequestOptions } from 'node:http';
import { join } from 'node:path';
import { peakMemory } from './processAccount.mts';

export interface BareTask {
	folder: string;
	output: string;
	baseUrl: string;
	tokenUrl: string;
	clientId: string;
	clientSecret: string;
	documentsPerRequest: number;
	parallel: number;
}

export interface BareCost {
	wallMs: number;
	/** In addition to what the process used before it began. */
	memoryBytes: number;
}

interface Signed {
	documentList: Array<{ name: string; signedContent: string }>;
}

const task: BareTask = JSON.parse(process.argv[2] ?? '');
const agent = new Agent({ keepAlive: true, maxSockets: task.parallel });

async function post(
	url: string,
	headers: RequestOptions['headers'],
	body: Buffer,
): Promise<Buffer> {
	return await new Promise((resolve, reject) => {
		const sent = request(url, { agent, method: 'POST', headers }, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.once('error', reject);
			answer.once('end', () => {
				const bytes = Buffer.concat(chunks);
				if (answer.statusCode === 200) resolve(bytes);
				else reject(new Error(`${answer.statusCode} ${bytes.toString()}`));
			});
		});
		sent.once('error', reject);
		sent.end(body);
	});
}

async function token({ tokenUrl, clientId, clientSecret }: BareTask): Promise<string> {
	const basic = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
	const form = Buffer.from('grant_type=client_credentials');
	const headers = {
		authorization: `Basic ${basic}`,
		'content-type': 'application/x-www-form-urlencoded',
	};
	const answer: { access_token: string } = JSON.parse(String(await post(tokenUrl, headers, form)));
	return answer.access_token;
}

async function documentOf(name: string): Promise<object> {
	const base64Content = (await readFile(join(task.folder, name))).toString('base64');
	return {
		documentRequest: {
			externalReference: name,
			name,
			contentType: 'application/pdf',
			base64Content,
		},
		signatureInfo: { signatureType: 'PAdES', applyTimestamp: false },
	};
}

async function sign(names: string[], authorization: string): Promise<void> {
	const body = JSON.stringify({
		externalReference: names[0],
		description: names[0],
		returnSignedContent: true,
		documents: await Promise.all(names.map(documentOf)),
	});
	const headers = { authorization, 'content-type': 'application/json' };
	const url = `${task.baseUrl}/api/v0/document/sign/base64/`;
	const signed: Signed = JSON.parse(String(await post(url, headers, Buffer.from(body))));
	for (const { name, signedContent } of signed.documentList)
		await writeFile(join(task.output, name), Buffer.from(signedContent, 'base64'));
}

async function run(): Promise<void> {
	const authorization = `Bearer ${await token(task)}`;
	const names = readdirSync(task.folder).sort();
	const lane = async (): Promise<void> => {
		while (names.length > 0) await sign(names.splice(0, task.documentsPerRequest), authorization);
	};
	await Promise.all(Array.from({ length: task.parallel }, lane));
	agent.destroy();
}

mkdirSync(task.output, { recursive: true });
const idleBytes = peakMemory(process.pid) ?? 0;
const started = performance.now();
await run();
const cost: BareCost = {
	wallMs: performance.now() - started,
	memoryBytes: (peakMemory(process.pid) ?? 0) - idleBytes,
};
console.log(JSON.stringify(cost));

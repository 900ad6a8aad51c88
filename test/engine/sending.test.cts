import { readdirSync, statSync, truncateSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { answerEarly, BodyServer, signedOperation, type Sent } from '../support/BodyServer.cts';
import { bytesOf, faultOf, itemsOf, runNode } from '../support/engine.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

let server: BodyServer;
afterEach(async () => await server.stop());

/** A file that looks like a signed PDF, with bytes that all show which file it is. */
function letters(letter: string, bytes: number) {
	const content = Buffer.alloc(bytes, letter);
	content.write('%PDF-1.7 /ByteRange ');
	return { files: { data: { content, fileName: `${letter}.pdf` } } };
}

const parameters = (options = {}) => ({
	operation: 'sign',
	externalReference: '=R-{{ $itemIndex }}',
	options: { parallelRequests: 1, ...options },
});

const settings = { onError: 'continueRegularOutput' } as const;

const run = async (
	input: Array<ReturnType<typeof letters>>,
	options = {},
	stop?: Promise<unknown>,
) => {
	const stopping = new AbortController();
	void stop?.then(() => stopping.abort());
	return await runNode(
		server.credential(),
		parameters(options),
		input,
		settings,
		{},
		{
			stop: stopping.signal,
		},
	);
};

/** The content of the (perhaps unfinished) base64 in a request. */
function contentIn({ body }: Sent): Buffer {
	const text = body.toString('latin1');
	const start = text.indexOf('"base64Content":"') + '"base64Content":"'.length;
	const end = text.indexOf('"', start);
	return Buffer.from(text.slice(start, end < 0 ? undefined : end), 'base64');
}

test('a request is JSON of its declared length, with no part missing or duplicated', async () => {
	const input = [letters('A', 1_000_001), letters('B', 10), letters('C', 98_304)];
	server = await BodyServer.start(({ request, response }, number) => {
		const answer = signedOperation(`R-${number}`, Buffer.from('%PDF-1.7 /ByteRange'));
		request.resume().once('end', () => response.end(answer));
	});
	const items = await itemsOf(await run(input));
	expect(items.map(({ json }) => json.signStatus)).toEqual(['SIGNED', 'SIGNED', 'SIGNED']);
	for (const [number, sent] of server.sent.entries()) {
		expect(sent.headers).toMatchObject({
			'content-type': 'application/json',
			'content-length': `${sent.body.length}`,
		});
		expect(sent.headers['transfer-encoding']).toBeUndefined();
		expect(JSON.parse(sent.body.toString())).toMatchObject({ returnSignedContent: true });
		expect(contentIn(sent).equals(input[number]?.files.data.content ?? Buffer.alloc(0))).toBe(true);
	}
});

test.each([5_000_000, 20_000_000])(
	'a service that answers before it has read all %i bytes never gets bytes of the next document on the same connection',
	async (bytes) => {
		const signed = Buffer.from('%PDF-1.7 /ByteRange');
		const answered: Array<Promise<unknown>> = [];
		server = await BodyServer.start((sent, number) => {
			answerEarly(sent, signedOperation(`R-${number}`, signed));
			answered.push(sent.closed);
			// The first is read to the end once the last has arrived.
			if (number === 2) for (const { request } of server.sent) request.resume();
		});
		const input = ['A', 'B', 'C'].map((letter) => letters(letter, bytes));
		const items = await itemsOf(await run(input));
		await Promise.all(answered);
		for (const [number, item] of items.entries()) {
			expect((await bytesOf(item, 'data')).equals(signed)).toBe(true);
			const sent = server.sent[number];
			if (!sent) throw new Error('it was not sent');
			const content = contentIn(sent);
			const own = input[number]?.files.data.content.subarray(0, content.length);
			expect(own?.equals(content)).toBe(true);
			expect(sent.body.length).toBeLessThanOrEqual(Number(sent.headers['content-length']));
		}
		expect(server.sent).toHaveLength(3);
		expect(server.others).toEqual([]);
	},
);

describe('the outcome is unknown for a request', () => {
	test.each<[name: string, behave: (sent: Sent) => void]>([
		['whose connection was reset in the middle', ({ request }) => request.socket.resetAndDestroy()],
		['whose connection was closed in the middle', ({ request }) => request.socket.end()],
		['that nobody read', () => undefined],
	])('%s', async (_, behave) => {
		server = await BodyServer.start(behave);
		const [item] = await itemsOf(await run([letters('A', 20_000_000)], { requestTimeout: 1 }));
		expect(faultOf(item).message).toContain("It is not known whether 'A.pdf' was signed");
		expect(server.sent[0]?.body.length).toBeLessThan(26_000_000);
	});
});

test("a refusal that arrives before the request was read counts as the service's answer", async () => {
	server = await BodyServer.start((sent) =>
		answerEarly(sent, '{"errorCode": "2.9.9", "errorCodeDescription": "too small"}', '400 Bad'),
	);
	const [item] = await itemsOf(await run([letters('A', 20_000_000)]));
	expect(faultOf(item).message).toContain('2.9.9');
	expect(server.sent).toHaveLength(1);
});

test('a stopped execution stops sending, even in the middle of a request', async () => {
	let stop = (): void => undefined;
	const stopped = new Promise<void>((resolve) => (stop = resolve));
	server = await BodyServer.start((sent) => {
		sent.request.once('data', () => {
			sent.request.pause();
			stop();
		});
		sent.request.resume();
	});
	await run([letters('A', 20_000_000), letters('B', 10)], {}, stopped);
	server.sent[0]?.request.resume();
	await server.sent[0]?.closed;
	expect(server.sent[0]?.body.length).toBeLessThan(26_000_000);
	expect(server.sent[0]?.request.complete).toBe(false);
	expect([server.sent.length, server.others]).toEqual([1, []]);
});

/** The file in n8n's storage that has the given number of bytes. */
function storedFile(bytes: number): string {
	const folder = process.env.N8N_USER_FOLDER ?? '';
	for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
		const file = join(entry.parentPath, entry.name);
		if (entry.isFile() && statSync(file).size === bytes) return file;
	}
	throw new Error('n8n stored no such file');
}

test.each<[name: string, bytes: number, change: (file: string) => void, words: string]>([
	[
		'is shorter by the time it is sent',
		20_000_001,
		(file) => truncateSync(file, 15_000_000),
		"It is not known whether 'A.pdf' was signed",
	],
	['is gone by the time it is sent', 20_000_002, unlinkSync, 'was not sent'],
])('a file that %s never makes a complete request', async (_, bytes, change, words) => {
	let changed = false;
	server = await BodyServer.start(
		({ request }) => request.resume(),
		() => {
			if (!changed) change(storedFile(bytes));
			changed = true;
		},
	);
	const [item] = await itemsOf(await run([letters('A', bytes)]));
	expect(changed).toBe(true);
	expect(faultOf(item).message).toContain(words);
	expect(server.sent.every(({ request }) => !request.complete)).toBe(true);
});

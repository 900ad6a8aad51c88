import fc from 'fast-check';
import { AnswerReader } from '../../nodes/SignStash/service/AnswerReader';
import { contentOf, type Content } from '../../nodes/SignStash/bytes/Content';
import type { SignRequest } from '../../nodes/SignStash/service/messages';
import { RequestBody } from '../../nodes/SignStash/service/RequestBody';
import { bodyText } from '../support/bodyText.cts';

/** Text that imitates what the reader looks for. */
const trickyText = fc.oneof(
	fc.string({ unit: 'grapheme' }),
	fc.constantFrom(
		'"base64Content":""',
		'"signedContent"',
		'"signedContent":"AAAA"',
		'\\"',
		'ção €',
	),
);
const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array));

/** Cuts bytes at the given places, wherever they fall. */
function cutAt(whole: Buffer, places: number[]): Buffer[] {
	const sorted = [0, ...places.map((place) => place % (whole.length + 1)), whole.length];
	sorted.sort((a, b) => a - b);
	return sorted.slice(1).map((end, index) => whole.subarray(sorted[index], end));
}

const places = fc.array(fc.nat(), { maxLength: 6 });

/** A content that arrives in pieces of odd lengths. */
const inPieces = (whole: Buffer, cuts: number[]): Content => ({
	length: whole.length,
	async *pieces() {
		yield* cutAt(whole, cuts);
	},
	release: () => undefined,
});

interface Sent {
	name: string;
	content: Buffer;
	cuts: number[];
}

const sentDocuments = fc.array(fc.record({ name: trickyText, content: bytes, cuts: places }), {
	maxLength: 4,
});

const documentRequest = ({ name }: Sent) =>
	({ externalReference: name, name, contentType: 'text/xml' }) as const;
const signatureInfo = { signatureType: 'XAdES', reason: '"base64Content":""' } as const;

test('a request is written as JSON with each content in base64, whatever pieces its bytes arrive in', async () => {
	await fc.assert(
		fc.asyncProperty(sentDocuments, trickyText, async (list, text) => {
			const request: SignRequest = {
				externalReference: text,
				description: text,
				documents: list.map((sent) => ({
					signatureInfo,
					documentRequest: {
						...documentRequest(sent),
						content: inPieces(sent.content, sent.cuts),
					},
				})),
			};
			const documents = list.map((sent) => ({
				signatureInfo,
				documentRequest: {
					...documentRequest(sent),
					base64Content: sent.content.toString('base64'),
				},
			}));
			const body = new RequestBody(request);
			for (const text of [await bodyText(body.asBlob()), await bodyText(body.asBlob())]) {
				expect(JSON.parse(text)).toEqual({ ...request, documents });
				expect(Buffer.byteLength(text)).toBe(body.size);
			}
		}),
	);
});

const requestOf = (...contents: Content[]): SignRequest => ({
	externalReference: 'R',
	description: 'd',
	documents: contents.map((content) => ({
		documentRequest: { externalReference: 'n', name: 'n', contentType: 'text/xml', content },
		signatureInfo,
	})),
});

test('n8n and axios accept a body as one with a length, a type and a stream', () => {
	const body = new RequestBody(requestOf(contentOf(Buffer.from('abc'))));
	const blob = body.asBlob();
	expect(Object.prototype.toString.call(blob)).toBe('[object Blob]');
	expect([blob.size, blob.type]).toEqual([body.size, 'application/json']);
	expect(Object.keys(blob)).not.toEqual([]);
});

test.each([
	[30_000, true],
	[20_000, false],
	[0, false],
])(
	'when a document breaks off after %i bytes, a part of the body has left: %s',
	async (bytes, begun) => {
		const shorter = { ...contentOf(Buffer.alloc(bytes, 'd')), length: 40_000 };
		const body = new RequestBody(requestOf(shorter, contentOf(Buffer.from('def'))));
		expect([body.begun, body.fault]).toEqual([false, undefined]);
		const why = 'the file changed while it was read';
		await expect(bodyText(body.asBlob())).rejects.toThrow(why);
		expect([body.begun, body.fault]).toEqual([begun, why]);
	},
);

test('a small body is one piece, and a large one has no small pieces', async () => {
	const lengthsOf = async (bytes: number) => {
		const content = inPieces(Buffer.alloc(bytes), [1, 2, 3]);
		const lengths: number[] = [];
		const stream: AsyncIterable<string> = new RequestBody(requestOf(content)).asBlob().stream();
		for await (const piece of stream) lengths.push(piece.length);
		return lengths;
	};
	expect(await lengthsOf(20_000)).toHaveLength(1);
	const [...lengths] = await lengthsOf(200_000);
	expect(Math.min(...lengths.slice(0, -1))).toBeGreaterThan(32_000);
	expect(Math.max(...lengths)).toBeLessThan(130_000);
});

test('a closed body is not read any further, and releases its documents', async () => {
	let ended = false;
	const content: Content = {
		length: 60_000,
		async *pieces() {
			try {
				for (const piece of ['abc', 'def']) yield Buffer.alloc(30_000, piece);
			} finally {
				ended = true;
			}
		},
		release: () => undefined,
	};
	const body = new RequestBody(requestOf(content));
	const pieces = body.asBlob().stream()[Symbol.asyncIterator]();
	expect((await pieces.next()).done).toBe(false);
	body.close();
	expect((await pieces.next()).done).toBe(true);
	expect(ended).toBe(true);
});

/** Each piece has its own block of memory, as pieces from a socket do: the reader may transfer it. */
function read(answer: string, cuts: number[] = [], expected = 0) {
	const reader = new AnswerReader(expected);
	for (const piece of cutAt(Buffer.from(answer), cuts)) {
		const own = Buffer.allocUnsafeSlow(piece.length);
		piece.copy(own);
		reader.add(own);
	}
	return reader.end();
}

test('contents are taken out of an answer wherever it is cut, and nothing else changes', () => {
	const documents = fc.array(fc.record({ name: trickyText, signedContent: bytes }), {
		maxLength: 4,
	});
	fc.assert(
		fc.property(documents, trickyText, fc.boolean(), places, (list, text, indented, cuts) => {
			const base64 = list.map((one) => ({
				...one,
				signedContent: one.signedContent.toString('base64'),
			}));
			const answer = JSON.stringify({ text, list: base64 }, null, indented ? 1 : 0);
			const { json, contents } = read(answer, cuts);
			const indexes = list.map((one, index) => ({ ...one, signedContent: index }));
			expect(JSON.parse(json)).toEqual({ text, list: indexes });
			expect(contents).toEqual(list.map(({ signedContent }) => signedContent));
		}),
		{ numRuns: 500 },
	);
});

test('escapes within base64 are understood wherever the answer is cut', () => {
	const content = Buffer.from([0xfb, 0xff, 0xbf, 0xfe, 0x3f, 0x01, 0x02]);
	const escaped = content
		.toString('base64')
		.replace(/^(.{5})/, '$1\r\n')
		.replaceAll('\r\n', '\\r\\n')
		.replaceAll('/', '\\/')
		.replaceAll('+', '\\u002b');
	fc.assert(
		fc.property(places, (cuts) => {
			const { contents } = read(`{"signedContent" : "${escaped}","a":1}`, cuts);
			expect(contents).toEqual([content]);
		}),
	);
});

function bufferOf(content: Buffer | 'not base64' | undefined): Buffer {
	if (Buffer.isBuffer(content)) return content;
	throw new Error(`${content} came instead of bytes`);
}

test.each([0, 50_000, 600_000])(
	'a content may be longer than the %i bytes that were expected',
	(expected) => {
		const content = Buffer.alloc(500_001, 'signed');
		const answer = JSON.stringify({ signedContent: content.toString('base64') });
		const cuts = Array.from({ length: 11 }, (_, index) => index * 65_536);
		expect(bufferOf(read(answer, cuts, expected).contents[0]).equals(content)).toBe(true);
	},
);

test('a content that ends in the piece it begins in has a buffer of its own length', () => {
	const answer = JSON.stringify(['signed', 'file'].map((signedContent) => ({ signedContent })));
	const made = jest.spyOn(Buffer, 'allocUnsafeSlow');
	const { contents } = read(answer, [], 900_000);
	expect(contents.map((content) => bufferOf(content).length)).toEqual([4, 3]);
	const [, ...rooms] = made.mock.calls.flat();
	made.mockRestore();
	expect(rooms).toEqual([4, 3]);
});

test('a content that is far shorter than expected does not keep the large buffer', () => {
	const content = Buffer.alloc(100_000, 'signed');
	const answer = JSON.stringify({ signedContent: content.toString('base64') });
	const decoded = bufferOf(read(answer, [70_000], 900_000).contents[0]);
	expect(decoded.equals(content)).toBe(true);
	expect(decoded.buffer.byteLength).toBeLessThan(150_000);
});

test.each([
	['a number', '{"signedContent":7}'],
	['nothing', '{"signedContent":null}'],
	['endless white space', `{"signedContent":${' '.repeat(200)}7}`],
	['a value with the name of the property', '{"a":"signedContent","b":"c2ln"}'],
])('%s stays in the JSON', (_, text) => {
	expect(read(text)).toEqual({ json: text, contents: [] });
});

test('a number in place of a content does not hide the next content', () => {
	expect(read('[{"signedContent":7},{"signedContent":"c2ln"}]').contents).toEqual([
		Buffer.from('sig'),
	]);
});

test('white space before a content is accepted up to 64 characters, wherever it is cut', () => {
	const withSpace = (letters: number): string =>
		`{"signedContent":${' '.repeat(letters - 2)}"c2ln"}`;
	const cut = '{"signedContent":'.length;
	for (const cuts of [[], [cut], [cut + 62]])
		expect(read(withSpace(64), cuts)).toEqual({
			json: `{"signedContent":${' '.repeat(62)}0}`,
			contents: [Buffer.from('sig')],
		});
	const more = withSpace(65);
	for (const cuts of [[], [cut + 63]])
		expect(read(more, cuts)).toEqual({ json: more, contents: [] });
});

test('a piece is released as soon as it is read', () => {
	const reader = new AnswerReader(0);
	const pieces = ['{"signed', 'Content":"c2', 'ln"}'].map((text) => {
		const own = Buffer.allocUnsafeSlow(64 * 1024).fill(' ');
		own.write(text, text.startsWith('{') ? own.length - text.length : 0);
		return own;
	});
	for (const piece of pieces) {
		reader.add(piece);
		expect(piece).toHaveLength(0);
	}
	expect(reader.end().contents).toEqual([Buffer.from('sig')]);
});

import { ContentNames } from './contentJson.mts';

/** A successful answer as the contract describes it; the world decides how it is written. */
export interface Told {
	value: unknown;
	/** Names of the contents that the value refers to. */
	names: ContentNames;
}

export function told(value: unknown, names = new ContentNames()): Told {
	return { value, names };
}

/** An answer, ready to be written. */
export interface Answer {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** The body in chunks, because it may be larger than one string can be. */
	chunks: readonly Buffer[];
	/** The body as a value, to be checked against the contract; undefined if it is not JSON. */
	value?: unknown;
}

/** An answer with a JSON body. */
export function json(value: unknown, status = 200, headers: Answer['headers'] = {}): Answer {
	return {
		status,
		headers: { 'content-type': 'application/json', ...headers },
		chunks: [Buffer.from(JSON.stringify(value))],
		value,
	};
}

function encode(body: unknown): [type: string, bytes: Buffer] {
	if (Buffer.isBuffer(body)) return ['application/octet-stream', body];
	if (typeof body === 'string') return ['text/plain; charset=utf-8', Buffer.from(body)];
	return ['application/json', Buffer.from(JSON.stringify(body))];
}

/** An answer that is not checked against the contract; strings and buffers as they are, else JSON. */
export function plain(status: number, body: unknown, headers: Answer['headers'] = {}): Answer {
	if (body === undefined || body === '') return { status, headers, chunks: [] };
	const [type, bytes] = encode(body);
	return { status, headers: { 'content-type': type, ...headers }, chunks: [bytes] };
}

import { ContentNames } from './contentJson.mts';

/** A success in the contract's own words; how it is written is up to the world. */
export interface Told {
	value: unknown;
	/** Of the contents that the value refers to. */
	names: ContentNames;
}

export function told(value: unknown, names = new ContentNames()): Told {
	return { value, names };
}

/** An answer, ready to be written. */
export interface Answer {
	status: number;
	headers: Readonly<Record<string, string>>;
	/** The body in chunks, so that it may be larger than one string. */
	chunks: readonly Buffer[];
	/** The body as a value, to be held against the contract; undefined for what is not JSON. */
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

/** An answer of one chunk that is not held against the contract; a value that is no text is JSON. */
export function plain(status: number, body: unknown, headers: Answer['headers'] = {}): Answer {
	if (body === undefined || body === '') return { status, headers, chunks: [] };
	const [type, bytes] = encode(body);
	return { status, headers: { 'content-type': type, ...headers }, chunks: [bytes] };
}

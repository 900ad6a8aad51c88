declare global {
	interface JSON {
		/** With the text of each value as it stood, which `lib.es5` does not know of. */
		parse(
			text: string,
			reviver: (
				this: unknown,
				key: string,
				value: unknown,
				context: { source?: string },
			) => unknown,
		): unknown;
	}
}

/** A JSON object, with whole numbers that JavaScript's cannot hold as `bigint`. */
export type Message = Readonly<Record<string, unknown>>;

export function isMessage(value: unknown): value is Message {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function exact(_: string, value: unknown, { source = '' }: { source?: string }): unknown {
	const beyond = typeof value === 'number' && /^\d+$/.test(source) && !Number.isSafeInteger(value);
	return beyond ? BigInt(source) : value;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text, exact);
	} catch {
		return undefined;
	}
}

/** Whether two entries of a list speak of the same document, the second without an error. */
function isSameDocument(failed: Message, other: Message): boolean {
	const same = ['internalId', 'name', 'externalReference'].every(
		(key) => failed[key] === other[key],
	);
	return same && typeof other['signError'] !== 'string';
}

/** The status of an answer that did not come. */
export const NO_ANSWER = 0;

/** An answer of the service, read as far as it can be. */
export class Answer {
	readonly status: number;
	readonly text: string;
	/** The body as JSON; undefined for anything else. */
	readonly json: unknown;

	constructor(status: number, body: Buffer) {
		this.status = status;
		this.text = body.toString('utf8');
		this.json = parsed(this.text);
	}

	/** The service's error code, if it is one of its refusals. */
	get code(): string | undefined {
		const code = isMessage(this.json) ? this.json['errorCode'] : undefined;
		return typeof code === 'string' ? code : undefined;
	}

	/** Whether it is a page for people. */
	get isPage(): boolean {
		return /^\s*<(!doctype|html)/i.test(this.text);
	}

	/** What it was, without what it says. */
	get shape(): string {
		if (this.status === NO_ANSWER) return 'no answer';
		const body = this.isPage ? 'a page' : this.text === '' ? 'no body' : 'a body';
		return `HTTP ${this.status} with ${this.code === undefined ? body : `code ${this.code}`}`;
	}

	/** The object that a success carries, if it does. */
	get message(): Message | undefined {
		return this.status === 200 && isMessage(this.json) ? this.json : undefined;
	}

	/** The operation's id as it is written in a path, undefined when the answer has none. */
	get id(): string | undefined {
		const id = isMessage(this.json) ? this.json['id'] : this.json;
		const isId = typeof id === 'number' || typeof id === 'bigint' || typeof id === 'string';
		return this.status === 200 && isId && /^\d+$/.test(String(id)) ? String(id) : undefined;
	}

	/** What the operation lists of its documents; nothing when they are not told. */
	get listed(): Message[] {
		const list = this.message?.['documentList'];
		return Array.isArray(list) ? list.filter(isMessage) : [];
	}

	/** The operation's documents, each as it ended: without a failed try of one that is listed again. */
	get documents(): Message[] {
		const { listed } = this;
		return listed.filter(
			(one) =>
				typeof one['signError'] !== 'string' ||
				!listed.some((other) => other !== one && isSameDocument(one, other)),
		);
	}
}

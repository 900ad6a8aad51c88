declare global {
	interface JSON {
		/** With the source text of each value, which `lib.es5` does not declare. */
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

/** A JSON object; integers that JavaScript's number cannot represent are `bigint`. */
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

/** Whether two entries of a list are about the same document, the second one without an error. */
function isSameDocument(failed: Message, other: Message): boolean {
	const same = ['internalId', 'name', 'externalReference'].every(
		(key) => failed[key] === other[key],
	);
	return same && typeof other['signError'] !== 'string';
}

/** Stands for the status of a request that got no answer. */
export const NO_ANSWER = 0;

/** An answer of the service, parsed as far as possible. */
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

	/** The service's error code, if this is one of its refusals. */
	get code(): string | undefined {
		const code = isMessage(this.json) ? this.json['errorCode'] : undefined;
		return typeof code === 'string' ? code : undefined;
	}

	/** Whether it is an HTML page. */
	get isPage(): boolean {
		return /^\s*<(!doctype|html)/i.test(this.text);
	}

	/** The kind of answer, without its content. */
	get shape(): string {
		if (this.status === NO_ANSWER) return 'no answer';
		const body = this.isPage ? 'a page' : this.text === '' ? 'no body' : 'a body';
		return `HTTP ${this.status} with ${this.code === undefined ? body : `code ${this.code}`}`;
	}

	/** The object in a successful answer, if there is one. */
	get message(): Message | undefined {
		return this.status === 200 && isMessage(this.json) ? this.json : undefined;
	}

	/** The operation's id as it is written in a path; undefined if the answer has none. */
	get id(): string | undefined {
		const id = isMessage(this.json) ? this.json['id'] : this.json;
		const isId = typeof id === 'number' || typeof id === 'bigint' || typeof id === 'string';
		return this.status === 200 && isId && /^\d+$/.test(String(id)) ? String(id) : undefined;
	}

	/** The operation's list of documents as it is; empty if the answer does not have one. */
	get listed(): Message[] {
		const list = this.message?.['documentList'];
		return Array.isArray(list) ? list.filter(isMessage) : [];
	}

	/** The operation's documents with their outcome: without failed tries of documents that are listed again. */
	get documents(): Message[] {
		const { listed } = this;
		return listed.filter(
			(one) =>
				typeof one['signError'] !== 'string' ||
				!listed.some((other) => other !== one && isSameDocument(one, other)),
		);
	}
}

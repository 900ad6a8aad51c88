/** A JSON object in an answer; `bigint` is a number that JavaScript's number cannot represent. */
export type Message = Readonly<Record<string, unknown>>;

/** Writes a message in another way. */
export type Rewrite = (message: Message) => Message;

export const asIs: Rewrite = (message) => message;

export function isMessage(value: unknown): value is Message {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Changes those of the values that are present; the order of the properties stays the same. */
export function changed(changes: Readonly<Record<string, (value: unknown) => unknown>>): Rewrite {
	const by = new Map(Object.entries(changes));
	return (message) =>
		Object.fromEntries(
			Object.entries(message).map(([key, value]) => {
				const change = by.get(key);
				return [key, change === undefined ? value : change(value)];
			}),
		);
}

/** Replaces the value of a property that is present; the new value may be null. */
export function replaced(key: string, value: unknown): Rewrite {
	return (message) => (key in message ? { ...message, [key]: value } : message);
}

export function without(...keys: string[]): Rewrite {
	return (message) =>
		Object.fromEntries(Object.entries(message).filter(([key]) => !keys.includes(key)));
}

/** Rewrites an object that is the value of a property. */
export function inPart(key: string, rewrite: Rewrite): Rewrite {
	return changed({ [key]: (part) => (isMessage(part) ? rewrite(part) : part) });
}

/** Rewrites each object of a list that is the value of a property. */
export function inEach(key: string, rewrite: Rewrite): Rewrite {
	return changed({
		[key]: (list) =>
			Array.isArray(list)
				? list.map((one: unknown) => (isMessage(one) ? rewrite(one) : one))
				: list,
	});
}

export const inDocuments = (rewrite: Rewrite): Rewrite => inEach('documentList', rewrite);

/** Applies rewrites one after the other. */
export function all(...rewrites: readonly Rewrite[]): Rewrite {
	return (message) => rewrites.reduce((so, rewrite) => rewrite(so), message);
}

/** A change that only applies to strings. */
export const ofText =
	(change: (text: string) => unknown) =>
	(value: unknown): unknown =>
		typeof value === 'string' ? change(value) : value;

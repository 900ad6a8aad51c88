/** How much may be in progress, or waiting, before it is requested. */
export interface AheadLimits {
	elements: number;
	/** Bytes; the first element may be larger. */
	bytes: number;
}

/**
 * Does `work`, which must not fail, for every element, and returns the results in the order of the source. The
 * next ones are started while the first is in progress, as far as the limits allow.
 */
export async function* readAhead<Element extends { size: number }, Result>(
	source: AsyncIterable<Element>,
	limits: AheadLimits,
	work: (element: Element) => Promise<Result>,
): AsyncGenerator<Result> {
	const elements = source[Symbol.asyncIterator]();
	const begun: Array<{ size: number; result: Promise<Result> }> = [];
	let bytes = 0;
	for (let ended = false; ; ) {
		while (
			!ended &&
			begun.length < limits.elements &&
			(begun.length === 0 || bytes < limits.bytes)
		) {
			const next = await elements.next();
			ended = next.done === true;
			if (next.done) break;
			begun.push({ size: next.value.size, result: work(next.value) });
			bytes += next.value.size;
		}
		const first = begun.shift();
		if (first === undefined) return;
		yield await first.result;
		bytes -= first.size;
	}
}

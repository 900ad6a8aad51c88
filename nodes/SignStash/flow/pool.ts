/**
 * Runs `work` for every element, at most `parallel` at a time; an element is taken from the source only when a
 * place is free. After the first fault nothing new is started; work in progress ends before the fault is thrown.
 */
export async function forEachParallel<Element>(
	source: AsyncIterable<Element>,
	parallel: number,
	work: (element: Element) => Promise<void>,
): Promise<void> {
	const elements = source[Symbol.asyncIterator]();
	const faults: unknown[] = [];
	const lane = async (): Promise<void> => {
		try {
			while (faults.length === 0) {
				const next = await elements.next();
				if (next.done) return;
				await work(next.value);
			}
		} catch (error) {
			faults.push(error);
		}
	};
	await Promise.all(Array.from({ length: parallel }, lane));
	if (faults.length > 0) throw faults[0];
}

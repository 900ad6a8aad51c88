/**
 * Runs `work` for every index below `count`, at most `parallel` at a time, and gives the results in
 * order. After the first fault nothing new is started; what is under way ends before it is thrown.
 */
export async function inParallel<Result>(
	count: number,
	parallel: number,
	work: (index: number) => Promise<Result>,
): Promise<Result[]> {
	const results: Result[] = [];
	const faults: unknown[] = [];
	let next = 0;
	const lane = async (): Promise<void> => {
		while (next < count && faults.length === 0) {
			const index = next++;
			try {
				results[index] = await work(index);
			} catch (error) {
				faults.push(error);
			}
		}
	};
	await Promise.all(Array.from({ length: Math.min(parallel, count) }, lane));
	if (faults.length > 0) throw faults[0];
	return results;
}

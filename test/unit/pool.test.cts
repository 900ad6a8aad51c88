import { forEachParallel } from '../../nodes/SignStash/flow/pool';

/** Counts the elements that were taken from it. */
class Source {
	taken = 0;

	constructor(private readonly length: number) {}

	async *[Symbol.asyncIterator](): AsyncGenerator<number> {
		while (this.taken < this.length) yield this.taken++;
	}
}

const turn = async (): Promise<void> => await new Promise((go) => setImmediate(go));

test.each([
	[0, 3],
	[2, 3],
	[9, 1],
	[9, 3],
])(
	'of %i elements at most %i are in progress, and each is processed once',
	async (length, parallel) => {
		const source = new Source(length);
		const done: number[] = [];
		const inFlight: number[] = [];
		let running = 0;
		await forEachParallel(source, parallel, async (element) => {
			inFlight.push(++running);
			expect(source.taken - done.length).toBeLessThanOrEqual(parallel);
			await turn();
			running--;
			done.push(element);
		});
		expect(done).toEqual(Array.from({ length }, (_, index) => index));
		expect(Math.max(0, ...inFlight)).toBe(Math.min(length, parallel));
	},
);

test('after a fault nothing new begins, and the fault is thrown once everything in progress has ended', async () => {
	const source = new Source(9);
	const ended: number[] = [];
	const work = async (element: number): Promise<void> => {
		if (element === 0) throw new Error('first');
		await turn();
		ended.push(element);
		if (element === 1) throw new Error('second');
	};
	await expect(forEachParallel(source, 3, work)).rejects.toThrow('first');
	expect(ended).toEqual([1, 2]);
	expect(source.taken).toBe(3);
});

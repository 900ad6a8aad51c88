import fc from 'fast-check';
import { readAhead } from '../../nodes/SignStash/flow/readAhead';

interface Sized {
	size: number;
	number: number;
}

/** Work that ends on command, and a source that counts what was taken from it. */
class Desk {
	taken = 0;
	readonly inFlight = new Map<number, () => void>();

	async *source(sizes: readonly number[]): AsyncGenerator<Sized> {
		for (const [number, size] of sizes.entries()) {
			this.taken++;
			yield { size, number };
		}
	}

	work = async ({ number }: Sized): Promise<number> => {
		await new Promise<void>((end) => this.inFlight.set(number, end));
		this.inFlight.delete(number);
		return number;
	};
}

const turn = async (): Promise<void> => await new Promise((go) => setImmediate(go));

test('the next elements are started while the first is in progress, within the limits', async () => {
	const begunWith = async (sizes: number[], elements: number, bytes: number) => {
		const desk = new Desk();
		void readAhead(desk.source(sizes), { elements, bytes }, desk.work).next();
		await turn();
		return [...desk.inFlight.keys()];
	};
	expect(await begunWith([1, 1, 1, 1], 3, 100)).toEqual([0, 1, 2]);
	expect(await begunWith([60, 60, 60, 60], 4, 100)).toEqual([0, 1]);
	expect(await begunWith([50, 50, 50], 4, 100)).toEqual([0, 1]);
	expect(await begunWith([500, 1], 4, 100)).toEqual([0]);
});

test('an element that has ended makes room for the next', async () => {
	const desk = new Desk();
	const results = readAhead(desk.source([60, 60, 60, 60]), { elements: 4, bytes: 100 }, desk.work);
	const first = results.next();
	await turn();
	desk.inFlight.get(0)?.();
	await first;
	void results.next();
	await turn();
	expect([...desk.inFlight.keys()]).toEqual([1, 2]);
});

test('nothing is taken from the source before it is asked for', async () => {
	const desk = new Desk();
	const results = readAhead(desk.source([1, 1, 1]), { elements: 2, bytes: 9 }, desk.work);
	await turn();
	expect(desk.taken).toBe(0);
	const first = results.next();
	await turn();
	desk.inFlight.get(0)?.();
	expect(await first).toEqual({ done: false, value: 0 });
	await turn();
	expect(desk.taken).toBe(2);
});

test('results arrive in the order of the source, whichever ends first', async () => {
	await fc.assert(
		fc.asyncProperty(
			fc.array(fc.nat(50), { maxLength: 20 }),
			fc.integer({ min: 1, max: 6 }),
			fc.nat(100),
			fc.infiniteStream(fc.nat()),
			async (sizes, elements, bytes, choices) => {
				const desk = new Desk();
				const results: number[] = [];
				const reading = (async () => {
					for await (const one of readAhead(desk.source(sizes), { elements, bytes }, desk.work))
						results.push(one);
				})();
				for (let left = sizes.length; left > 0; left--) {
					await turn();
					const inFlight = [...desk.inFlight.values()];
					expect(inFlight.length).toBeLessThanOrEqual(elements);
					inFlight[Number(choices.next().value) % inFlight.length]?.();
				}
				await reading;
				expect(results).toEqual(sizes.map((_, number) => number));
			},
		),
	);
});

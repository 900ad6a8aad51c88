import fc from 'fast-check';
import { gather, type Gatherable } from '../../nodes/SignStash/flow/gather';

/** Requests of one key contain at most two, those of the other have no such limit. */
const kinds = [{ together: 'few', most: 2 }, { together: 'any' }, {}];
const elements = fc.array(
	fc
		.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 12 }))
		.map(([kind, size]): Gatherable => ({ ...kind, size })),
	{ maxLength: 30 },
);
const limits = fc.record({
	documents: fc.integer({ min: 1, max: 6 }),
	bytes: fc.integer({ min: 1, max: 20 }),
});

const mostIn = ([first]: Gatherable[], documents: number): number =>
	Math.min(documents, first?.most ?? documents);

async function* sourceOf(list: Gatherable[], taken: Gatherable[]): AsyncGenerator<Gatherable> {
	for (const element of list) {
		taken.push(element);
		yield element;
	}
}

test('groups keep the order, stay within the limits, are as large as the limits allow, and are sent when full', async () => {
	await fc.assert(
		fc.asyncProperty(elements, limits, async (list, { documents, bytes }) => {
			const groups: Gatherable[][] = [];
			const taken: Gatherable[] = [];
			for await (const group of gather(sourceOf(list, taken), { documents, bytes })) {
				groups.push(group);
				const isFull = group.length >= mostIn(group, documents) || group[0].together === undefined;
				const ahead = taken.length - groups.flat().length;
				expect(ahead).toBeLessThanOrEqual(isFull ? 0 : 1);
			}
			expect(groups.flat()).toEqual(list);
			const sizeOf = (group: Gatherable[]) => group.reduce((sum, { size }) => sum + size, 0);
			for (const [index, group] of groups.entries()) {
				expect(new Set(group.map(({ together }) => together)).size).toBe(1);
				const most = mostIn(group, documents);
				if (group.length > 1) {
					expect(group[0]?.together).toBeDefined();
					expect(group.length).toBeLessThanOrEqual(most);
					expect(sizeOf(group)).toBeLessThanOrEqual(bytes);
				}
				const next = groups[index + 1]?.[0];
				if (next?.together === undefined || next.together !== group[0]?.together) continue;
				expect(group.length === most || sizeOf(group) + next.size > bytes).toBe(true);
			}
		}),
	);
});

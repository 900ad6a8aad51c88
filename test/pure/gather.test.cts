import fc from 'fast-check';
import { gather, type Gatherable } from '../../nodes/SignStash/signing/gather';

const elements = fc.array(
	fc.record({
		together: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
		size: fc.integer({ min: 0, max: 12 }),
	}),
	{ maxLength: 30 },
);
const limits = fc.record({
	documents: fc.integer({ min: 1, max: 6 }),
	bytes: fc.integer({ min: 1, max: 20 }),
});

async function* sourceOf(list: Gatherable[], taken: Gatherable[]): AsyncGenerator<Gatherable> {
	for (const element of list) {
		taken.push(element);
		yield element;
	}
}

test('groups keep the order, stay within the limits, and are as large as these allow', async () => {
	await fc.assert(
		fc.asyncProperty(elements, limits, async (list, { documents, bytes }) => {
			const groups: Gatherable[][] = [];
			const taken: Gatherable[] = [];
			for await (const group of gather(sourceOf(list, taken), { documents, bytes })) {
				groups.push(group);
				expect(taken.length - groups.flat().length).toBeLessThanOrEqual(1);
			}
			expect(groups.flat()).toEqual(list);
			const sizeOf = (group: Gatherable[]) => group.reduce((sum, { size }) => sum + size, 0);
			for (const [index, group] of groups.entries()) {
				expect(new Set(group.map(({ together }) => together)).size).toBe(1);
				if (group.length === 1) continue;
				expect(group[0]?.together).toBeDefined();
				expect(group.length).toBeLessThanOrEqual(documents);
				expect(sizeOf(group)).toBeLessThanOrEqual(bytes);
				const next = groups[index + 1];
				const couldJoin =
					next?.[0]?.together === group[0]?.together &&
					group.length < documents &&
					sizeOf(group) + (next?.[0]?.size ?? 0) <= bytes;
				expect(next !== undefined && couldJoin).toBe(false);
			}
		}),
	);
});

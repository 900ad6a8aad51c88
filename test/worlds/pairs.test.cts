import { allPairs, half, pairsIn, pairwise } from './covering.cts';
import { testWorlds } from './testWorlds.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

const pairs = allPairs();

testWorlds(half(0), `first half of those in which all ${pairs.size} pairs of alternatives come up`);

test('every pair of alternatives comes up', () => {
	const seen = new Set(pairwise().flatMap(pairsIn));
	expect([...pairs.keys()].filter((key) => !seen.has(key))).toEqual([]);
});

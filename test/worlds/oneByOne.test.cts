import { unknownLimits, unlimited } from './limits.cts';
import { testWorlds } from './testWorlds.cts';
import { describeWorld, oneByOne } from './rows.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

testWorlds(
	oneByOne().map((world) => [describeWorld(world), world]),
	'the usual one, and each alternative of each row by itself',
);

test('what a world keeps from its user is said in contract/worlds.yaml, and only of alternatives that are there', () => {
	expect(unknownLimits()).toEqual([]);
	expect(unlimited()).toEqual([]);
});

import { unknownLimits, unlimited } from './limits.cts';
import { testWorlds } from './testWorlds.cts';
import { describeWorld, oneByOne } from './rows.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

testWorlds(
	oneByOne().map((world) => [describeWorld(world), world]),
	'the usual one, and each alternative of each row on its own',
);

test('the limits of a world are described in contract/worlds.yaml, and only for existing alternatives', () => {
	expect(unknownLimits()).toEqual([]);
	expect(unlimited()).toEqual([]);
});

import { unknownLimits, unlimited } from './limits';
import { testWorlds } from './play';
import { describeWorld, oneByOne } from './rows';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/virtualClock')>('../support/virtualClock')
		.withVirtualClock(),
);

testWorlds(
	oneByOne().map((world) => [describeWorld(world), world]),
	'the usual one, and each alternative of each row by itself',
);

test('what a world keeps from its user is said in contract/worlds.yaml, and only of alternatives that are there', () => {
	expect(unknownLimits()).toEqual([]);
	expect(unlimited()).toEqual([]);
});

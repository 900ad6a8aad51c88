import { allPairs, half } from './covering';
import { testWorlds } from './play';

jest.mock('n8n-workflow', () =>
	jest
		.requireActual<typeof import('../support/virtualClock')>('../support/virtualClock')
		.withVirtualClock(),
);

// In a file of its own, so that Jest plays both halves at the same time.
testWorlds(
	half(1),
	`second half of those in which all ${allPairs().size} pairs of alternatives come up`,
);

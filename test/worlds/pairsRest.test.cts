import { allPairs, half } from './covering.cts';
import { testWorlds } from './testWorlds.cts';
import { skipPauses } from '../support/skipPauses.cts';

skipPauses();

// In a separate file, so that Jest plays both halves at the same time.
testWorlds(
	half(1),
	`second half of those in which all ${allPairs().size} pairs of alternatives come up`,
);

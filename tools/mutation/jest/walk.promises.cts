import { policies } from '../../../nodes/SignStash/signing/policies';
import { ours } from '../../../test/protocol/Protocol.cts';
import { scenarios } from '../../../test/protocol/scenarios.cts';
import type { Scenario } from '../../../test/protocol/states.cts';
import { Walker } from '../../../test/protocol/walk.cts';

for (const policy of Object.values(policies)) policy.tries = 1;

/** The world with the least evidence to distinguish documents: a mutant's fault shows there or nowhere. */
const isHardest = ({ world }: Scenario): boolean =>
	world.unique === 'documents' && world.evidence === 'nothing';

test('no promise is broken in any state of a single client with one fault', () => {
	const hardest = scenarios({ atOnce: 1, faults: 1, crashes: 0 }).filter(isHardest);
	const walks = hardest.map((scenario) => new Walker(scenario, ours).walk(20_000));
	expect(walks.filter(({ broken, whole }) => broken !== undefined || !whole)).toEqual([]);
});

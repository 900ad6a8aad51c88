import fc from 'fast-check';
import { ours } from '../../../test/protocol/simulation/clients.cts';
import { promises } from '../../../test/protocol/simulation/properties.cts';

test('at most one signature is made and none is lost, in a few histories', async () => {
	await fc.assert(promises(ours), { numRuns: 300 });
});

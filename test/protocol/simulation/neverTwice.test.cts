import fc from 'fast-check';
import { ours, wrongClients } from './clients.cts';
import { injected, promises, promisesOfTwo } from './properties.cts';

/** More with SIMULATION_HISTORIES; a failing history is printed in its shrunken form, with the seed that replays it. */
const numRuns = Number(process.env.SIMULATION_HISTORIES ?? 10_000);

test('whatever fails and however often the workflow runs: at most one signature, and none is lost', async () => {
	await fc.assert(promises(ours), { numRuns });
	if (process.env.PRINT_FAULTS)
		process.stdout.write(`${JSON.stringify(Object.fromEntries(injected), null, '\t')}\n`);
}, 900_000);

test('two clients at the same time: at most one signature, and none is lost', async () => {
	await fc.assert(promisesOfTwo(ours), { numRuns: Math.ceil(numRuns / 20) });
}, 900_000);

test.each(wrongClients)('the checks catch a wrong client: %s', async (_, client) => {
	const { failed } = await fc.check(promises(client), { numRuns: 20_000 });
	expect(failed).toBe(true);
});

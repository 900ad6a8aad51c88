import { leaveReport } from './report';
import { loads } from './loads';
import { play, type Outcome } from './play';

/** Most times that a document may be turned away, on average. */
const mostRefusals = 3;

const outcomes: Outcome[] = [];

test.each(loads)(
	'$name: what the service turns away stays bounded',
	async ({ load, leastSigned }) => {
		const outcome = await play(load);
		outcomes.push(outcome);
		expect(outcome.refusals).toBeLessThan(mostRefusals);
		const documents = load.workers * load.executions * load.documents;
		expect(outcome.signed + outcome.toldBusy).toBe(documents);
		expect(outcome.signed / documents).toBeGreaterThanOrEqual(leastSigned);
	},
);

afterAll(() => leaveReport(loads, outcomes));

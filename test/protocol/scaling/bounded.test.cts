import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cellsOf, committedReport } from '../../engine/matrix/report.cts';
import { leave } from '../../support/leave.cts';
import { loads } from './loads.cts';
import { play, type Outcome } from './playLoad.cts';
import { markdown } from './report.cts';

const root = join(__dirname, '..', '..', '..');

/** How often a document may be throttled at most, on average. */
const mostRefusals = 3;

let outcomes: Outcome[];
beforeAll(async () => {
	outcomes = await Promise.all(loads.map(async ({ load }) => await play(load)));
	leave(join(root, '.cache', 'scaling', 'table.md'), markdown(loads, outcomes));
});

test.each(loads.map((one, index) => ({ ...one, index })))(
	'$name: the number of throttled requests stays bounded',
	({ load, leastSigned, index }) => {
		const documents = load.workers * load.executions * load.documents;
		const { signed, toldBusy, refusals } = outcomes[index] ?? {};
		expect(refusals).toBeLessThan(mostRefusals);
		expect(Number(signed) + Number(toldBusy)).toBe(documents);
		expect(Number(signed) / documents).toBeGreaterThanOrEqual(leastSigned);
	},
);

test('docs/scaling.md shows these results (npm run docs -- scaling puts them there)', () => {
	const docs = readFileSync(join(root, 'docs', 'scaling.md'), 'utf8');
	expect(cellsOf(committedReport(docs, 'scaling'))).toEqual(cellsOf(markdown(loads, outcomes)));
});

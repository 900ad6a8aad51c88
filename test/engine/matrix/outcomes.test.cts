import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from './Case.cts';
import { cases } from './cases.cts';
import { playAll } from './Lane.cts';
import { leave } from '../../support/leave.cts';
import { cellsOf, committedReport, markdown } from './report.cts';
import { skipPauses } from '../../support/skipPauses.cts';

skipPauses();

const root = join(__dirname, '..', '..', '..');
let results: Result[];
let report: string;

beforeAll(async () => {
	results = await playAll(cases, 3);
	report = markdown(cases, results);
	leave(join(root, '.cache', 'matrix', 'outcomes.md'), report);
}, 300_000);

/** What Recover by Reference has to find, depending on what the service has. */
function recoveriesFor({ signatures, registered }: Result): string[] {
	if (signatures > 0) return ['signed'];
	return registered ? ['signed', 'failed'] : ['notFound'];
}

test.each(cases.map((one, index) => ({ ...one, index })))(
	'$table: $line, $column',
	({ index, expected }) => {
		const result = results[index];
		if (!result) throw new Error('the case was not played');
		const { got, words, again } = result;
		expect({ got, words, asExpected: expected.includes(got) }).toEqual({
			got,
			words,
			asExpected: true,
		});
		expect(result.signatures).toBeLessThanOrEqual(1);
		if (got === 'nothing sent' || got === 'no token') expect(result.registered).toBe(false);
		// Without a token nothing was done under any reference yet.
		expect(got === 'file' || got === 'no token' || result.namesReference).toBe(true);
		expect(recoveriesFor(result)).toContain(result.recovered);
		expect(result.sameBytes).toBe(true);
		expect(again).toEqual({ got: 'file', signatures: 1 });
	},
);

test('docs/internals/checks.md shows these results (npm run docs -- matrix puts them there)', () => {
	const docs = readFileSync(join(root, 'docs', 'internals', 'checks.md'), 'utf8');
	expect(cellsOf(committedReport(docs))).toEqual(cellsOf(report));
});

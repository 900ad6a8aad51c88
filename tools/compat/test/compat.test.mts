import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { line, mayBePromised, readReport, tableWith, versionsIn } from '../table.mts';

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

/** A report of Node's test runner, with these failures among ten tests. */
function report(...failures: Array<[suite: string, name: string, seen: string]>): string {
	const cases = failures.map(
		([suite, name, seen]) =>
			`<testcase name="${name}" time="0.1" classname="${suite}" failure="a => b"><failure type="testCodeFailure" message="${seen}">\n${seen}\n</failure>\n</testcase>`,
	);
	return `<testcase name="held" time="0.1" classname="x"/>\n${cases.join('\n')}
		<!-- tests 10 -->\n<!-- pass ${10 - failures.length} -->`;
}

const stored: [string, string] = [
	'a credential that holds a token',
	'is tested with a new one when it is edited, so that a wrong secret shows',
];

describe('the row of a version', () => {
	it('says how many checks held and which did not', () => {
		const row = readReport('1.2.3', report(['signing', 'a | b &lt;c>', '1 !== 2']));
		assert.equal(line(row), '| 1.2.3 | 9 of 10 | signing a \\| b <c> |');
		assert.equal(mayBePromised(row), false);
	});

	it('may be promised if everything holds, or whatever fails is a known fault of n8n', () => {
		assert.ok(mayBePromised(readReport('1.2.3', report())));
		const known = readReport('1.2.3', report([...stored, "Input: 'Connection successful!'"]));
		assert.ok(mayBePromised(known));
		assert.match(line(known), /\| 9 of 10 \| n8n's own: /);
		assert.deepEqual(versionsIn(line(known)), [{ version: '1.2.3', promised: true }]);
		const another = readReport('1.2.3', report([...stored, 'n8n did not become ready']));
		assert.ok(!mayBePromised(another));
		assert.deepEqual(versionsIn(line(another)), [{ version: '1.2.3', promised: false }]);
	});

	it('names a fault of n8n that several checks showed once, with their number', () => {
		const suite = "the credential's test names what to look at:";
		const row = readReport(
			'1.2.3',
			report(
				[suite, 'a refused token', "'Authorization failed - please check your credentials'"],
				[suite, 'too many requests', "'The service is receiving too many requests from you'"],
				[...stored, "Input: 'Connection successful!'"],
			),
		);
		assert.ok(mayBePromised(row));
		assert.match(line(row), /\| 7 of 10 \| n8n's own: when .+ \(2 checks\); n8n's own: it tests /);
		assert.deepEqual(versionsIn(line(row)), [{ version: '1.2.3', promised: true }]);
	});

	it('counts a fault that n8n has mended only in the versions before', () => {
		const suite = "the credential's test names what to look at:";
		const failure = report([suite, 'too many requests', "Input: 'Connection successful!'"]);
		assert.ok(mayBePromised(readReport('2.0.3', failure)));
		assert.ok(!mayBePromised(readReport('2.11.4', failure)));
	});

	it('may not be promised if nothing ran', () => {
		assert.ok(!mayBePromised(readReport('1.2.3', '')));
	});

	it('is sorted among those of other versions, and replaces the earlier row of its own version', () => {
		const before = '| 2.20.1 | 1 of 10 | x |\n| 2.3.0 | 10 of 10 |  |\n| 1.9.0 | 10 of 10 |  |';
		const table = tableWith(before, [readReport('2.3.0', ''), readReport('2.4.0', report())]);
		assert.deepEqual(
			versionsIn(table).map(({ version, promised }) => `${version} ${promised}`),
			['2.20.1 false', '2.4.0 true', '2.3.0 false', '1.9.0 true'],
		);
	});
});

describe('the versions of n8n', () => {
	const rows = versionsIn(read('docs/compatibility.md'));
	const fault = rows.findIndex(({ promised }) => !promised);
	const lowest = rows.at(fault - (fault < 0 ? 0 : 1))?.version ?? '';

	for (const page of ['README.md', 'docs/compatibility.md'])
		it(`that ${page} promises go down to the lowest one from which everything holds`, () => {
			assert.equal(/n8n (\d[\d.]*\d) and newer/.exec(read(page))?.[1], lowest);
		});

	it('on which GitHub tests the node are in the table, including the lowest', () => {
		const workflow: { jobs: { versions: { strategy: { matrix: { n8n: string[] } } } } } = parse(
			read('.github/workflows/ci.yml'),
		);
		const tried = workflow.jobs.versions.strategy.matrix.n8n;
		assert.ok(tried.includes(lowest));
		const known = new Set(['latest', ...rows.map(({ version }) => version)]);
		for (const version of tried) assert.ok(known.has(version), version);
	});
});

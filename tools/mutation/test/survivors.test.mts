import assert from 'node:assert/strict';
import { test } from 'node:test';
import { page, scoresOf, settledOf, survivorsOf, type Report } from '../survivors.mts';

const mutant = (status: string, line: number, columns: [number, number], replacement: string) => ({
	...{ status, replacement },
	location: { start: { line, column: columns[0] }, end: { line, column: columns[1] } },
});

const report: Report = {
	files: {
		'nodes/SignStash/bytes/a.ts': {
			source: 'const one = 1;\nconst either = one || 2;\n',
			mutants: [
				mutant('NoCoverage', 2, [16, 24], 'one && 2'),
				mutant('Killed', 1, [13, 14], '0'),
				mutant('Survived', 1, [13, 14], '2'),
				mutant('RuntimeError', 1, [13, 14], '3'),
			],
		},
		'nodes/SignStash/signing/b.ts': {
			source: 'go();',
			mutants: [mutant('Timeout', 1, [1, 6], '')],
		},
	},
};
test('survivors are listed with their lines', () => {
	assert.deepEqual(
		survivorsOf(report).map(({ line, original, becomes }) => [line, original, becomes]),
		[
			[1, '1', '2'],
			[2, 'one || 2', 'one && 2'],
		],
	);
});

test('a score counts what could be noticed, per room and in total', () => {
	assert.deepEqual(Object.fromEntries(scoresOf(report)), {
		...{ bytes: { made: 3, noticed: 1 }, signing: { made: 1, noticed: 1 } },
		all: { made: 4, noticed: 2 },
	});
});

test('the page has the scores', () => {
	assert.match(page(report), /\| all \| 50\.0 % \| 2 of 4 \|/);
});

test('mutants of load-time code that survived, and mutants that failed to run, are run again', () => {
	const [made] = report.files['nodes/SignStash/bytes/a.ts']?.mutants ?? [];
	assert.ok(made);
	const mutants = [
		{ ...made, status: 'Survived' },
		{ ...made, status: 'Survived', static: true },
		{ ...made, status: 'Killed', static: true },
		{ ...made, status: 'RuntimeError' },
	];
	const file = { source: '', mutants };
	const settled = settledOf({ files: { a: file, b: file } }, (path) => path === 'a');
	assert.deepEqual(settled.files.a?.mutants, [mutants[0], mutants[2]]);
	assert.deepEqual(settled.files.b, file);
});

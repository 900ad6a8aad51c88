import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { writeDocuments } from '../documents.mts';
import { delay, loads, plans, type Case } from '../plan.mts';
import { plot } from '../plot.mts';
import { costTable, targetTable } from '../report.mts';
import { median, Results, type Sample } from '../Results.mts';
import { missing } from '../returned.mts';
import { holds, targets } from '../targets.mts';

const folder = mkdtempSync(join(tmpdir(), 'signstash-bench-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const large: Omit<Case, 'systems'> = {
	load: loads.hundredLarge,
	delay: null,
	documentsPerRequest: 1,
};

function sample(values: Partial<Sample>): Sample {
	const counts = { requests: 100, tokenCalls: 1, maxParallel: 4 };
	return { wallMs: 0, memoryBytes: 0, databaseBytes: 0, ...counts, ...values };
}

test('the median of an even number of rounds lies between the two in the middle', () => {
	assert.equal(median([9, 1, 5]), 5);
	assert.equal(median([8, 1, 2, 4]), 3);
});

test('what an empty run costs is taken off n8n, and not off the bare loop', () => {
	const results = new Results();
	results.addEmpty(large.load, sample({ wallMs: 500, memoryBytes: 700, databaseBytes: 40 }));
	const cost = sample({ wallMs: 1500, memoryBytes: 900, databaseBytes: 100 });
	results.add('node', large, cost);
	results.add('bare', large, cost);
	const of = (system: 'node' | 'bare'): number[] => {
		const {
			wallMs = NaN,
			memoryBytes = NaN,
			databaseBytes = NaN,
		} = results.cost(system, large) ?? {};
		return [wallMs, memoryBytes, databaseBytes];
	};
	assert.deepEqual(of('node'), [1000, 200, 60]);
	assert.deepEqual(of('bare'), [1500, 900, 100]);
});

test('a system that failed in one round has no cost, and its fault is told', () => {
	const results = new Results();
	results.addEmpty(large.load, sample({}));
	results.add('chain', large, sample({ wallMs: 1000 }));
	results.add('chain', large, sample({ wallMs: 10, fault: 'Invalid string length' }));
	assert.equal(results.cost('chain', large), undefined);
	const table = costTable(results, {
		cases: [{ ...large, systems: ['chain'] }],
		rounds: 2,
		targetRounds: 0,
		chainRounds: 2,
	});
	assert.match(table, /failed: Invalid string length/);
});

test('a target that was not measured neither holds nor fails', () => {
	const rows = targetTable(new Results()).split('\n').slice(2);
	assert.equal(rows.length, targets.length);
	for (const row of rows) assert.match(row, /not measured \| – \|$/);
});

test('memory ratios take differences within the noise as equal', () => {
	const results = new Results();
	for (const load of [loads.hundredSmall, loads.thousandSmall])
		for (const memoryBytes of [700e6, 720e6]) results.addEmpty(load, sample({ memoryBytes }));
	const place = { delay: null, documentsPerRequest: 1 };
	results.add('node', { ...place, load: loads.hundredSmall }, sample({ memoryBytes: 712e6 }));
	results.add('node', { ...place, load: loads.thousandSmall }, sample({ memoryBytes: 726e6 }));
	const target = targets.find(({ name }) => /1,000.*memory/.test(name));
	assert.equal(target?.ratio(results), 1);
});

test('a bound of either kind holds at its limit and not beyond', () => {
	const [target] = targets;
	assert.ok(target);
	const most = { ...target, bound: 'most' as const, limit: 2 };
	const least = { ...most, bound: 'least' as const };
	assert.deepEqual(
		[1, 2, 2.1].map((ratio) => holds(most, ratio)),
		[true, true, false],
	);
	assert.deepEqual(
		[1, 2, 2.1].map((ratio) => holds(least, ratio)),
		[false, true, true],
	);
});

test('the quick plan measures all that the targets need', () => {
	const results = new Results();
	for (const { load } of plans.quick.cases) results.addEmpty(load, sample({}));
	for (const one of plans.quick.cases)
		for (const system of one.systems)
			results.add(system, one, sample({ wallMs: 1000, memoryBytes: 1e6, databaseBytes: 1 }));
	for (const { name, ratio } of targets) assert.notEqual(ratio(results), undefined, name);
	assert.ok(plans.quick.cases.some((one) => one.delay === delay));
	assert.equal(
		plot(results, plans.quick).match(/<rect [^>]*height="10" fill="#2f6f9f"/g)?.length,
		13,
	);
});

test('a document that was lost or changed is found missing', () => {
	const input = writeDocuments(folder, { count: 3, size: 1000 });
	const output = join(folder, 'output');
	cpSync(input, output, { recursive: true });
	assert.equal(missing(input, output, 1), 0);
	assert.equal(missing(input, output, 2), 3);
	const [first = '', second = ''] = readdirSync(output).sort();
	rmSync(join(output, first));
	appendFileSync(join(output, second), 'x');
	assert.equal(missing(input, output, 1), 2);
});

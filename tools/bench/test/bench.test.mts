import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { Probe } from '../../n8n/Probe.mts';
import { writeDocuments } from '../documents.mts';
import { FarLine } from '../FarLine.mts';
import { loopProbe } from '../Host.mts';
import { delay, loads, plans, type Place, type Plan } from '../plan.mts';
import { plot } from '../plot.mts';
import { costTable, targetTable } from '../report.mts';
import { median, Results, type Sample } from '../Results.mts';
import { missing } from '../returned.mts';
import { holds, spreadOf, targets } from '../targets.mts';

const folder = mkdtempSync(join(tmpdir(), 'signstash-bench-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const large: Place = {
	load: loads.hundredLarge,
	delay: null,
	documentsPerRequest: 1,
};

function sample(values: Partial<Sample>): Sample {
	const counts = { requests: 100, tokenCalls: 1, maxParallel: 4 };
	return { wallMs: 0, memoryBytes: 0, databaseBytes: 0, longestHoldMs: 0, ...counts, ...values };
}

test('the median of an even number of rounds is midway between the middle two', () => {
	assert.equal(median([9, 1, 5]), 5);
	assert.equal(median([8, 1, 2, 4]), 3);
});

test("an empty run's cost is subtracted for n8n, and not for the bare loop", () => {
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

test('a system that failed in one round has no cost, and its fault is shown', () => {
	const results = new Results();
	results.addEmpty(large.load, sample({}));
	results.add('chain', large, sample({ wallMs: 1000 }));
	results.add('chain', large, sample({ wallMs: 10, fault: 'Invalid string length' }));
	assert.equal(results.cost('chain', large), undefined);
	const table = costTable(results, {
		cases: [{ ...large, systems: ['chain'] }],
		rounds: 2,
		targetRounds: 0,
	});
	assert.match(table, /failed: Invalid string length/);
});

test('a target that was not measured neither holds nor fails', () => {
	const rows = targetTable(new Results()).split('\n').slice(2);
	assert.equal(rows.length, targets.length);
	for (const row of rows) assert.match(row, /not measured \| – \| – \|$/);
});

test('memory ratios treat differences within the noise as equal', () => {
	const results = new Results();
	for (const load of [loads.hundredSmall, loads.thousandSmall])
		for (const memoryBytes of [700e6, 720e6]) results.addEmpty(load, sample({ memoryBytes }));
	const place = { delay: null, documentsPerRequest: 1 };
	results.add('node', { ...place, load: loads.hundredSmall }, sample({ memoryBytes: 712e6 }));
	results.add('node', { ...place, load: loads.thousandSmall }, sample({ memoryBytes: 726e6 }));
	const target = targets.find(({ name }) => /1,000.*memory/.test(name));
	assert.equal(target?.ratio(results), 1);
});

test('either kind of bound holds at its limit and not beyond', () => {
	const [target] = targets;
	assert.ok(target);
	const most = { ...target, bound: 'most' as const, limit: 2 };
	const least = { ...most, bound: 'least' as const };
	assert.deepEqual(
		[1, 2, 2.1].map((ratio) => holds(most, { least: 0, most: ratio })),
		[true, true, false],
	);
	assert.deepEqual(
		[1, 2, 2.1].map((ratio) => holds(least, { least: ratio, most: 9 })),
		[false, true, true],
	);
});

test('a target is measured within each round, and holds only if it does in every one', () => {
	const results = new Results();
	for (const [empty = 0, node = 0, naive = 0] of [
		[10, 100, 110],
		[1000, 1800, 2000],
		[100, 820, 700],
	]) {
		results.addEmpty(large.load, sample({ wallMs: empty }));
		results.add('node', large, sample({ wallMs: node }));
		results.add('naive 4', large, sample({ wallMs: naive }));
		results.startRound();
	}
	const target = targets.find(({ name }) => name === '100 × 1 MB: node ÷ naive 4, wall');
	assert.ok(target);
	const spread = spreadOf(target, results);
	assert.deepEqual(spread, { median: 0.9, least: 0.8, most: 1.2 });
	assert.equal(holds(target, spread), false);
	assert.equal(holds(target, { ...spread, most: target.limit }), true);
});

/** Results in which each system of a plan took part once. */
function playedOnce({ cases }: Plan): Results {
	const results = new Results();
	for (const { load } of cases) results.addEmpty(load, sample({}));
	for (const one of cases)
		for (const system of one.systems)
			results.add(system, one, sample({ wallMs: 1000, memoryBytes: 1e6, databaseBytes: 1 }));
	return results;
}

test("the full plan measures everything that the targets need, the quick one all but the month's end", () => {
	const [quick, full] = [playedOnce(plans.quick), playedOnce(plans.full)];
	for (const { name, ratio } of targets) {
		assert.notEqual(ratio(full), undefined, name);
		assert.equal(ratio(quick) === undefined, name.startsWith('10,000'), name);
	}
	assert.ok(plans.quick.cases.some((one) => one.delay === delay));
	const bars = /<rect [^>]*height="10" fill="#2f6f9f"/g;
	assert.equal(plot(quick, plans.quick).match(bars)?.length, 21);
});

test('a document that was lost or changed counts as missing', () => {
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

test('a server is reached by TLS over a far line, which delays each byte', async (context) => {
	const server = createServer((request, response) => request.pipe(response));
	await once(server.listen(0, '127.0.0.1'), 'listening');
	const { port } = server.address() as AddressInfo;
	const line = await FarLine.open(port, 40, folder);
	context.after(() => {
		line.close();
		server.close();
	});
	const started = performance.now();
	const agent = new Agent({ ca: readFileSync(line.certificate) });
	const sent = request(line.far(`http://127.0.0.1:${port}/path/`), { agent, method: 'POST' });
	const body = Buffer.alloc(300_000, 'abcdefg');
	sent.end(body);
	const [answer]: [IncomingMessage] = (await once(sent, 'response')) as [IncomingMessage];
	assert.ok((await buffer(answer)).equals(body));
	// One round trip each for TCP, TLS and the request.
	assert.ok(performance.now() - started >= 120);
});

test('the longest hold of a process is reported since the previous question', async (context) => {
	const probe = new Probe(loopProbe, mkdtempSync(join(folder, 'loop-')));
	const holding = `
		const hold = (milliseconds) => { for (const end = performance.now() + milliseconds; performance.now() < end;); };
		process.on('message', () => { hold(1000); process.send('held'); });
		process.send('ready');`;
	const child = spawn(process.execPath, ['-e', holding], {
		env: { ...process.env, ...probe.environment },
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
	});
	context.after(() => child.kill());
	await once(child, 'message');
	const { pid = NaN } = child;
	await probe.ask(pid);
	child.send('hold');
	await once(child, 'message');
	assert.ok((await probe.ask(pid)) >= 950);
	assert.ok((await probe.ask(pid)) < 950);
});

test('an invoice is UBL and has the length that is asked for', () => {
	const input = writeDocuments(folder, { count: 1, size: 10_000, kind: 'ubl' });
	const text = readFileSync(join(input, '00000.xml'), 'utf8');
	assert.ok(text.length > 9990 && text.length <= 10_000);
	assert.match(
		text,
		/^<\?xml [^]*<Invoice xmlns="urn:oasis:names:specification:ubl:[^]*<\/Invoice>\n$/,
	);
});

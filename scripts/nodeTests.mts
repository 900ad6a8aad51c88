import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Runs the node:test suites of rooms (`<room>/test/*.test.mts`) and leaves their reports where .ci/sum.mts looks:
 * `node scripts/nodeTests.mts [--together] ROOM…`. With --together a room's files share one process, which
 * loads what they need once.
 */
const { values, positionals: rooms } = parseArgs({
	options: { together: { type: 'boolean', default: false } },
	allowPositionals: true,
});
const isolation = values.together ? ['--test-isolation=none'] : [];
const reports = '.cache/reports';
mkdirSync(reports, { recursive: true });

for (const room of rooms) {
	const { status } = spawnSync(
		process.execPath,
		[
			'--test',
			...isolation,
			'--test-reporter=spec',
			'--test-reporter-destination=stdout',
			'--test-reporter=junit',
			`--test-reporter-destination=${reports}/${room.replaceAll('/', '-')}.xml`,
			`${room}/test/*.test.mts`,
		],
		{ stdio: 'inherit' },
	);
	if (status !== 0) process.exitCode = 1;
}

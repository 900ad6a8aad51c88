import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';

/**
 * Runs the node:test suites of rooms (every `*.test.mts` in it) and leaves their reports where .ci/sum.mts looks:
 * `node tools/nodeTests.mts [--together] ROOM…`. With --together a room's files share one process, which
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
			`${room}/**/*.test.mts`,
		],
		{ stdio: 'inherit' },
	);
	if (status !== 0) process.exitCode = 1;
}

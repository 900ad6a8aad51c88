import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** Runs the node:test suite of one room (`<room>/test/*.test.mts`) and leaves its report where .ci/sum.mts looks. */
const rooms = process.argv.slice(2);
const reports = '.cache/reports';
mkdirSync(reports, { recursive: true });

for (const room of rooms) {
	const { status } = spawnSync(
		process.execPath,
		[
			'--test',
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

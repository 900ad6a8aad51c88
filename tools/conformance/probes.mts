import { ROWS } from '../../sandbox/worlds/World.mts';
import type { Finding } from './Finding.mts';
import { drawingProbes } from './rows/drawing.mts';
import { executionProbes } from './rows/execution.mts';
import { lookUpProbes } from './rows/lookUps.mts';
import type { Probe } from './rows/Probe.mts';
import { registrationProbes } from './rows/registration.mts';
import { requestProbes } from './rows/requests.mts';
import { wireProbes } from './rows/wire.mts';
import type { Trials } from './Trials.mts';

/** How a service is asked, by row of contract/worlds.yaml. */
export const PROBES: ReadonlyMap<string, Probe> = new Map(
	[
		wireProbes,
		lookUpProbes,
		registrationProbes,
		requestProbes,
		executionProbes,
		drawingProbes,
	].flatMap((table) => Object.entries(table)),
);

/** The rows about which a service cannot be asked, and why. */
export const NOT_PROBED: ReadonlyMap<string, string> = new Map([
	['others-operation', "a test must not ask for another company's operation"],
	['reference-scope', 'it takes a second client service and a second company'],
	['storage-error', 'nobody outside can make the storage fail'],
	['busy-answer', 'a test must not flood a service'],
	['email-failure', 'nobody outside can make an email fail'],
]);

/** Never more documents than this are signed, whatever the service does. */
export const MOST_SIGNATURES = 30;

/** What was found for each row; undefined: this service does not show it. */
export type Findings = ReadonlyMap<string, Finding | undefined>;

/** Asks about each row that can be asked about, one after the other. */
export async function probeAll(
	trials: Trials,
	rows: Iterable<string> = ROWS.keys(),
): Promise<Findings> {
	const findings = new Map<string, Finding | undefined>();
	for (const name of rows) {
		const probe = PROBES.get(name);
		if (probe !== undefined) findings.set(name, await probe(trials));
	}
	return findings;
}

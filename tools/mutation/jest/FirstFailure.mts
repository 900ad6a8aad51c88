import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';

/** StrykerJS names the mutant of a run in this variable. */
const variable = '__STRYKER_ACTIVE_MUTANT__';

/** The last mutant that a test noticed; the environments of a process's test files share it. */
let noticed: string | undefined;

/** Skips all tests after the first that fails with a mutant: Jest cannot stop there, and the walk is long. */
export default class FirstFailure extends TestEnvironment {
	handleTestEvent(event: Circus.Event): void {
		const mutant = process.env[variable];
		if (mutant === undefined) return;
		if (event.name === 'test_done' && event.test.errors.length > 0) noticed = mutant;
		if (event.name === 'test_start' && noticed === mutant) event.test.mode = 'skip';
	}
}

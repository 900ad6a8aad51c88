import type { Circus } from '@jest/types';
import { TestEnvironment } from 'jest-environment-node';
import { noticing } from './noticing.mts';

/** StrykerJS names the mutant of a run in this variable. */
const variable = '__STRYKER_ACTIVE_MUTANT__';

/** Skips all tests after the first that fails with a mutant: Jest cannot stop there, and the walk is long. */
export default class FirstFailure extends TestEnvironment {
	readonly #file: string;

	constructor(...[config, context]: ConstructorParameters<typeof TestEnvironment>) {
		super(config, context);
		this.#file = context.testPath;
	}

	handleTestEvent(event: Circus.Event): void {
		const mutant = process.env[variable];
		if (mutant === undefined) return;
		if (event.name === 'test_start' && noticing.mutant === mutant) event.test.mode = 'skip';
		if (event.name !== 'test_done' || event.test.errors.length === 0) return;
		noticing.mutant = mutant;
		noticing.files = [this.#file, ...noticing.files.filter((file) => file !== this.#file)];
	}
}

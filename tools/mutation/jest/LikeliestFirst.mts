import { createRequire } from 'node:module';
import { noticing } from './noticing.mts';

// A module with CommonJS types but other code: only `require` makes the two agree.
const { default: Sequencer } = createRequire(import.meta.url)(
	'@jest/test-sequencer',
) as typeof import('@jest/test-sequencer');

type Test = Parameters<InstanceType<typeof Sequencer>['sort']>[0][number];

/**
 * A file's rank among those that noticed a mutant, the most recent one first: neighbouring mutants are likely to be
 * noticed by the same file.
 */
function rank({ path }: Test): number {
	const at = noticing.files.indexOf(path);
	return at < 0 ? noticing.files.length : at;
}

const time = ({ path, duration = 0 }: Test): number =>
	path.endsWith('.promises.cts') ? Infinity : duration;

/**
 * Runs the files first that noticed the last mutants, then the quickest, and the walk last; Jest alone begins with
 * the slowest.
 */
export default class LikeliestFirst extends Sequencer {
	override async sort(tests: Test[]): Promise<Test[]> {
		const sorted = await super.sort(tests);
		return sorted.sort((one, other) => rank(one) - rank(other) || time(one) - time(other));
	}
}

import { createRequire } from 'node:module';

// A module with CommonJS types but other code: only `require` makes the two agree.
const { default: Sequencer } = createRequire(import.meta.url)(
	'@jest/test-sequencer',
) as typeof import('@jest/test-sequencer');

type Test = Parameters<InstanceType<typeof Sequencer>['sort']>[0][number];

const time = ({ path, duration = 0 }: Test): number =>
	path.endsWith('.promises.cts') ? Infinity : duration;

/** Runs the quickest test files first and the walk last; Jest alone does the opposite. */
export default class ShortestFirst extends Sequencer {
	override async sort(tests: Test[]): Promise<Test[]> {
		const sorted = await super.sort(tests);
		return sorted.sort((one, other) => time(one) - time(other));
	}
}

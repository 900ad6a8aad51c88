import type { Reason } from '../survivors.mts';

/** Of `flow/`. */
export const flow: Reason[] = [
	{
		file: 'flow/readAhead.ts',
		code: 'ended = next.done',
		why: 'the same in effect: a source that has ended ends again',
	},
	{
		file: 'flow/gather.ts',
		code: 'together !== undefined &&',
		original: 'together !== undefined',
		why: 'the same in effect: what goes alone is given away before the next one comes',
	},
];

import type { Reason } from '../survivors.mts';
import { forTypes, shortcut } from './kinds.mts';

/** Of `service/`. */
export const service: Reason[] = [
	{
		file: 'service/AnswerReader.ts',
		code: 'next.length < window',
		why: 'the same in effect: no more is looked at in any case; only more is kept',
	},
	{
		file: 'service/transport.ts',
		code: "readRefusal(status, '')",
		why: 'the same in effect: words that are no JSON say nothing',
	},
	{
		file: 'service/dates.ts',
		code: "|| '+00:00'",
		why: 'for versions of Node that write GMT without figures; the one that runs the tests does not',
	},
	{ file: 'service/AnswerReader.ts', code: 'this.pending.length === 0', why: shortcut },
	{ file: 'service/json.ts', code: 'source !== undefined', why: forTypes },
	{
		file: 'service/json.ts',
		code: 'catch',
		why: 'the same in effect: without a value it is undefined',
	},
	{
		file: 'service/nothing.ts',
		code: 'code === undefined ?',
		why: 'for the type checker: no code is undefined',
	},
	{
		file: 'service/readAnswer.ts',
		code: '{ done: false }',
		why: 'the same in effect: what is missing is false',
	},
	{
		file: 'service/readAnswer.ts',
		code: 'left > 0',
		becomes: '>=',
		why: 'the same in effect: no time is left but for an instant',
	},
	{
		file: 'service/readOperation.ts',
		code: "typeof count === 'number'",
		why: 'for the type checker: what is a safe integer is a number',
	},
	{
		file: 'service/readOperation.ts',
		code: "typeof index === 'number'",
		why: 'for the type checker: no content stands under a text',
	},
	{
		file: 'service/dates.ts',
		code: 'const withoutZone',
		why: 'the same in effect: with more before or behind it, it is no date for JavaScript',
	},
];

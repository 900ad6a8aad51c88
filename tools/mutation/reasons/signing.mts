import type { Reason } from '../survivors.mts';
import { forTypes } from './kinds.mts';

/** Of `signing/`. */
export const signing: Reason[] = [
	{
		file: 'signing/protocol.ts',
		code: 'filter(',
		why: 'the same in effect: every verdict that is no end has been handled in the lines above',
	},
	{
		file: 'signing/carryOut.ts',
		code: "is: 'broken'",
		original: "'broken'",
		why: 'the same in effect: what is none of the known replies is learnt as unknown',
	},
	{
		file: 'signing/carryOut.ts',
		code: "end.is === 'fault' ?",
		why: 'for the type checker: an end that is neither has been carried on before',
	},
	{
		file: 'signing/reading.ts',
		code: "'an operation'",
		why: 'the same in effect: no answer of a look-up has these words',
	},
	{
		file: 'signing/evidence.ts',
		code: 'first === undefined',
		why: 'for the type checker: a request holds a document',
	},
	{ file: 'signing/carryOut.ts', code: 'allSettled([own', original: '[]', why: forTypes },
	{ file: 'signing/carryOut.ts', code: "this.operation?.id ?? ''", why: forTypes },
	{
		file: 'signing/carryOut.ts',
		code: "? 'noToken' : 'unknown'",
		original: "'unknown'",
		why: 'the same in effect: what is none of the known facts is learnt as unknown',
	},
	{
		file: 'signing/carryOut.ts',
		code: "kind === 'busy' || kind === 'unknown'",
		why: 'for the type checker: of other refusals nobody reads what was asked',
	},
	{
		file: 'signing/evidence.ts',
		code: 'toLowerCase()) ?? []',
		why: 'the same in effect: the second and third places are read, which stay undefined',
	},
	{ file: 'signing/evidence.ts', code: 'marks.match', why: forTypes },
	{
		file: 'signing/Gate.ts',
		code: 'this.lastCalm < since',
		becomes: '<=',
		why: 'the same in effect but for an instant',
	},
	{
		file: 'signing/Gate.ts',
		code: "reply.is === 'refusal' && isBusy",
		why: 'for the type checker: what is no refusal has no class',
	},
	{
		file: 'signing/Gate.ts',
		code: 'if (asked > 0)',
		why: 'the same in effect: it is closed until now',
	},
	{
		file: 'signing/faults.ts',
		code: "last?.is === 'refusal'",
		why: 'for the type checker: what is no refusal has none of its properties',
	},
	{
		file: 'signing/protocol.ts',
		code: "known.doing === 'fetch' &&",
		why: 'the same in effect: an operation whose documents are all absent is never waited for',
	},
	{
		file: 'signing/protocol.ts',
		code: "learnt.is !== 'status' ||",
		why: 'for the type checker: what is no status is not finished',
	},
	{
		file: 'signing/reading.ts',
		code: "isNoAnswer(reply) || reply.is !== 'refusal'",
		why: 'for the type checker: only a refusal has a class',
	},
	{
		file: 'signing/reading.ts',
		code: "reply.is === 'refusal' ?",
		why: 'for the type checker: only a refusal asks to wait',
	},
	{
		file: 'signing/reading.ts',
		code: "'unfinished'",
		why: 'the same in effect: only an answer is asked for',
	},
	{
		file: 'signing/references.ts',
		code: 'inner !== null',
		why: 'the same in effect: no setting is null',
	},
	{
		file: 'signing/references.ts',
		code: 'a < b',
		becomes: '<=',
		why: 'the same in effect: no two settings have one name',
	},
	{
		file: 'signing/sightings.ts',
		code: 'status !== undefined &&',
		why: 'for the type checker: a missing status is none of the final ones',
	},
	{
		file: 'signing/sightings.ts',
		code: "error = ''",
		why: 'the same in effect: no error has this name',
	},
	{
		file: 'signing/sightings.ts',
		code: "signStatus ?? ''",
		original: "''",
		why: 'the same in effect: no state has this name',
	},
	{
		file: 'signing/verdicts.ts',
		code: 'seen?.',
		why: 'for the type checker: an operation is in sight wherever the line is reached',
	},
	...["'noToken'", "'stopped'"].map((original) => ({
		file: 'signing/reading.ts',
		code: 'const noAnswers',
		original,
		why: 'the same in effect: neither is repeated or renewed, and the reply is given as it is',
	})),
	{
		file: 'signing/reading.ts',
		code: '!isNoAnswer(reply)) return reply',
		why: 'the same in effect: what is an answer does not help to repeat',
	},
	{
		file: 'signing/recover.ts',
		code: "['signed', 'pending'",
		why: 'the same in effect: a signed document ends the walk before, and the second place stays before the others',
	},
];

import type { Reason } from '../survivors.mts';
import { shortcut } from './kinds.mts';

/** Of `documents/`. */
export const documents: Reason[] = [
	{
		file: 'documents/cades.ts',
		code: "? 'whole' : 'cut'",
		original: "'whole'",
		why: 'the same in effect: only the other two are asked for',
	},
	{
		file: 'documents/fileKind.ts',
		code: 'if (end < 0)',
		becomes: '<=',
		why: 'the same in effect: what is looked for never stands at the beginning',
	},
	{
		file: 'documents/Document.ts',
		code: "'it cannot be read as XML'",
		why: 'for the type checker: the scan throws nothing but refusals',
	},
	{ file: 'documents/cades.ts', code: 'container[0] === 0x2d', why: shortcut },
	{
		file: 'documents/cades.ts',
		code: 'return [];',
		why: 'the same in effect: what is no element holds no bytes',
	},
	{
		file: 'documents/cades.ts',
		code: 'tag === undefined ||',
		why: 'for the type checker: behind the end there is no second byte either',
	},
	{
		file: 'documents/fileKind.ts',
		code: 'root.exec(rest) ?? []',
		why: 'the same in effect: without a name the tag is not looked at',
	},
];

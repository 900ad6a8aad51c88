import type { Reason } from '../survivors.mts';
import { shortcut } from './kinds.mts';

/** Of `bytes/`. */
export const bytes: Reason[] = [
	...[
		"text.includes('\\\\')",
		"this.left !== ''",
		'from = Math.min(4',
		'whole === letters.length',
	].map((code) => ({ file: 'bytes/Base64Reader.ts', code, why: shortcut })),
	...["? ' '", 'replace(/\\s+/g'].map((code) => ({
		file: 'bytes/Base64Reader.ts',
		code,
		why: 'the same in effect: white space is left out',
	})),
	{
		file: 'bytes/Base64Reader.ts',
		code: 'const count = last ||',
		becomes: 'bare.length * 4',
		why: 'a shortcut: all is decoded at the end',
	},
	{
		file: 'bytes/Base64Reader.ts',
		code: 'replace(/=+$/',
		why: 'the same in effect: padding stands at the end, or the text is flawed',
	},
	{
		file: 'bytes/Base64Reader.ts',
		code: 'this.at + bytes',
		why: 'the same in effect: a room is made a little earlier, and is always larger than a piece',
	},
	{
		file: 'bytes/blocks.ts',
		code: 'block.transfer?.(0)',
		why: 'for versions of Node that cannot take memory away',
	},
	{
		file: 'bytes/base64.ts',
		code: 'const slice',
		why: 'a shortcut: how much is encoded at once',
	},
	{ file: 'bytes/base64.ts', code: 'left.length === 0', why: shortcut },
	{
		file: 'bytes/base64.ts',
		code: 'left.length > 0',
		why: 'the same in effect: nothing encodes to nothing',
	},
	{
		file: 'bytes/Base64Reader.ts',
		code: 'const slice',
		why: 'a shortcut: how much is decoded at once',
	},
];

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
		file: 'bytes/Buffers.ts',
		code: 'bytes.length > 0',
		original: 'bytes.length > 0',
		why: 'the same in effect: nothing can be taken from nothing',
	},
	{
		file: 'bytes/Buffers.ts',
		code: 'block.transfer?.(0)',
		why: 'for versions of Node that cannot take memory away',
	},
	{
		file: 'bytes/Buffers.ts',
		code: 'const isKept',
		becomes: '<',
		why: 'the same in effect but for a single byte',
	},
	{
		file: 'bytes/Pressure.ts',
		code: 'this.calls++',
		why: 'the same in effect: a thousand below zero is a thousand as well',
	},
	{
		file: 'bytes/Pressure.ts',
		code: '} catch {',
		why: 'the same in effect: without a value it is undefined',
	},
	{
		file: 'bytes/Base64Reader.ts',
		code: 'const slice',
		why: 'a shortcut: how much is decoded at once',
	},
];

import type { Reason } from '../survivors.mts';
import { forTypes, shortcut } from './kinds.mts';

/** Of `documents/`. */
export const documents: Reason[] = [
	{
		file: 'documents/Document.ts',
		code: "reading(document, 'Signature Location'",
		why: 'the same in effect: a document that cannot be read has been refused before',
	},
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
	...[
		'return false;',
		"trailer?.get('Encrypt')",
		'offset === undefined',
		'trailer < 0',
		"typeof value !== 'object'",
		'at < 0 ?',
		'const offset =',
	].map((code) => ({
		file: 'documents/pdfEncryption.ts',
		code,
		why: 'the same in effect: what cannot be read, or is no dictionary, is not certain',
	})),
	{
		file: 'documents/pdfEncryption.ts',
		code: 'const stream =',
		becomes: '\\S*',
		why: 'the same in effect: no white space but the line end before it is asked for',
	},
	...[
		'} catch {',
		'if (!pairs)',
		"one.kind === 'text' &&",
		"one.kind === 'close' &&",
		"one.kind !== 'open' ||",
	].map((code) => ({
		file: 'documents/xmlContent.ts',
		code,
		why: 'the same in effect: what has another shape cannot be compared, and ends as not certain',
	})),
	{ file: 'documents/xmlContent.ts', code: "?.[1] ?? ''", why: forTypes },
	{ file: 'documents/xmlContent.ts', code: "key = ''", why: forTypes },
	{ file: 'documents/xmlContent.ts', code: "single ?? ''", why: forTypes },
	{ file: 'documents/xmlContent.ts', code: "parseInt(hex ?? ''", why: forTypes },
	{
		file: 'documents/xmlContent.ts',
		code: "'its entities are not known'",
		original: "'its",
		why: 'the same in effect: these words are never shown',
	},
	{
		file: 'documents/xmlContent.ts',
		code: 'const inner =',
		becomes: 'start - 1',
		why: 'the same in effect: the end of the name has no value',
	},
	{
		file: 'documents/xmlContent.ts',
		code: 'one < other',
		why: 'the same in effect: any order will do, and no two have one name',
	},
	{
		file: 'documents/showsContent.ts',
		code: "type === 'CAdES' ?",
		why: 'a shortcut: nothing else carries a content',
	},
	{
		file: 'documents/showsContent.ts',
		code: 'at === found.length',
		why: 'the same in effect: what is compared has the length of the original',
	},
	{
		file: 'documents/showsContent.ts',
		code: 'subarray(-16)',
		why: 'a shortcut: the end is looked for in more of the file',
	},
	{
		file: 'documents/showsContent.ts',
		code: "'endstream', start + 1",
		why: 'the same in effect: no two marks begin at one place',
	},
	{
		file: 'documents/showsContent.ts',
		code: 'start < 0 || end < 0',
		becomes: '<=',
		why: 'the same in effect: neither stands at the beginning of a PDF',
	},
	{
		file: 'documents/showsContent.ts',
		code: 'from >= 0',
		becomes: 'from > 0',
		why: 'the same in effect: the number of the object stands before it',
	},
	{
		file: 'documents/Document.ts',
		code: "'it cannot be read as XML'",
		why: 'for the type checker: the scan throws nothing but refusals',
	},
	{ file: 'documents/PdfReader.ts', code: "?? ''", original: "''", why: forTypes },
	{
		file: 'documents/PdfReader.ts',
		code: 'const literal',
		why: 'the same in effect: a text is read letter by letter',
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
		file: 'documents/pdfPassword.ts',
		code: 'typeof revision !==',
		original: 'revision',
		why: 'for the type checker: there is no check for what is no revision',
	},
	{
		file: 'documents/pdfPassword.ts',
		code: "typeof length === 'number'",
		why: 'the same in effect: a key of no length opens nothing, and 5 bytes are tried in any case',
	},
	{ file: 'documents/pdfPassword.ts', code: "?? 'sha256'", original: "'sha256'", why: forTypes },
	{
		file: 'documents/fileKind.ts',
		code: 'root.exec(rest) ?? []',
		why: 'the same in effect: without a name the tag is not looked at',
	},
	{ file: 'documents/xmlScan.ts', code: '?.pop()', why: forTypes },
	{
		file: 'documents/xmlTags.ts',
		code: 'if (at < 0) throw',
		becomes: 'at <= 0',
		why: 'the same in effect: what is looked for never stands at the beginning',
	},
	{
		file: 'documents/xmlTags.ts',
		code: 'at < text.length',
		becomes: '<=',
		why: 'the same in effect: behind the end there is no sign',
	},
	{
		file: 'documents/xmlTags.ts',
		code: "kind: 'doctype'",
		why: 'the same in effect: nobody asks for the name of a document type',
	},
	{
		file: 'documents/xmlTags.ts',
		code: 'const declared: Declaration[] = []',
		why: 'the same in effect: no element has a prefix that is none',
	},
];

import type { Reason } from './survivors.mts';

const forTypes = 'for the type checker: it is always there';
const shortcut = 'a shortcut: the long way gives the same';

/** Why survivors change nothing; what has no reason here has not been looked at. The first that fits counts. */
export const reasons: Reason[] = [
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
	{
		file: 'signing/carryOut.ts',
		code: "{ is: 'broken'",
		original: "'broken'",
		why: 'the same in effect: what is none of the known replies is learnt as unknown',
	},
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
		code: 'this.lastCalm > since',
		why: 'the same in effect but for an instant',
	},
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
		file: 'signing/readAhead.ts',
		code: 'ended = next.done',
		why: 'the same in effect: a source that has ended ends again',
	},
	{
		file: 'signing/reading.ts',
		code: "isNoAnswer(reply) || reply.is !== 'refusal'",
		why: 'for the type checker: only a refusal has a class',
	},
	{
		file: 'signing/reading.ts',
		code: 'askedBy = ',
		why: 'for the type checker: only a refusal asks to wait',
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
	{
		file: 'documents/pdfPassword.ts',
		code: "typeof value === 'object'",
		why: 'for the type checker: what is no object has no name that is compared',
	},
	{ file: 'documents/pdfPassword.ts', code: "?? 'sha256'", original: "'sha256'", why: forTypes },
	{
		file: 'documents/fileKind.ts',
		code: 'root.exec(rest) ?? []',
		why: 'the same in effect: without a name the tag is not looked at',
	},
	{
		file: 'documents/ublExtension.ts',
		code: 'let within = false',
		why: 'the same in effect: it is set at the first child of the root',
	},
	{ file: 'documents/xmlScan.ts', code: '?.pop()', why: forTypes },
	{ file: 'documents/xmlTags.ts', code: 'mark !== exclamation &&', why: shortcut },
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
	{
		file: 'service/dates.ts',
		code: "|| '+00:00'",
		why: 'for versions of Node that write GMT without figures; the one that runs the tests does not',
	},
	{ file: 'service/AnswerReader.ts', code: 'this.pending.length === 0', why: shortcut },
	{
		file: 'service/AnswerReader.ts',
		code: 'const partOfBeforeValue',
		why: 'the same in effect: what is kept too early is read with the next piece',
	},
	{
		file: 'service/SignStashService.ts',
		code: 'const limits',
		why: 'not tested: 1.5 GB would have to be read',
	},
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
		file: 'service/writeRequest.ts',
		code: 'const slice',
		why: 'a shortcut: how much is encoded at once',
	},
	{ file: 'service/writeRequest.ts', code: 'left.length === 0', why: shortcut },
	{
		file: 'service/writeRequest.ts',
		code: 'bytes.length % 3',
		why: 'a shortcut: the content is encoded at its end, as a whole',
	},
	{
		file: 'service/writeRequest.ts',
		code: 'from < whole',
		becomes: '<=',
		why: 'the same in effect: nothing is written once more',
	},
	{
		file: 'service/writeRequest.ts',
		code: "'latin1'",
		why: 'a shortcut: base64 is ASCII, which UTF-8 writes in the same way',
	},
];

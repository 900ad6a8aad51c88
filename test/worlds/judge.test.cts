import { pdf } from '../support/files.cts';
import type { InputFile } from '../support/engine.cts';
import { broken } from './judge.cts';
import type { Seen } from './Stage.cts';

let document: InputFile;
let signed: Buffer;
beforeAll(async () => {
	document = await pdf('judged');
	signed = Buffer.concat([document.content, Buffer.from('\nsignature\n%%EOF\n')]);
});

const held = { made: 1, references: ['R-1'] };

function told(error: string): Seen {
	const json = { error, details: { externalReference: 'r-1' } };
	return { json, words: JSON.stringify(json) };
}

test('a signed file, and a fault that names the reference, keep the promises', () => {
	expect(broken(document, { json: {}, words: '{}', bytes: signed }, held)).toEqual([]);
	expect(broken(document, told('It is not known whether it was signed.'), held)).toEqual([]);
	expect(broken(document, told('Nothing was signed.'), { made: 0, references: ['R-1'] })).toEqual(
		[],
	);
});

test('two signatures, a lost document and a file other than the signed one break a promise', () => {
	const file = { json: {}, words: '{}', bytes: signed };
	expect(broken(document, file, { ...held, made: 2 })).toEqual(['signed 2 times']);
	expect(broken(document, file, { ...held, made: 0 })).toHaveLength(1);
	expect(broken(document, undefined, held)).toHaveLength(1);
	expect(broken(document, { json: {}, words: '{}' }, held)).toHaveLength(1);
	const cut = { ...file, bytes: signed.subarray(0, -8) };
	expect(broken(document, cut, held)).toHaveLength(1);
	expect(broken(document, { ...file, bytes: Buffer.from('%PDF-%%EOF') }, held)).toHaveLength(1);
});

test.each([
	'Nothing was signed.',
	'nothing was sent',
	'The document was not signed',
	'It was never registered. Signing it is safe.',
	'The reference belongs to another document',
	"Give another 'External Reference'.",
])('%p is false about a signed document', (words) => {
	expect(broken(document, told(words), held).length).toBeGreaterThan(0);
});

test('a fault that does not name a registered reference breaks a promise', () => {
	const json = { error: 'It is not known whether it was signed.' };
	const seen = { json, words: JSON.stringify(json) };
	expect(broken(document, seen, held)).toEqual(['its reference is not named']);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentOf, type Content } from '../../nodes/SignStash/bytes/Content';
import { documentOf, refuseLocked } from '../../nodes/SignStash/documents/Document';
import { needsPassword } from '../../nodes/SignStash/documents/pdfEncryption';
import { opensWithoutPassword } from '../../nodes/SignStash/documents/pdfPassword';
import { PdfReader, type PdfValue } from '../../nodes/SignStash/documents/PdfReader';
import { pdf } from '../support/files.cts';

const fixture = (name: string): Buffer =>
	readFileSync(join(__dirname, '..', 'fixtures', 'encrypted', `${name}.pdf`));
const locked = fixture('locked-r3').toString('latin1');
const needs = async (content: string | Buffer): Promise<boolean> =>
	await needsPassword(contentOf(Buffer.from(content as string, 'latin1')));

/** The file with other words in it, and the place of its table put right. */
function edited(file: string, from: string | RegExp, to: string): string {
	const text = file.replace(from, () => to);
	return text.replace(/startxref\n\d+/, `startxref\n${text.indexOf('\nxref') + 1}`);
}

const handlers = ['r2', 'r3', 'r4', 'r4-clear-metadata', 'r5', 'r6', 'r6-streams'];

describe('a PDF that a password locks is told from one that only restricts what may be done', () => {
	test.each(handlers)('%s', async (handler) => {
		expect(await needs(fixture(`locked-${handler}`))).toBe(true);
		expect(await needs(fixture(`restricted-${handler}`))).toBe(false);
	});
});

/** A locked file, written in other ways: each is locked as long as its last trailer says so. */
describe('a locked PDF is told from others however it is written', () => {
	const trailer = /trailer <<.*>>/.exec(locked)?.[0] ?? '';
	const encryption = '<< /Filter /Standard';
	const moved = (by: string): string => locked.replace('xref\n0 5', `${by}xref\n0 5`);

	test.each<[what: string, file: string, is: boolean]>([
		['with other line ends', locked.replace('startxref\n402', 'startxref\r\n402'), true],
		['with a space before its table', moved(' '), true],
		['with words in the place of its table', locked.replace('xref\n0 5', 'XREF\n0 5'), false],
		['with words before its table', moved('a'), false],
		['with a word that begins like a table', locked.replace('xref\n0 5', 'xref0 5\n'), false],
		['with no trailer', locked.replace('trailer', 'TRAILER'), false],
		['with no place of its table', locked.replace('startxref\n402', 'startxref\n'), false],
		['with words for the place', locked.replace('startxref\n402', 'startxref\na402'), false],
		['with no startxref', locked.replace('startxref', 'STARTXREF'), false],
		['with a startxref before', `startxref\n7\n${locked}`, true],
		['with another startxref behind', `${locked}startxref\n7\n`, false],
		['with less than 2 KB behind it', `${locked}${' '.repeat(2000)}`, true],
		['with more than 2 KB behind it', `${locked}${' '.repeat(2048)}`, false],
		['with a trailer before that says nothing', `trailer <<>>\n${locked}`, true],
		['with a trailer that says nothing', locked.replace(trailer, 'trailer <<>>'), false],
		['with a trailer that is none', locked.replace(trailer, 'trailer [/Encrypt]'), false],
		['with no identifier', locked.replace(/\/ID \[.*\]/, ''), true],
		['with an identifier of figures', locked.replace(/\/ID \[.*\]/, '/ID [1 2]'), true],
		['with an identifier that is no list', locked.replace(/\/ID \[.*\]/, '/ID 7'), true],
		['with other line ends before its objects', locked.replace('\n4 0 obj', '\r4 0 obj'), true],
		[
			'with an object of another number that ends alike',
			locked.replace('startxref', '24 0 obj\n<<>>\nendobj\nstartxref'),
			true,
		],
		[
			'with its object written anew',
			locked.replace('startxref', '4 0 obj\n<<>>\nendobj\nstartxref'),
			false,
		],
		[
			'with its object written anew behind another line end',
			locked.replace('startxref', '\r4 0 obj\n<<>>\nendobj\nstartxref'),
			false,
		],
		[
			'with another generation of its object',
			locked.replace('/Encrypt 4 0', '/Encrypt 4 1'),
			false,
		],
		['with no dictionary in its object', edited(locked, encryption, '[/Filter /Standard'), false],
		['with a number for it', locked.replace('/Encrypt 4 0 R', '/Encrypt 4'), false],
		['with text for it', locked.replace('/Encrypt 4 0 R', '/Encrypt (4)'), false],
	])('%s', async (_, file, is) => {
		expect(await needs(file)).toBe(is);
	});
});

test.each([
	['a key of 64 bits', 'r3', 'cb654970b1953944030d82ad55d7ee9d'],
	[
		'a hash that ends with the first round that may be its last',
		'r6',
		'c697e4b1a638b90760356d141d83668118777e9a463df26e3b867d4a664dd8ed0000000000000015',
	],
	[
		'a hash that ends as late as its round allows',
		'r6',
		'b589371cfa79e651ac4ba5f684ede119012687729cdd94565d0d8171b0955e29000000000000000c',
	],
])('%s, worked out apart from the node, opens without a password', async (_, handler, user) => {
	const restricted = fixture(`restricted-${handler}`).toString('latin1');
	const file = handler === 'r3' ? edited(restricted, '/Length 128', '/Length 64') : restricted;
	const written = new RegExp(`/U <[0-9a-f]{${user.length}}`);
	expect(file).toMatch(written);
	expect(await needs(file.replace(written, `/U <${user}`))).toBe(false);
});

test('a cross-reference stream may be an object of any number', async () => {
	const file = fixture('locked-r6-streams').toString('latin1');
	const at = Number(/startxref\n(\d+)/.exec(file)?.[1]);
	const object = file.slice(at).replace(/^\d+ 0 obj/, '12  10  obj');
	expect(object).toMatch(/^12 {2}10 {2}obj/);
	expect(await needs(file.slice(0, at) + object)).toBe(true);
});

test('a length of the key that is given wrongly, or not at all, locks nothing', async () => {
	const restricted = fixture('restricted-r3').toString('latin1');
	expect(restricted).toContain('/Length 128');
	expect(await needs(edited(restricted, '/Length 128', '/Length 16'))).toBe(false);
	expect(await needs(edited(restricted, '/Length 128', ''))).toBe(false);
	expect(await needs(edited(restricted, '/Length', '/EncryptMetadata false /Length'))).toBe(false);
});

describe('what is not certain is left to the service', () => {
	test.each([
		['a file that is not encrypted', async () => (await pdf('plain')).content],
		['a handler that is not known', async () => locked.replace('/Standard', '/Whatever')],
		['a revision that is not known', async () => locked.replace('/R 3', '/R 9')],
		['a trailer that is not found', async () => locked.replace(/startxref\n\d+/, 'startxref\n7')],
		['an encryption that is not there', async () => locked.replace(/\/Encrypt \d+/, '/Encrypt 99')],
		['a check that is cut off', async () => edited(locked, /\/U <.{40}/, '/U <')],
		['a dictionary that is broken', async () => edited(locked, '/Filter /Standard', '/Filter (')],
		['words only', async () => '%PDF-1.7 /Encrypt'],
	])('%s', async (_, of) => {
		expect(await needs(await of())).toBe(false);
	});
});

test('bytes before the header do not hide it, nor does a dictionary that stands in the trailer', async () => {
	expect(await needs(`stray\n${locked}`)).toBe(true);
	const [object = '', number, dictionary] =
		/(\d+) 0 obj\n(<< \/Filter [^]*?>>)\nendobj/.exec(locked) ?? [];
	expect(
		await needs(locked.replace(`/Encrypt ${number} 0 R`, () => `/Encrypt ${dictionary}`)),
	).toBe(true);
	expect(object).not.toBe('');
});

test('it is seen across pieces', async () => {
	const bytes = fixture('locked-r6');
	const content: Content = {
		length: bytes.length,
		async *pieces() {
			for (let at = 0; at < bytes.length; at += 3) yield bytes.subarray(at, at + 3);
		},
		release: () => undefined,
	};
	expect(await needsPassword(content)).toBe(true);
});

test('a file of 50 MB is read, and one that is not encrypted is read once', async () => {
	const pieces = jest.fn(contentOf(Buffer.from(locked, 'latin1')).pieces);
	const content = { length: 50_000_000, pieces, release: () => undefined };
	expect(await needsPassword(content)).toBe(true);
	pieces.mockClear();
	pieces.mockImplementation(contentOf(Buffer.from('%PDF-1.7')).pieces);
	expect(await needsPassword(content)).toBe(false);
	expect(pieces).toHaveBeenCalledTimes(1);
});

test('a file of more than 50 MB is not read', async () => {
	const pieces = jest.fn();
	expect(await needsPassword({ length: 50_000_001, pieces, release: () => undefined })).toBe(false);
	expect(pieces).not.toHaveBeenCalled();
});

test.each([
	['<4142 4>', Buffer.from('AB@')],
	['(a\\(b\\)(c)\\053\\n\\\r\nd\re\\q)', Buffer.from('a(b)(c)+\nd\neq')],
	['/A#20b', { name: 'A b' }],
	['(a\r\nb\\377)', Buffer.from('a\nb\xff', 'latin1')],
	['12 0 R', { object: 12, generation: 0 }],
	['12 \r\n10  R', { object: 12, generation: 10 }],
	['-1.5', -1.5],
	['[12.75 +.25 17.]', [12.75, 0.25, 17]],
	['['.repeat(17) + ']'.repeat(17), expect.anything()],
	['[1 2 R 3]', [{ object: 1, generation: 2 }, 3]],
	['[1 (R) true false null .5]', [1, Buffer.from('R'), true, false, undefined, 0.5]],
	[
		' % note\n<</A<</B[]>>/C 1 0 R>>',
		new Map<string, unknown>([
			['A', new Map([['B', []]])],
			['C', { object: 1, generation: 0 }],
		]),
	],
])('the PDF value %j is read as it is meant', (text, value) => {
	expect(new PdfReader(text, 0).value()).toEqual(value);
});

test.each([
	['(no end', 'a string has no end'],
	['<</A 1', 'no key'],
	['<<1 2>>', 'no key'],
	['what', 'no value'],
	['['.repeat(18), 'nested too deep'],
	['<</A'.repeat(18), 'nested too deep'],
])('%j is no PDF value', (text, why) => {
	expect(() => new PdfReader(text, 0).value()).toThrow(why);
});

describe('what does not tell of a password is not judged', () => {
	const dictionaryOf = (name: string, ...without: string[]) => {
		const text = fixture(name).toString('latin1');
		const dictionary = new PdfReader(
			text,
			text.lastIndexOf('obj', text.indexOf('/Standard')) + 3,
		).value();
		if (!(dictionary instanceof Map)) throw new Error('no dictionary');
		for (const key of without) dictionary.delete(key);
		return dictionary;
	};
	const id = Buffer.alloc(16);

	test('all is there', () => {
		expect(opensWithoutPassword(dictionaryOf('locked-r3'), id)).toBe(false);
	});

	test.each(['Filter', 'O', 'U', 'R', 'P'])('%s is missing', (key) => {
		expect(opensWithoutPassword(dictionaryOf('locked-r3', key), id)).toBeUndefined();
	});

	test.each<[name: string, key: string, value: PdfValue]>([
		['locked-r3', 'Filter', 7],
		['locked-r3', 'Filter', Buffer.from('Standard')],
		['locked-r3', 'Filter', { name: 'Other' }],
		['locked-r3', 'R', 1],
		['locked-r3', 'O', Buffer.alloc(31)],
		['locked-r3', 'U', Buffer.alloc(31)],
		['locked-r5', 'U', Buffer.alloc(47)],
		['locked-r6', 'U', Buffer.alloc(47)],
	])('in %s, %s is %p', (name, key, value) => {
		const dictionary = dictionaryOf(name).set(key, value);
		expect(opensWithoutPassword(dictionary, id)).toBeUndefined();
	});
});

describe('refuseLocked', () => {
	const documentWith = (content: Buffer) =>
		documentOf({ field: 'data', name: 'a.pdf', content: contentOf(content), head: content });

	test('names the file and the parameter', async () => {
		await expect(refuseLocked(documentWith(fixture('locked-r6')))).rejects.toMatchObject({
			message:
				"'a.pdf' in 'Input Data Field Name' needs a password to be opened, which the service cannot be given",
			remedy: 'Choose a file without a password.',
			details: { parameter: 'Input Data Field Name' },
		});
	});

	test('lets others go', async () => {
		await refuseLocked(documentWith(fixture('restricted-r6')));
		await refuseLocked(documentWith(Buffer.from('<a/><!-- /Encrypt -->')));
	});
});

import fc from 'fast-check';
import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { compareXml } from '../../nodes/SignStash/documents/xml/compareXml';
import { namespaces } from '../support/ublFiles.cts';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:SignatureValue>99.99</ds:SignatureValue></ds:Signature>`;
const extension = (signed: string): string =>
	`<e:UBLExtension xmlns:e="${namespaces.ext}"><e:ExtensionURI>urn:x</e:ExtensionURI><e:ExtensionContent><s:UBLDocumentSignatures xmlns:s="${namespaces.sig}"><a:SignatureInformation xmlns:a="${namespaces.sac}">${signed}</a:SignatureInformation></s:UBLDocumentSignatures></e:ExtensionContent></e:UBLExtension>`;

interface Line {
	amount: number;
	name: string;
	currency: string;
}

const line = fc.record({
	amount: fc.integer({ min: 1, max: 9_999_999 }),
	name: fc.constantFrom('Café', 'Pão & vinho', 'Papel', 'A4 <80 g>', 'São João'),
	currency: fc.constantFrom('EUR', 'USD'),
});
const invoice = fc.array(line, { minLength: 1, maxLength: 6 });

/** The different ways in which a program may write the same invoice. */
interface Writing {
	prefix: string;
	lineEnd: string;
	indent: boolean;
	quote: '"' | "'";
	asNumbers: boolean;
	encoding: 'utf8' | 'utf16le' | 'latin1';
	spoilt: boolean;
	added: string;
	addedValue: string;
	list: boolean;
	place: 'root' | 'extension';
}

const writing: fc.Arbitrary<Writing> = fc.record({
	prefix: fc.constantFrom('', 'c:', 'ubl:'),
	lineEnd: fc.constantFrom('\n', '\r\n'),
	indent: fc.boolean(),
	quote: fc.constantFrom('"' as const, "'" as const),
	asNumbers: fc.boolean(),
	encoding: fc.constantFrom('utf8', 'utf16le', 'latin1'),
	spoilt: fc.boolean(),
	added: fc.constantFrom('', '<Added>1.00</Added>', '<Added at="2"/>'),
	addedValue: fc.constantFrom('', ' id="n1"'),
	list: fc.boolean(),
	place: fc.constantFrom('root', 'extension'),
});
const plain: Writing = {
	prefix: '',
	lineEnd: '\n',
	indent: false,
	quote: '"',
	asNumbers: false,
	encoding: 'utf8',
	spoilt: false,
	added: '',
	addedValue: '',
	list: false,
	place: 'root',
};

function written(lines: Line[], how: Writing, signed: boolean): Buffer {
	const { prefix: p, quote: q } = how;
	const space = how.indent ? `${how.lineEnd}  ` : '';
	const text = (value: string): string => {
		const known = how.spoilt ? value.replace(/[^\x20-\x7e]/g, '?') : value;
		return how.asNumbers
			? Array.from(known, (sign) => `&#${sign.codePointAt(0) ?? 0};`).join('')
			: known.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
	};
	const body = lines.map(
		({ amount, name, currency }) =>
			`${space}<${p}Line>${how.added}<${p}Name>${text(name)}</${p}Name>${space}<${p}Amount currency=${q}${currency}${q}${how.addedValue}>${text((amount / 100).toFixed(2))}</${p}Amount></${p}Line>`,
	);
	const inList = signed && how.place === 'extension' ? extension(signature) : '';
	const list =
		how.list || inList !== ''
			? `<x:UBLExtensions xmlns:x="${namespaces.ext}">${inList}</x:UBLExtensions>`
			: '';
	const names = { utf8: 'UTF-8', utf16le: 'UTF-16', latin1: 'ISO-8859-1' };
	const declared = p === '' ? 'xmlns' : `xmlns:${p.slice(0, -1)}`;
	const document = `<?xml version="1.0" encoding="${names[how.encoding]}"?>${space}<${p}Invoice ${declared}="urn:invoice">${list}${body.join('')}${signed && inList === '' ? signature : ''}</${p}Invoice>`;
	return Buffer.from(`${how.encoding === 'utf16le' ? '\ufeff' : ''}${document}`, how.encoding);
}

const compared = async (lines: Line[], how: Writing, others: Line[], as = plain) =>
	await compareXml(contentOf(written(lines, how, true)), contentOf(written(others, as, false)));

describe('a signed invoice and its original', () => {
	test('rewritten in any way: never counts as another', async () => {
		await fc.assert(
			fc.asyncProperty(invoice, writing, writing, async (lines, how, as) => {
				const before = { ...as, added: '', addedValue: '', spoilt: false };
				expect(await compared(lines, how, lines, before)).not.toBe("another's");
			}),
			{ numRuns: 500 },
		);
	});

	test('with only the signature and its extension added: the same', async () => {
		await fc.assert(
			fc.asyncProperty(invoice, writing, async (lines, how) => {
				const as = { ...how, added: '', addedValue: '', spoilt: false };
				expect(await compared(lines, as, lines, { ...as, list: false })).toBe('mine');
			}),
			{ numRuns: 300 },
		);
	});

	test('with another figure or a missing line, however it is written: another', async () => {
		await fc.assert(
			fc.asyncProperty(
				invoice,
				writing,
				fc.nat(),
				fc.boolean(),
				async (lines, how, place, isLess) => {
					const changed = place % lines.length;
					const others = lines.map((one, at) =>
						at === changed ? { ...one, amount: one.amount + 10_000_000 } : one,
					);
					const found = isLess ? lines.filter((_, at) => at !== changed) : lines;
					expect(await compared(found, how, isLess ? lines : others)).toBe("another's");
				},
			),
			{ numRuns: 300 },
		);
	});

	test('cut off anywhere: undecided', async () => {
		const whole = written([{ amount: 100, name: 'Papel', currency: 'EUR' }], plain, true);
		const original = contentOf(
			written([{ amount: 200, name: 'Papel', currency: 'EUR' }], plain, false),
		);
		for (let end = 0; end < whole.length; end++)
			expect(await compareXml(contentOf(whole.subarray(0, end)), original)).toBeUndefined();
	});
});

describe('long texts', () => {
	const file = (text: string): Buffer => Buffer.from(`<a><b>${text}</b></a>`);
	const base64 = 'QUJD'.repeat(30_000);
	const wrapped = base64.replace(/.{76}/g, '$&\n');
	test.each([
		['the same', base64, base64, 'mine'],
		['rewrapped', wrapped, base64, undefined],
		['another', `${base64.slice(0, -4)}QUJE`, base64, "another's"],
		['another, wrapped', `${wrapped.slice(0, -4)}QUJE`, base64, "another's"],
		[
			'exactly at the limit of what is kept',
			'x'.repeat(16_000),
			`${'x'.repeat(16_000)}\n`,
			undefined,
		],
	])('%s', async (_, signed, original, shown) => {
		expect(await compareXml(contentOf(file(signed)), contentOf(file(original)))).toBe(shown);
	});
});

describe('extensions that are not for signatures count', () => {
	const listed = (inside: string): Buffer =>
		Buffer.from(
			`<I><x:UBLExtensions xmlns:x="${namespaces.ext}">${inside}</x:UBLExtensions><b>1</b></I>`,
		);
	const own = (figure: string): string =>
		`<x:UBLExtension><x:ExtensionContent><Own>${figure}</Own></x:ExtensionContent></x:UBLExtension>`;
	test.each([
		['before one for a signature', extension(signature) + own('1'), own('1'), 'mine'],
		['after one', own('1') + extension(signature), own('1'), 'mine'],
		['with another figure', extension(signature) + own('2'), own('1'), "another's"],
		['while an empty list does not', extension(signature), '', 'mine'],
		['when they are missing', extension(signature), own('1'), "another's"],
		[
			'while what one for a signature said before does not',
			extension(signature).replace('urn:x', 'urn:y') + own('2'),
			extension(''),
			undefined,
		],
	])('%s', async (_, signed, original, shown) => {
		expect(await compareXml(contentOf(listed(signed)), contentOf(listed(original)))).toBe(shown);
	});
});

describe('what only looks like the extension for a signature counts', () => {
	const signed = (list: string): Buffer => Buffer.from(`<I>${list}<b>1</b></I>`);
	const listOf = (inside: string, namespace = namespaces.ext, name = 'UBLExtensions'): string =>
		`<x:${name} xmlns:x="${namespace}">${inside}</x:${name}>`;
	const own = extension(signature);
	test.each([
		['in a list of another namespace', listOf(own, 'urn:x')],
		['in a list of another name', listOf(own, namespaces.ext, 'Others')],
		['in a list further down', `<w>${listOf(own)}</w>`],
		['by an element of another namespace', listOf(own.replace(namespaces.sig, 'urn:x'))],
		['by an element of another name', listOf(own.replaceAll('UBLDocumentSignatures', 'Others'))],
	])('%s', async (_, list) => {
		expect(await compareXml(contentOf(signed(list)), contentOf(signed('')))).toBeUndefined();
	});

	test('while a figure within it does not replace that of the invoice', async () => {
		const list = listOf(extension(`<b>1</b>${signature}`));
		const changed = Buffer.from(signed(list).toString().replace('<b>1</b></I>', '<b>2</b></I>'));
		expect(await compareXml(contentOf(changed), contentOf(signed('')))).toBe("another's");
	});
});

test('a line end or a character may be split between two pieces', async () => {
	const document = (lineEnd: string): Buffer =>
		Buffer.from(`<a>${'x'.repeat(1100)}\u20ac${lineEnd}1</a>`);
	const bytes = document('\r\n');
	for (let cut = 1100; cut < 1112; cut++) {
		const content = {
			...contentOf(bytes),
			async *pieces() {
				yield bytes.subarray(0, cut);
				yield bytes.subarray(cut);
			},
		};
		expect(await compareXml(content, contentOf(document('\n')))).toBe('mine');
	}
});

import { saysTheSame } from '../../nodes/SignStash/documents/xmlContent';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:Object>x<ds:Signature/></ds:Object></ds:Signature>`;
const original =
	'<?xml version="1.0" encoding="UTF-8"?>\n<I a="1" b="é"><T>100.00</T><N>ção &lt;1&gt;</N><S/></I>';
const root = (inside: string): string => `<I a="1" b="é">${inside}</I>`;
const body = '<T>100.00</T><N>ção &lt;1&gt;</N>';

const says = (signed: string | Buffer, of: string | Buffer = original): boolean | undefined =>
	saysTheSame(Buffer.from(signed as string), Buffer.from(of as string));

describe('a signed document says the same as the original', () => {
	test.each([
		['with a signature in an element', root(`${body}<S>${signature}</S>`)],
		['with a signature at its end, and line ends', root(`\n${body}\n<S></S>${signature}\n`)],
		[
			'with other quotes, order and declarations',
			`<I xmlns:x="urn:x" b='é' a='1'>${body}<S>${signature}</S></I>`,
		],
		[
			'with characters written otherwise',
			root(`<T><![CDATA[100.00]]></T><N>&#231;&#xE3;o <![CDATA[<1>]]></N><S>${signature}</S>`),
		],
		['without comments', root(`${body}<S>${signature}</S>`)],
	])('%s', (_, signed) => {
		expect(says(signed)).toBe(true);
		expect(says(signed, original.replace('<T>', '<!-- a --><?b c?><T>'))).toBe(true);
	});

	test('written in another encoding', () => {
		const signed = root(`${body}<S>${signature}</S>`);
		const latin1 = Buffer.from(original.replace('UTF-8', 'ISO-8859-1'), 'latin1');
		expect(says(signed, latin1)).toBe(true);
		expect(says(Buffer.from(`\ufeff${signed}`, 'utf16le'), latin1)).toBe(true);
	});
});

describe('it is another document', () => {
	test.each([
		['with another figure', root(`<T>200.00</T><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		['with another attribute', root(`${body}<S>${signature}</S>`).replace('a="1"', 'a="2"')],
	])('%s', (_, signed) => {
		expect(says(signed)).toBe(false);
	});
});

describe('it cannot be told', () => {
	test.each([
		['with spoilt accents', root(`<T>100.00</T><N>Ã§Ã£o &lt;1&gt;</N><S>${signature}</S>`)],
		['with lost accents', root(`<T>100.00</T><N>??o &lt;1&gt;</N><S>${signature}</S>`)],
		['with other white space', root(`<T> 100.00\n</T><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		['with an attribute more', root(`<T Id="t">100.00</T><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		['with an element more', root(`${body}<S>${signature}</S><M/>`)],
		['with an element less', root(`${body}${signature}`)],
		['with another name', root(`<U>100.00</U><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		[
			'within a signature',
			`<ds:Signature xmlns:ds="${dsig}"><ds:Object>${root(body)}</ds:Object></ds:Signature>`,
		],
		['with another figure and an element more', root(`<T>200.00</T><N>ção &lt;1&gt;</N><S/><M/>`)],
		['broken', root(body).slice(0, -2)],
		['with entities', `<!DOCTYPE I [<!ENTITY e "100.00">]>${root(`${body}<S/>`)}`],
	])('%s', (_, signed) => {
		expect(says(signed)).toBeUndefined();
	});

	test('of an original that has a signature, entities of its own, or is not in its encoding', () => {
		const signed = root(`${body}<S>${signature}</S>`);
		expect(says(signed, signed)).toBeUndefined();
		expect(says('<I>&a;</I>', '<I>100.00</I>')).toBeUndefined();
		expect(says(signed, Buffer.from(original, 'latin1'))).toBeUndefined();
	});
});

import { contentOf } from '../../nodes/SignStash/bytes/Content';
import { compareXml } from '../../nodes/SignStash/documents/xml/compareXml';
import type { Witness } from '../../nodes/SignStash/documents/whatContentShows';

const dsig = 'http://www.w3.org/2000/09/xmldsig#';
const signature = `<ds:Signature xmlns:ds="${dsig}"><ds:Object>x<ds:Signature/></ds:Object></ds:Signature>`;
const original =
	'<?xml version="1.0" encoding="UTF-8"?>\n<I a="1" b="é"><T>100.00</T><N>ção &lt;1&gt;</N><S/></I>';
const root = (inside: string): string => `<I a="1" b="é">${inside}</I>`;
const body = '<T>100.00</T><N>ção &lt;1&gt;</N>';

const says = async (signed: string | Buffer, of: string | Buffer = original): Promise<Witness> =>
	await compareXml(contentOf(Buffer.from(signed as string)), contentOf(Buffer.from(of as string)));

describe('a signed document says the same as the original', () => {
	test.each(['\n  ', '\r\n  ', '\t  '])('with blanks for %j in a value', async (space) => {
		const of = (written: string, end = '') => `<I a="urn:a${written}a.xsd">${end}</I>`;
		expect(await says(of('   ', signature), of(space))).toBe('mine');
	});

	test.each([
		['with a signature in an element', root(`${body}<S>${signature}</S>`)],
		['with a signature at its end, and other line ends', root(`\n${body}\n<S></S>${signature}\n`)],
		[
			'with different quotes, order and declarations',
			`<I xmlns:x="urn:x" b='é' a='1'>${body}<S>${signature}</S></I>`,
		],
		[
			'with characters written differently',
			root(`<T><![CDATA[100.00]]></T><N>&#231;&#xE3;o <![CDATA[<1>]]></N><S>${signature}</S>`),
		],
		['without comments', root(`${body}<S>${signature}</S>`)],
	])('%s', async (_, signed) => {
		expect(await says(signed)).toBe('mine');
		expect(await says(signed, original.replace('<T>', '<!-- a --><?b c?><T>'))).toBe('mine');
	});

	test('written in another encoding', async () => {
		const signed = root(`${body}<S>${signature}</S>`);
		const latin1 = Buffer.from(original.replace('UTF-8', 'ISO-8859-1'), 'latin1');
		expect(await says(signed, latin1)).toBe('mine');
		expect(await says(Buffer.from(`\ufeff${signed}`, 'utf16le'), latin1)).toBe('mine');
	});
});

describe('it is another document', () => {
	test.each([
		['with another figure', root(`<T>200.00</T><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		['with another attribute', root(`${body}<S>${signature}</S>`).replace('a="1"', 'a="2"')],
		['with another name', root(`<U>100.00</U><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		['with another figure and an extra element', root(`<T>200.00</T><N>ção &lt;1&gt;</N><S/><M/>`)],
		['with an element missing', root(`<N>ção &lt;1&gt;</N><S>${signature}</S>`)],
	])('%s', async (_, signed) => {
		expect(await says(signed)).toBe("another's");
	});
});

describe('it cannot be decided', () => {
	test.each([
		['with garbled accents', root(`<T>100.00</T><N>Ã§Ã£o &lt;1&gt;</N><S>${signature}</S>`)],
		['with lost accents', root(`<T>100.00</T><N>??o &lt;1&gt;</N><S>${signature}</S>`)],
		['with other white space', root(`<T> 100.00\n</T><N>ção &lt;1&gt;</N><S>${signature}</S>`)],
		[
			'with an extra attribute',
			root(`<T Id="t">100.00</T><N>ção &lt;1&gt;</N><S>${signature}</S>`),
		],
		['with an extra element', root(`${body}<S>${signature}</S><M/>`)],
		['with an element missing', root(`${body}${signature}`)],
		[
			'within a signature',
			`<ds:Signature xmlns:ds="${dsig}"><ds:Object>${root(body)}</ds:Object></ds:Signature>`,
		],
		['broken', root(body).slice(0, -2)],
		['with entities', `<!DOCTYPE I [<!ENTITY e "100.00">]>${root(`${body}<S/>`)}`],
	])('%s', async (_, signed) => {
		expect(await says(signed)).toBeUndefined();
	});

	test('when neither is in its declared encoding', async () => {
		const broken = (byte: string): Buffer => Buffer.from(`<a>${byte}</a>`, 'latin1');
		expect(await says(broken('\xfe'), broken('\xff'))).toBeUndefined();
	});

	test('when the original has a signature or its own entities, or is not in its declared encoding', async () => {
		const signed = root(`${body}<S>${signature}</S>`);
		expect(await says(signed, signed)).toBeUndefined();
		expect(await says('<I>&a;</I>', '<I>100.00</I>')).toBeUndefined();
		expect(await says(signed, Buffer.from(original, 'latin1'))).toBeUndefined();
	});
});

/** Pairs of documents with one element that are written differently. */
describe('whether two documents say the same when they differ in', () => {
	test.each<[what: string, signed: string, original: string, same: Witness]>([
		['entities', '<a>&lt;&gt;&amp;&quot;&apos;</a>', '<a>&#60;&#62;&#38;&#34;&#39;</a>', 'mine'],
		['entities of values', '<a b="&lt;&quot;"/>', "<a b='&#x3c;\"'/>", 'mine'],
		['figures of a character, in capitals', '<a>&#x4A;</a>', '<a>J</a>', 'mine'],
		['a character beyond the first plane', '<a>&#x1F600;</a>', '<a>\u{1F600}</a>', 'mine'],
		['an unknown entity', '<a>&b;</a>', '<a>&b;</a>', undefined],
		['an escaped ampersand', '<a>&amp;lt;</a>', '<a>&lt;</a>', undefined],
		['an entity in only one of them', '<a>1</a>', '<a>&b;</a>', undefined],
		['line ends in text', '<a>1\r\n2\r3</a>', '<a>1\n2\n3</a>', 'mine'],
		['line ends in values', '<a b="1\r\n2"/>', '<a b="1\n2"/>', 'mine'],
		['line ends in CDATA', '<a><![CDATA[1\r\n2]]></a>', '<a>1\n2</a>', 'mine'],
		['markup in CDATA', '<a><![CDATA[&lt;]]></a>', '<a>&lt;</a>', undefined],
		['an empty CDATA section', '<a>1<![CDATA[]]>2</a>', '<a>12</a>', 'mine'],
		['CDATA with several lines', '<a><![CDATA[\n1]2]>]]></a>', '<a>\n1]2]></a>', 'mine'],
		['comments in text', '<a>1<!-- x\n- > -->2</a>', '<a>12</a>', 'mine'],
		['instructions in text', '<a>1<?x\n? >?>2</a>', '<a>12</a>', 'mine'],
		['white space between elements', '<a>\t\r\n <b/> </a>', '<a><b/></a>', 'mine'],
		['no-break space', '<a>\u00a0<b/></a>', '<a><b/></a>', undefined],
		['text before an element', '<a>1<b/></a>', '<a><b/></a>', undefined],
		['text after an element', '<a><b/>1</a>', '<a><b/></a>', undefined],
		['text instead of an element', '<a>1</a>', '<a><b/></a>', undefined],
		['nothing instead of an element', '<a></a>', '<a><b/></a>', undefined],
		['where an element ends', '<a><b/><c/></a>', '<a><b><c/></b></a>', undefined],
		['a figure in a nested element', '<a><b>1</b><c/></a>', '<a><b>2</b><c/></a>', "another's"],
		['the first figure of two', '<a><b>1</b><c>3</c></a>', '<a><b>2</b><c>3</c></a>', "another's"],
		[
			'a figure, and accents',
			'<a><b>1</b><c>\u00e9</c></a>',
			'<a><b>2</b><c>e</c></a>',
			"another's",
		],
		['a figure next to accents', '<a>\u00e9 1</a>', '<a>\u00e9 2</a>', undefined],
		['a figure that became an accented letter', '<a>1</a>', '<a>\u00e9</a>', undefined],
		['the amount of white space', '<a>1  2</a>', '<a> 1\n2 </a>', undefined],
		['white space within a word', '<a>12</a>', '<a>1 2</a>', undefined],
		['the name of a value', '<a b="1"/>', '<a c="1"/>', "another's"],
		['the prefix of a name', '<a x:b="1"/>', '<a y:b="1"/>', undefined],
		['the order of values', '<a b="1" c="2" d="3"/>', '<a d="3" b="1" c="2"/>', 'mine'],
		['where a name ends', '<a bc="1"/>', '<ab c="1"/>', "another's"],
		[
			'values before a long name',
			'<r><b c="1"></b><abcdefghijkl/></r>',
			'<r><b c="1"              /><abcdefghijkl/></r>',
			'mine',
		],
		['long values', "<a b='one two' c='three'/>", '<a b="one two" c="three"/>', 'mine'],
		['an extra value', '<a b="1" c="2"/>', '<a b="1"/>', undefined],
		['the second value', '<a b="1" c="2"/>', '<a b="1" c="3"/>', "another's"],
		['a value in other quotes', "<a b = '1\"'/>", '<a b="1&quot;"/>', 'mine'],
		['a value that contains the other quote', '<a b="it\'s"/>', '<a b="its"/>', "another's"],
		['a value that is empty', '<a b=""/>', "<a b=''/>", 'mine'],
		['declarations of namespaces', '<a xmlns="urn:a" xmlns:b="urn:b"/>', '<a/>', 'mine'],
		['a value whose name looks like a declaration', '<a xmlnsb="1"/>', '<a/>', undefined],
		['the notation of an empty element', '<a></a>', '<a/>', 'mine'],
		['an empty value, which is missing', '<a/>', '<a b=""/>', undefined],
		['the place of a schema', '<a/>', '<a xmlns:xsi="u" xsi:location="1"/>', undefined],
		['the language', '<a/>', '<a xml:lang="pt"/>', undefined],
		['white space before a comment and text', '<a> <!-- -->1</a>', '<a>1</a>', undefined],
		['white space in parts', '<a> <![CDATA[ ]]>1</a>', '<a>  1</a>', 'mine'],
		['white space before an element and text', '<a> <b/>1</a>', '<a><b/>1</a>', 'mine'],
		['a name further down', '<r><x><b>1</b></x></r>', '<r><x><c>1</c></x></r>', "another's"],
		['a signature', `<a>${signature}<b/></a>`, '<a><b/></a>', 'mine'],
		['a signature that is empty', `<a><s:Signature xmlns:s="${dsig}"/>1</a>`, '<a>1</a>', 'mine'],
		['text on both sides of a signature', `<a>1${signature}2</a>`, '<a>12</a>', 'mine'],
		['nothing, but both have a document type', '<!DOCTYPE a><a/>', '<!DOCTYPE a><a/>', undefined],
	])('%s: %s', async (_, signed, of, same) => {
		expect(await says(signed, of)).toBe(same);
	});
});

describe('the encoding is the declared one', () => {
	const latin1 = (declaration: string): Buffer =>
		Buffer.from(`${declaration}<a>\u00e9</a>`, 'latin1');
	test.each([
		['in double quotes', '<?xml version="1.0" encoding="ISO-8859-1"?>', 'mine'],
		['in single quotes', "<?xml version='1.0' encoding = 'iso-8859-1' ?>", 'mine'],
		[
			'by a name with all kinds of characters',
			'<?xml version="1.0" encoding="iso_8859-1:1987"?>',
			'mine',
		],
		['in another instruction', '<?xml version="1.0"?><?x encoding="ISO-8859-1"?>', undefined],
		[
			'by an attribute with a longer name',
			'<?xml version="1.0" xencoding="ISO-8859-1"?>',
			undefined,
		],
		[
			'in a declaration that is not at the beginning',
			'\n<?xml version="1.0" encoding="ISO-8859-1"?>',
			undefined,
		],
		['by a name that is unknown', '<?xml version="1.0" encoding="none"?>', undefined],
	])('%s', async (_, declaration, same) => {
		expect(await says(latin1(declaration), '<a>\u00e9</a>')).toBe(same);
		expect(await says('<a>\u00e9</a>', latin1(declaration))).toBe(same);
	});

	test('except after a UTF-8 byte order mark, which outranks the declaration', async () => {
		expect(
			await says('\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00e9</a>', '<a>\u00e9</a>'),
		).toBe('mine');
	});
});

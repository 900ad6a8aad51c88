import fc from 'fast-check';
import { read } from '../support/listenToXml.cts';

describe('what is not well-formed is refused, with the first place named:', () => {
	test.each<[document: string, refusal: string]>([
		['<a>Silva & Filhos</a>', "'&amp;'"],
		['<a>1 &<b/></a>', "'&amp;'"],
		['<a b="x & y"/>', "'&amp;'"],
		['<a>&;</a>', "'&amp;'"],
		['<a>&amp </a>', "'&amp;'"],
		['<a>&lt<b/></a>', "'&amp;'"],
		['<a b="&lt"/>', "'&amp;'"],
		['<a>&co;</a>', "'&co;' is not declared"],
		['<a>&#0;</a>', "'&#0;' is not a character"],
		['<a>&#xD800;</a>', "'&#xD800;' is not a character"],
		['<a>&#xDFFF;</a>', "'&#xDFFF;' is not a character"],
		['<a>&#x110000;</a>', 'is not a character'],
		['<a>&#;</a>', 'is not a character'],
		['<a>&#1f;</a>', 'is not a character'],
		['<a>\u0001</a>', 'U+0001'],
		['<a>\u0000</a>', 'U+0000'],
		['<a b="\u000b"/>', 'U+000B'],
		['<!-- \u0008 --><a/>', 'U+0008'],
		['<a><![CDATA[\u001f]]></a>', 'U+001F'],
		['<a><?b \u0002?></a>', 'U+0002'],
		['<a>\uffff</a>', 'U+FFFF'],
		['<a>]]></a>', "']]>'"],
		['<a>1 < 2</a>', "'&lt;'"],
		['<a><1/></a>', "'&lt;'"],
		['<a></b>', "'</b>' appears where '</a>' is expected"],
		['<a></a></a>', "'</a>' does not end any element"],
		['<a><b></a></b>', "'</a>' appears where '</b>' is expected"],
		['<a>', "'a' is not closed"],
		['<a><b>', "'b' is not closed"],
		['<a', 'it ends within a tag'],
		['<a b="1', 'it ends within a tag'],
		['', 'no element'],
		['<!-- a -->', 'no element'],
		['<a/><b/>', "second root element, 'b'"],
		['<a/>text', 'there is text after the end of its root element'],
		['text<a/>', 'there is text before its root element'],
		['<a/>&amp;', 'after the end'],
		['<a/><![CDATA[x]]>', "'<![CDATA['"],
		['<a b=1/>', "'b' has no value in quotes"],
		['<a b/>', "'b' has no value in quotes"],
		['<a b""/>', "'b' has no value in quotes"],
		['<a b="1"c="2"/>', "'c' where an attribute or its end is expected"],
		['<a ="1"/>', "'=' where an attribute or its end is expected"],
		['<a / >', "has a '/' in it"],
		['<a/b>', "has a '/' in it"],
		['<a b="<"/>', "has a '<' in it"],
		['<a b="1" b="2"/>', 'an attribute twice'],
		['<a xmlns:b="1" xmlns:b="2"/>', 'an attribute twice'],
		[`<a ${Array.from({ length: 12 }, (_, at) => `b${at % 11}="1"`).join(' ')}/>`, 'twice'],
		['<b:a/>', "prefix 'b' is not declared"],
		['<a b:c="1"/>', "prefix 'b' is not declared"],
		['<a><b xmlns:c="1"/><c:d/></a>', "prefix 'c' is not declared"],
		['</a>', "'</a>' does not end any element"],
		['<a></a b>', "'</a' has no '>'"],
		['<!-- -- --><a/>', "there is '--' within a comment"],
		['<!--a--', 'it ends within'],
		['<a/><!--', 'it ends within'],
		['<a/><?b', 'it ends within'],
		['<!FOO><a/>', "'<!F' is not something"],
		['<a><!DOCTYPE a></a>', "'<!DOCTYPE' is not something"],
		['<!DOCTYPE a><!DOCTYPE a><a/>', "'<!DOCTYPE' is not something"],
		['<!DOCTYPE a [<!ENTITY b "c">', 'DOCTYPE'],
		['<!DOCTYPE a [<!ENTITY b "x SYSTEM y">]><a>&c;</a>', 'not declared'],
		['<a <b/>', "'<' where an attribute or its end is expected"],
		[' <?xml version="1.0"?><a/>', 'XML declaration is not at its beginning'],
		['<a><?XML b?></a>', 'XML declaration'],
		['<?xml version="1.0" encoding="UTF-8?><a/>', "declaration '<?xml version"],
		['<?xml version="1.0\'?><a/>', 'is not valid'],
		['<?xml version="2.0"?><a/>', 'is not valid'],
		['<?xml encoding="UTF-8"?><a/>', 'is not valid'],
		['<?xml version="1.0"encoding="UTF-8"?><a/>', 'is not valid'],
		['<?xml version="1.0" encoding=""?><a/>', 'is not valid'],
		['<?xml version="1.0" standalone="maybe"?><a/>', 'is not valid'],
		['<?xml version="1.0" x?><a/>', 'is not valid'],
		['<?1?><a/>', "'<?' does not begin an instruction"],
		['<a><??></a>', "'<?' does not begin an instruction"],
	])('%j: %s', (document, refusal) => {
		expect(read(document).refusal).toContain(refusal);
	});

	test('with its exact place', () => {
		expect(read('<a>1 & 2</a>').at).toBe(5);
		expect(read('<a b="1 & 2"/>').at).toBe(8);
		expect(read('<a\n b="1"c="2"/>').at).toBe(9);
		expect(read('<a>\n</b>').at).toBe(4);
		expect(read('<a  b"1"/>').at).toBe(4);
		expect(read('<a>x]]></a>').at).toBe(6);
		expect(read('<a>x]]></a>', [5]).at).toBe(6);
	});

	test('with only the beginning of a long name', () => {
		const { refusal } = read(`<${'n'.repeat(1000)}>`);
		expect(refusal).toContain(`'${'n'.repeat(20)}`);
		expect(refusal.length).toBeLessThan(130);
	});
});

describe('everything that XML allows is accepted', () => {
	test.each([
		'<a>\ufffd \u0085 \u007f</a>',
		'<a>] ]] ]>&gt;</a>',
		"<a b='>' c=\"'\" d = '1'\n/>",
		'<a\n></a\n>',
		'<?xml version="1.0"?>\n<!-- - a -->\n<?b ? > ?><a/>\n<!----><?c?>',
		"<?xml version='1.1'\n encoding = \"ISO-8859-1\" standalone='no' ?><a/>",
		'<a><![CDATA[<b>&c;]]]]><![CDATA[>]]></a>',
		'<é:ç xmlns:é="u"/>',
		'<a.b-c_1 xml:lang="pt"/>',
		'<a xmlns:b="u" b:c="1" c="2"/>',
		'<a>&#9;&#xA;&#x10FFFF;&quot;</a>',
		'<!DOCTYPE a SYSTEM "a.dtd"><a b:c="1">&d;</a>',
		'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY % d "e"> <!-- \' ]> --> <?f " ?>]><a>&b;</a>',
		'<!DOCTYPE a [%d;]><a>&b;</a>',
		`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`,
		'<!DOCTYPE  ab  PUBLIC "x" "y"><a>&d;</a>',
		'<!DOCTYPE a [<!ENTITY  b \']>\'><!ENTITY c "]>">]><a>&b;&c;</a>',
		'<!DOCTYPE a [%de;]><a>&b;</a>',
		'<a><?my-xml b?></a>',
		'<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><a/>',
	])('%j', (document) => {
		expect(read(document).refusal).toBe('');
		const step = Math.ceil(document.length / 150);
		for (let cut = 1; cut < document.length; cut += step)
			expect(read(document, [cut])).toEqual(read(document));
	});

	test('and so is an entity of a document type of which not everything is kept', () => {
		const document = `<!DOCTYPE a [${' '.repeat(1_000_001)}<!ENTITY b "c">]><a>&b;</a>`;
		expect(read(document, [1_000_020]).refusal).toBe('');
	});

	test('except an entity that the document type does not declare', () => {
		expect(read('<!DOCTYPE a [<!ENTITY b "&c;">]><a>&c;</a>').refusal).toContain('not declared');
	});
});

test('a reader reports a reference to an entity as it is written', () => {
	const document = '<!DOCTYPE a [<!ENTITY b "c">]><a d="1&b;">2&b;</a>';
	expect(read(document).told).toEqual(['<a||30-42 0|d=1&b;', '2&b;', '>']);
});

test('a reader reports what a document says', () => {
	const document =
		'<a xmlns="urn:1" xmlns:p="urn:2"><p:b xmlns="urn:3" c=\'&lt;4\'>x&amp;<![CDATA[<y>]]]>]<d/></p:b></a>';
	expect(read(document).told).toEqual([
		'<a|urn:1|0-33 0',
		'<p:b|urn:2|33-62 1|c=<4',
		'x&<y>]]',
		'<d|urn:3|85-89 2 empty',
		'>',
		'>',
		'>',
	]);
});

const fragments = fc
	.array(
		fc.constantFrom(
			...[
				'<a',
				'<b:c',
				'</a',
				'>',
				'/>',
				' ',
				'd',
				'=',
				'"',
				"'",
				'[',
				']',
				' xmlns:b="f"',
				'&amp;',
			],
			...[
				'<!--',
				'-->',
				'<![CDATA[',
				']]>',
				'<?x ',
				'?>',
				'<!DOCTYPE a',
				'<a>',
				'</a>',
				'&',
				';',
				'<a/>',
			],
		),
		{ maxLength: 12 },
	)
	.map((found) => found.join(''));

test('the same is reported and refused, whatever pieces a document arrives in', () => {
	fc.assert(
		fc.property(fragments, fc.array(fc.nat(80), { maxLength: 8 }), (inside, ends) => {
			const document = `<a>${inside}</a>`;
			const pieces = ends.filter((end) => end < document.length);
			expect(read(document, pieces)).toEqual(read(document));
		}),
		{ numRuns: 3000 },
	);
});

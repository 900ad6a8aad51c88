import fc from 'fast-check';
import type { XmlHandler } from '../../nodes/SignStash/documents/xml/XmlElement';
import { XmlFault } from '../../nodes/SignStash/documents/xml/XmlFault';
import { XmlReader } from '../../nodes/SignStash/documents/xml/XmlReader';

/** Everything that a reader reports about a document, and what it refuses. */
class Listener implements XmlHandler {
	readonly told: string[] = [];
	#text = '';

	open({
		name,
		namespace,
		attributes,
		start,
		end,
		isEmpty,
		depth,
	}: Parameters<XmlHandler['open']>[0]) {
		this.endText();
		const values = attributes.map((one) => `${one.name}=${one.value}`);
		const place = `${start}-${end} ${depth}${isEmpty ? ' empty' : ''}`;
		this.told.push([`<${name}`, namespace, place, ...values].join('|'));
	}

	close() {
		this.endText();
		this.told.push('>');
	}

	text(part: string) {
		this.#text += part;
	}

	endText() {
		if (this.#text !== '') this.told.push(this.#text);
		this.#text = '';
	}
}

interface Read {
	told: string[];
	refusal: string;
	at?: number;
}

/** Reads a document in pieces that end at the given places. */
function read(document: string, ends: number[] = []): Read {
	const listener = new Listener();
	const reader = new XmlReader(listener);
	const places = [0, ...ends, document.length].sort((one, other) => one - other);
	try {
		for (const [index, from] of places.entries())
			reader.read(document.slice(from, places[index + 1]), from);
		reader.end();
		return { told: listener.told, refusal: '' };
	} catch (error) {
		if (!(error instanceof XmlFault)) throw error;
		return { told: listener.told, refusal: error.message, at: error.at };
	}
}

describe('what is not well-formed is refused, with the first place named:', () => {
	test.each<[document: string, refusal: string]>([
		['<a>Silva & Filhos</a>', "'&amp;'"],
		['<a>1 &<b/></a>', "'&amp;'"],
		['<a b="x & y"/>', "'&amp;'"],
		['<a>&;</a>', "'&amp;'"],
		['<a>&co;</a>', "'&co;' is not declared"],
		['<a>&#0;</a>', "'&#0;' is not a character"],
		['<a>&#xD800;</a>', "'&#xD800;' is not a character"],
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
		['<a', 'no element'],
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
		['<!--a--', 'no element'],
		['<a/><!--', 'it ends within'],
		['<a/><?b', 'it ends within'],
		['<!FOO><a/>', "'<!F' is not something"],
		['<a><!DOCTYPE a></a>', "'<!DOCTYPE' is not something"],
		['<!DOCTYPE a><!DOCTYPE a><a/>', "'<!DOCTYPE' is not something"],
		['<!DOCTYPE a [<!ENTITY b "c">', 'DOCTYPE'],
		[' <?xml version="1.0"?><a/>', 'XML declaration is not at its beginning'],
		['<a><?XML b?></a>', 'XML declaration'],
		['<?1?><a/>', "'<?' does not begin an instruction"],
		['<a><??></a>', "'<?' does not begin an instruction"],
	])('%j: %s', (document, refusal) => {
		expect(read(document).refusal).toContain(refusal);
	});

	test('with its exact place', () => {
		expect(read('<a>1 & 2</a>').at).toBe(6);
		expect(read('<a>\n</b>').at).toBe(4);
	});

	test('with only the beginning of a long name', () => {
		expect(read(`<${'n'.repeat(1000)}>`).refusal.length).toBeLessThan(130);
	});
});

describe('everything that XML allows is accepted', () => {
	test.each([
		'<a>\ufffd \u0085 \u007f</a>',
		'<a>] ]] ]>&gt;</a>',
		"<a b='>' c=\"'\" d = '1'\n/>",
		'<a\n></a\n>',
		'<?xml version="1.0"?>\n<!-- - a -->\n<?b ? > ?><a/>\n<!----><?c?>',
		'<a><![CDATA[<b>&c;]]]]><![CDATA[>]]></a>',
		'<é:ç xmlns:é="u"/>',
		'<a.b-c_1 xml:lang="pt"/>',
		'<a xmlns:b="u" b:c="1" c="2"/>',
		'<a>&#9;&#xA;&#x10FFFF;&quot;</a>',
		'<!DOCTYPE a SYSTEM "a.dtd"><a b:c="1">&d;</a>',
		'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY % d "e"> <!-- \' ]> --> <?f " ?>]><a>&b;</a>',
		'<!DOCTYPE a [%d;]><a>&b;</a>',
		`${'<a>'.repeat(300)}${'</a>'.repeat(300)}`,
	])('%j', (document) => {
		expect(read(document).refusal).toBe('');
	});

	test('except an entity that the document type does not declare', () => {
		expect(read('<!DOCTYPE a [<!ENTITY b "&c;">]><a>&c;</a>').refusal).toContain('not declared');
	});
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

/** How many characters are read from strings, one by one or by copying or searching a part. */
function looksAt(document: string): number {
	const each = 512;
	let looks = 0;
	const spies = [
		jest.spyOn(RegExp.prototype, 'test').mockImplementation(function (this: RegExp, text: string) {
			const from = this.lastIndex;
			const found = this.exec(text);
			looks += (found ? this.lastIndex : text.length) - from;
			return found !== null;
		}),
		jest.spyOn(String.prototype, 'charCodeAt'),
		jest.spyOn(String.prototype, 'charAt'),
	];
	const ends = Array.from({ length: Math.ceil(document.length / each) }, (_, at) => at * each);
	read(document, ends.slice(1));
	for (const spy of spies.slice(1)) looks += spy.mock.calls.length;
	for (const spy of spies) spy.mockRestore();
	return looks;
}

const times = (count: number, each: (index: number) => string): string =>
	Array.from({ length: count }, (_, index) => each(index)).join('');

describe('a hostile document is read only a few times:', () => {
	test.each<[what: string, of: (size: number) => string]>([
		['a missing quote', (size) => `<a b="1>${times(size, () => '<c d="2">x</c>')}</a>`],
		['an endless value', (size) => `<a b="${'c=d '.repeat(size)}`],
		['an endless name', (size) => `<a xmlns="urn:a" ${'x'.repeat(size)}`],
		['an endless tag', (size) => `<a ${times(size, (at) => `b${at}="1" `)}`],
		['white space', (size) => `<a ${' '.repeat(size)}b${' '.repeat(size)}></a>`],
		['many namespaces', (size) => `<a ${times(size, (at) => `xmlns:n${at}="urn:x" `)}/>`],
		['nested elements', (size) => '<a>'.repeat(size)],
		['endless comments in a DOCTYPE', (size) => `<!DOCTYPE a [${'<!--'.repeat(size)}`],
		['quotes in a DOCTYPE', (size) => `<!DOCTYPE a [${'\'" '.repeat(size)}`],
		['brackets in a DOCTYPE', (size) => `<!DOCTYPE a ${'['.repeat(size)}>`],
		['comments', (size) => `<a>${'<!--->-->'.repeat(size)}</a>`],
		['hyphens', (size) => `<!--${'- '.repeat(size)}`],
		['brackets', (size) => `<a>${']'.repeat(size)}</a>`],
		['brackets in CDATA', (size) => `<a><![CDATA[${']'.repeat(size)}`],
		['question marks', (size) => `<?a ${'?'.repeat(size)}`],
		['an endless entity', (size) => `<a>&${'x'.repeat(size)}`],
		['references', (size) => `<a>${'&#x000000000041;'.repeat(size)}</a>`],
	])('%s', (_, of) => {
		const [small, large] = [of(1000), of(8000)];
		expect(looksAt(large) / large.length).toBeLessThan(2 * (looksAt(small) / small.length) + 1);
		expect(looksAt(large)).toBeLessThan(12 * large.length);
	});

	test('more than 10000 attributes or levels are refused', () => {
		const attributes = times(10_001, (at) => ` b${at}="1"`);
		expect(read(`<a${attributes}/>`).refusal).toContain('more than 10000 attributes');
		expect(read('<a>'.repeat(10_001)).refusal).toContain('more than 10000 deep');
	});
});

import fc from 'fast-check';
import { hasElement, scanElements } from '../../nodes/SignStash/documents/xmlScan';
import { ScanRefusal, type Text } from '../../nodes/SignStash/documents/xmlTags';

/** A text that counts how many characters it was asked to look at. */
class CountingText implements Text {
	steps = 0;

	constructor(private readonly text: string) {}

	get length(): number {
		return this.text.length;
	}

	charCodeAt(at: number): number {
		this.steps++;
		return this.text.charCodeAt(at);
	}

	indexOf(wanted: string, from = 0): number {
		const at = this.text.indexOf(wanted, from);
		this.steps += (at < 0 ? this.length : at + wanted.length) - from;
		return at;
	}

	slice(start = 0, end = this.length): string {
		const part = this.text.slice(start, end);
		this.steps += part.length;
		return part;
	}

	startsWith(wanted: string, at = 0): boolean {
		this.steps += wanted.length;
		return this.text.startsWith(wanted, at);
	}
}

interface Scan {
	steps: number;
	refusal: string;
}

function scanned(document: string): Scan {
	const text = new CountingText(document);
	const scan = (refusal: string): Scan => ({ steps: text.steps, refusal });
	try {
		Array.from(scanElements(text));
		return scan('');
	} catch (error) {
		if (error instanceof ScanRefusal) return scan(error.message);
		throw error;
	}
}

/** How often the scan may look at a character, on the average. */
const looks = 12;

const times = (count: number, each: (index: number) => string): string =>
	Array.from({ length: count }, (_, index) => each(index)).join('');

const hostile: Array<[what: string, of: (size: number) => string, refusal: string]> = [
	['a quote missing', (size) => `<a b="1>${times(size, () => '<c d="2">x</c>')}</a>`, "'<' in it"],
	['a last quote missing', (size) => `<a b="${'c="d '.repeat(size)}>`, 'quotes'],
	['a name without end', (size) => `<a xmlns="urn:a" ${'x'.repeat(size)}></a>`, 'quotes'],
	['names without values', (size) => `<a ${'x '.repeat(size)}></a>`, 'quotes'],
	['a tag without end', (size) => `<a ${'b="1" '.repeat(size)}`, 'no end'],
	['white space', (size) => `<a ${' '.repeat(size)}b${' '.repeat(size)}></a>`, 'quotes'],
	['many attributes', (size) => `<a ${times(size, (at) => `b${at}=">" `)}/>`, ''],
	[
		'many namespaces',
		(size) => `<a ${times(size, (at) => `xmlns:n${at}="urn:x" `)}/>`,
		'more than 1000 namespaces',
	],
	[
		'namespaces within each other',
		(size) => times(size, (at) => `<a xmlns:n${at}="urn:x">`) + '</a>'.repeat(size),
		'nested more than 256 deep',
	],
	[
		'namespaces beside each other, in a crowd',
		(size) =>
			`<a ${times(900, (at) => `xmlns:n${at}="urn:x" `)}>${times(size, (at) => `<b xmlns:m${at}="urn:x"/>`)}</a>`,
		'',
	],
	['comments without end in a DOCTYPE', (size) => `<!DOCTYPE a [${'<!--'.repeat(size)}`, '-->'],
	['instructions without end in a DOCTYPE', (size) => `<!DOCTYPE a [${'<?'.repeat(size)}`, '?>'],
	['quotes in a DOCTYPE', (size) => `<!DOCTYPE a [${'\'" '.repeat(size)}`, 'is missing'],
	['brackets in a DOCTYPE', (size) => `<!DOCTYPE a ${'['.repeat(size)}>`, 'no end'],
	['DOCTYPEs', (size) => '<!'.repeat(size), 'no end'],
	['comments without end', (size) => '<!--'.repeat(size), '-->'],
	['CDATA without end', (size) => '<![CDATA['.repeat(size), ']]>'],
	['end tags', (size) => `<a>${'</b>'.repeat(size)}`, "'b' has no start"],
	['tags in tags', (size) => '<a'.repeat(size), 'quotes'],
];

test.each(['<a/ b="1">', '<a b>', '<a/b>', '</a/>', '<a ="1"/>', '<a b""1"/>', '<a b=1/>'])(
	'%s is no tag',
	(tag) => {
		expect(scanned(`<a>${tag}</a>`).refusal).toContain('an attribute without a value in quotes');
	},
);

describe('the scan of a hostile document looks at each character a few times only', () => {
	test.each(hostile)('%s', (_, of, refusal) => {
		const document = of(5000);
		const scan = scanned(document);
		expect(scan.refusal).toContain(refusal);
		expect(scan.refusal === '').toBe(refusal === '');
		expect(scan.steps).toBeLessThan(looks * document.length);
	});

	test('anything repeated, between anything else', () => {
		const fragments = fc
			.array(
				fc.constantFrom(
					...['<a', '<b:c', '</a', '>', '/>', ' ', 'd', '=', '"', "'", '[', ']', 'xmlns:e="f"'],
					...['<!--', '-->', '<![CDATA[', ']]>', '<?', '?>', '<!DOCTYPE ', '<a>', '</a>'],
				),
				{ maxLength: 6 },
			)
			.map((found) => found.join(''));
		fc.assert(
			fc.property(fragments, fragments, fragments, (before, repeated, behind) => {
				const document = before + repeated.repeat(1000) + behind;
				expect(scanned(document).steps).toBeLessThanOrEqual(looks * document.length + 100);
			}),
			{ numRuns: 2000 },
		);
	});

	test('each namespace is remembered once, not once for every element within', () => {
		const elements = 250;
		const document = `<a ${times(elements, (at) => `xmlns:o${at}="urn:x" `)}>${times(elements, (at) => `<a xmlns:n${at}="urn:x">`)}${'</a>'.repeat(elements)}</a>`;
		const set = jest.spyOn(Map.prototype, 'set');
		const push = jest.spyOn(Array.prototype, 'push');
		scanned(document);
		const kept = set.mock.calls.length + push.mock.calls.length;
		set.mockRestore();
		push.mockRestore();
		expect(kept).toBeLessThan(10 * elements);
	});
});

test('namespaces end with the element that declares them', () => {
	const document =
		'<a xmlns="urn:1" xmlns:p="urn:2"><p:b xmlns="urn:3" xmlns:p=\'urn:4\'><c/><p:d xmlns:p="urn:5"/></p:b><e/><p:f/><q:g/></a>';
	const found = Array.from(scanElements(document), ({ name, namespace }) => `${name} ${namespace}`);
	expect(found).toEqual([
		...['a urn:1', 'p:b urn:4', 'c urn:3', 'p:d urn:5'],
		...['e urn:1', 'p:f urn:2', 'q:g '],
	]);
});

test('256 elements within each other are still read', () => {
	expect(scanned('<a>'.repeat(256) + '</a>'.repeat(256)).refusal).toBe('');
	expect(scanned('<a>'.repeat(257) + '</a>'.repeat(257)).refusal).toContain('256 deep');
});

test('a message shows the beginning of a long name only', () => {
	expect(scanned(`<${'n'.repeat(1000)}>`).refusal.length).toBeLessThan(100);
	expect(scanned(`</${'n'.repeat(1000)}>`).refusal.length).toBeLessThan(100);
});

test('hasElement is not misled by a name in a value or in text', () => {
	expect(hasElement(Buffer.from('<a b="c"> &lt;c> c </a>'), 'c')).toBe(false);
});

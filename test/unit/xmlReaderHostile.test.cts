import { read } from '../support/listenToXml.cts';

/** How many characters are searched in strings, or read one by one. */
function looksAt(document: string): number {
	const each = 512;
	let looks = 0;
	const { exec } = RegExp.prototype;
	const { indexOf } = String.prototype;
	const searched = (text: string, from: number, end: number): void => {
		looks += Math.max(0, (end < 0 ? text.length : end) - from);
	};
	const spies = [
		jest.spyOn(RegExp.prototype, 'exec').mockImplementation(function (this: RegExp, text: string) {
			const from = this.global || this.sticky ? this.lastIndex : 0;
			const found = exec.call(this, text);
			// A sticky pattern that does not match has been given up at its place.
			searched(text, from, found ? found.index + found[0].length : this.sticky ? from + 1 : -1);
			return found;
		}),
		jest.spyOn(String.prototype, 'indexOf').mockImplementation(function (
			this: string,
			mark: string,
			from = 0,
		) {
			const found = indexOf.call(this, mark, from);
			searched(this, from, found);
			return found;
		}),
		jest.spyOn(String.prototype, 'charAt'),
	];
	const ends = Array.from({ length: Math.ceil(document.length / each) }, (_, at) => at * each);
	read(document, ends.slice(1));
	looks += spies.at(-1)?.mock.calls.length ?? 0;
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

	test('a tag of more than ten million characters is refused', () => {
		expect(read(`<a b="${'x'.repeat(9_999_990)}"/>`).refusal).toBe('');
		expect(read(`<a b="${'x'.repeat(10_000_000)}"/>`).refusal).toContain('longer than 10000000');
	});
});

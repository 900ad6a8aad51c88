import fc from 'fast-check';
import { matchingFields } from '../../nodes/SignStash/operations/sign/inputFiles';

test.each<[pattern: string, fields: string[], matching: string[]]>([
	['attachment_*', ['attachment_10', 'data', 'attachment_9'], ['attachment_9', 'attachment_10']],
	['*', ['b', 'a'], ['a', 'b']],
	['*.pdf', ['a.pdf', 'apdf', 'b.pdf.txt'], ['a.pdf']],
	['a*c', ['abc', 'ac', 'abd'], ['abc', 'ac']],
	['(x)*', ['(x)1', 'x1'], ['(x)1']],
	['a*a', ['a', 'aa'], ['aa']],
	['*b*b*', ['ab', 'abab', 'bab'], ['abab', 'bab']],
	['a**c', ['ac', 'abc', 'a'], ['abc', 'ac']],
	['a*\nb', ['a\n\nb'], ['a\n\nb']],
])('%s matches %j', (pattern, fields, matching) => {
	expect(matchingFields(pattern, fields)).toEqual(matching);
});

test('a star matches any characters, every other character only itself', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.string(), (start, middle, end) => {
			fc.pre(!`${start}${end}`.includes('*'));
			expect(matchingFields(`${start}*${end}`, [`${start}${middle}${end}`])).toHaveLength(1);
			expect(matchingFields(start === '' ? '-' : start, [`${start}x`])).toEqual([]);
		}),
	);
});

test('a pattern with many stars is matched in a small number of searches', () => {
	const looked = jest.spyOn(String.prototype, 'indexOf');
	const field = `${'a_'.repeat(5000)}b`;
	expect(matchingFields(`${'*a*_'.repeat(4000)}*z`, [field])).toEqual([]);
	const looks = looked.mock.calls.length;
	looked.mockRestore();
	expect(looks).toBeLessThan(10_000);
});

import fc from 'fast-check';
import { matchingFields } from '../../nodes/SignStash/operations/sign/inputFiles';

test.each<[pattern: string, fields: string[], matching: string[]]>([
	['attachment_*', ['attachment_10', 'data', 'attachment_9'], ['attachment_9', 'attachment_10']],
	['*', ['b', 'a'], ['a', 'b']],
	['*.pdf', ['a.pdf', 'apdf', 'b.pdf.txt'], ['a.pdf']],
	['a*c', ['abc', 'ac', 'abd'], ['abc', 'ac']],
	['(x)*', ['(x)1', 'x1'], ['(x)1']],
])('%s matches %j', (pattern, fields, matching) => {
	expect(matchingFields(pattern, fields)).toEqual(matching);
});

test('a star stands for any characters, every other character for itself', () => {
	fc.assert(
		fc.property(fc.string(), fc.string(), fc.string(), (start, middle, end) => {
			fc.pre(!`${start}${end}`.includes('*'));
			expect(matchingFields(`${start}*${end}`, [`${start}${middle}${end}`])).toHaveLength(1);
			expect(matchingFields(start === '' ? '-' : start, [`${start}x`])).toEqual([]);
		}),
	);
});

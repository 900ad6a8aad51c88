import { gatheringHint } from '../../nodes/SignStash/operations/sign/Hints';

const limit = 20_000_000;
const small = (documents: number, each: number) =>
	gatheringHint({ documents, bytes: documents * each }, limit);

test('for many small documents, it says how many requests gathering would take', () => {
	expect(small(1000, 10_000)).toContain('1000 documents took 1000 requests.');
	expect(small(1000, 10_000)).toContain('about 20 requests');
	expect(small(50, 10_000)).toContain('they would take 1 request,');
});

test('the size limit of a request bounds how many documents it gathers', () => {
	expect(gatheringHint({ documents: 1000, bytes: 100_000_000 }, 1_000_000)).toContain(
		'about 100 requests',
	);
});

test('few or large documents get no hint, as they would gain little', () => {
	expect(small(49, 10_000)).toBeUndefined();
	expect(small(100, 200_001)).toBeUndefined();
});

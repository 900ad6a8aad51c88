import { comparable, mayBeCut } from '../../nodes/SignStash/signing/references';
import fc from 'fast-check';
import { requestReference, type Claim, type Showing } from '../../nodes/SignStash/signing/evidence';
import { claim, derived, judged, markOf, neighbour } from '../support/evidenceCases.cts';

describe('however a service rewrites what it was sent', () => {
	/** References as they can be sent: see `safeReference`. */
	const safe = fc.stringMatching(/^[A-Za-z0-9_.~:-]{2,40}$/);
	const claims = fc.record({
		reference: safe,
		fingerprint: fc.stringMatching(/^[0-9a-f]{64}$/),
		derived: fc.boolean(),
		name: fc.constant('a.pdf'),
		contentLength: fc.constant(1000),
	});
	const words = fc.constantFrom<Showing['content']>('mine', "another's", undefined);
	const encoded = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '%$&');
	const ways = fc.constantFrom<(text: string) => string>(
		(text) => text.toUpperCase(),
		(text) => text.toLowerCase(),
		(text) => `  ${text} `,
		encoded,
		encodeURIComponent,
		(text) => ` ${encoded(text.toUpperCase())}`,
	);

	test('changes of case, padding and encoding change no verdict', () => {
		fc.assert(
			fc.property(
				claims,
				claims,
				claims,
				words,
				ways,
				ways,
				(own, shown, marked, content, a, b) => {
					const others = [own, shown, marked];
					for (const marks of [markOf(marked), markOf(marked, own), markOf(shown, marked, own)])
						for (const { reference } of others) {
							const plain = {
								claim: own,
								content,
								marks: [marks],
								document: { externalReference: reference },
							};
							const other = {
								...plain,
								marks: [a(marks)],
								document: { externalReference: b(reference) },
							};
							expect(judged(other)).toBe(judged(plain));
						}
				},
			),
		);
	});

	test('a reference that is cut short is no evidence, for or against', () => {
		fc.assert(
			fc.property(claims, fc.nat(), (own, length) => {
				const cut = own.reference.slice(0, length % own.reference.length);
				fc.pre(mayBeCut(comparable(cut), comparable(own.reference)));
				expect(judged({ claim: own, document: { externalReference: cut } })).toBe('unknown');
			}),
		);
	});

	test('a mark that is cut short is no evidence, for or against', () => {
		fc.assert(
			fc.property(claims, fc.array(claims, { maxLength: 4 }), fc.nat(), (own, others, cut) => {
				const marks = fc.sample(fc.shuffledSubarray([own, ...others], { minLength: 1 }), {
					numRuns: 1,
					seed: cut,
				});
				const [first = own, ...rest] = marks[0] ?? [];
				const mark = markOf(first, ...rest);
				const shown = mark.slice(0, mark.length - 1 - (cut % 16));
				const without = { claim: own, document: { externalReference: '' } };
				expect(judged({ ...without, marks: [shown] })).toBe('unknown');
			}),
		);
	});

	const batches = fc.uniqueArray(claims, {
		minLength: 2,
		maxLength: 30,
		selector: ({ reference }) => reference.toLowerCase(),
	});

	test('the mark of a request distinguishes each of its documents from every other document', () => {
		fc.assert(
			fc.property(batches, fc.boolean(), (all, isDerived) => {
				const [first = claim, ...rest] = all.map((one) => ({ ...one, derived: isDerived }));
				const marks = [markOf(first, ...rest)];
				for (const one of [first, ...rest]) {
					expect(judged({ claim: one, marks })).toBe('ours');
					const other = { ...one, fingerprint: 'f'.repeat(64), derived: false };
					expect(judged({ claim: other, marks })).toBe(isDerived ? 'unknown' : 'anothers');
				}
			}),
			// Marks of several documents have four letters each, so one pair in a million coincides: hence the seed.
			{ seed: 1, numRuns: 30 },
		);
	});
});

test.each<[Claim[], string]>([
	[[claim], 'R.n8n-141c7dcbf2c5b487'],
	[[claim, neighbour, derived], 'R.n8n-91779fcf8126-02-vwej86kj'],
	[[derived, { ...neighbour, derived: true }], 'R.n8n-585c5237c9ec-00-'],
])(
	"the mark never changes, or documents signed under it would count as another's: %#",
	(all, mark) => {
		const [first = claim, ...others] = all;
		expect(markOf(first, ...others)).toBe(mark);
	},
);

test('a request without documents has no mark', () => {
	expect(requestReference('R', [])).toBe('R');
});

test('marks of thirty documents fit into a URL path together with a long reference', () => {
	const long = 'F'.repeat(97);
	const many = Array.from({ length: 30 }, (_, index) => ({
		...claim,
		reference: `${long}-${index}`,
	}));
	const reference = requestReference(`${long}-0`, many);
	expect(reference).toMatch(/^[\w.-]+$/);
	expect(reference.length).toBeLessThan(255);
	for (const one of many) expect(judged({ claim: one, marks: [reference] })).toBe('ours');
});

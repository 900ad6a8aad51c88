import type { Operation, OperationDocument } from '../../nodes/SignStash/service/Operation';
import {
	requestReference,
	whose,
	type Claim,
	type Whose,
} from '../../nodes/SignStash/signing/evidence';

const fingerprint = 'a'.repeat(64);
const claim: Claim = { fingerprint, derived: false, name: 'a.pdf', contentLength: 1000 };
const derived = { ...claim, derived: true };
const others = { ...claim, fingerprint: 'b'.repeat(64) };

const shownIn = (...requestReferences: string[]): Operation => ({
	id: '1',
	requestReferences,
	documents: [],
	receivers: [],
	raw: {},
});

const mark = (one: Claim): string => requestReference([{ ...one, reference: 'R' }]);
const sharedMark = (...claims: Claim[]): string =>
	requestReference(claims.map((one, index) => ({ ...one, reference: `R${index}` })));

const document = (shown: Partial<OperationDocument> = {}): OperationDocument => ({
	externalReference: 'R',
	...shown,
});
const sameLengthAndName = document({ contentLength: 1000, name: 'a.pdf' });

const markedAs = (start: string, derived: boolean, reference: string) => ({
	fingerprint: start.padEnd(64, start),
	derived,
	reference,
});
const mark1 = markedAs('0123456789abcdef', false, 'R1');
const mark2 = markedAs('00000000f', false, 'R2');
const mark3 = markedAs('c', true, 'R3');

interface Case {
	name: string;
	operation?: Operation;
	document?: OperationDocument;
	claim?: Claim;
	shown?: boolean;
	doubt?: boolean;
	is: Whose;
}

const cases: Case[] = [
	{ name: 'our mark', operation: shownIn(mark(claim)), is: 'ours' },
	{ name: 'our mark in capitals', operation: shownIn(mark(claim).toUpperCase()), is: 'ours' },
	{
		name: "another's mark, whatever the length",
		operation: shownIn(mark(others)),
		document: sameLengthAndName,
		is: 'anothers',
	},
	{
		name: 'our mark behind the reference of someone else',
		operation: shownIn('folder of the day', mark(claim)),
		is: 'ours',
	},
	{
		name: 'words behind our mark: it is none',
		operation: shownIn(`${mark(claim)}x`),
		is: 'unknown',
	},
	{
		name: 'words behind the mark of several: it is none',
		operation: shownIn(`${sharedMark(others, others)}-`),
		is: 'unknown',
	},
	{
		name: 'a mark of several that is cut off: it is none',
		operation: shownIn(sharedMark(others, others).slice(0, -1)),
		is: 'unknown',
	},
	{
		name: "a mark without a document's own, and another behind it",
		operation: shownIn(sharedMark(derived, derived), mark(claim)),
		is: 'ours',
	},
	{ name: 'our mark among several', operation: shownIn(sharedMark(others, claim)), is: 'ours' },
	{
		name: 'the mark of several others',
		operation: shownIn(sharedMark(others, others)),
		is: 'anothers',
	},
	{
		name: 'a derived reference',
		claim: derived,
		document: document({ contentLength: 7 }),
		is: 'ours',
	},
	{ name: 'a content of our bytes', shown: true, document: document({ name: 'b' }), is: 'ours' },
	{ name: 'a content of other bytes', shown: false, document: sameLengthAndName, is: 'anothers' },
	{ name: 'the same length and name', document: sameLengthAndName, is: 'ours' },
	{
		name: 'a length within the limit, and the rest beyond it',
		document: document({ contentLength: 600, additionalContentLength: 400, name: 'a.pdf' }),
		is: 'ours',
	},
	{ name: 'another length', document: document({ contentLength: 7 }), is: 'anothers' },
	{
		name: 'another length, while a request of ours has no answer',
		document: document({ contentLength: 7 }),
		doubt: true,
		is: 'unknown',
	},
	{
		name: 'the same length and name, while a request of ours has no answer',
		document: sameLengthAndName,
		doubt: true,
		is: 'ours',
	},
	{ name: 'no length', document: document({ name: 'a.pdf' }), is: 'unknown' },
	{
		name: 'another name',
		document: document({ contentLength: 1000, name: 'b.pdf' }),
		is: 'unknown',
	},
	{ name: 'nothing', is: 'unknown' },
];

test.each(cases)('$name: $is', ({ operation, document: shown, ...one }) => {
	const judged = whose(one.claim ?? claim, operation ?? shownIn(), shown ?? document(), {
		shown: one.shown,
		doubt: one.doubt ?? false,
	});
	expect(judged).toBe(one.is);
});

test.each([
	[[mark1], 'R1.n8n-0123456789abcdef'],
	[[mark1, mark2, mark3], 'R1.n8n-627b848c8787-d4yv0000'],
	[[mark3, mark3], 'R3.n8n-6783fd527610-'],
])('the mark is as an earlier version of the node wrote it: %#', (documents, reference) => {
	expect(requestReference(documents)).toBe(reference);
});

test('a mark survives in a URL path and tells the documents of thirty apart, beside a long reference', () => {
	const many = Array.from({ length: 30 }, (_, index) => ({
		...claim,
		fingerprint: index.toString(16).padStart(8, '0').padEnd(64, '0'),
	}));
	const long = 'F'.repeat(100);
	const reference = requestReference(many.map((one) => ({ ...one, reference: long })));
	expect(reference).toMatch(/^[\w.-]+$/);
	expect(reference.length).toBeLessThan(255);
	for (const one of many)
		expect(whose(one, shownIn(reference), document(), { doubt: false })).toBe('ours');
});

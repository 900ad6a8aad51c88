import { requestReference } from '../../nodes/SignStash/signing/evidence';
import {
	claim,
	corrected,
	derived,
	judged,
	markOf,
	neighbour,
	type Case,
} from '../support/evidenceCases.cts';

const byReference: Case[] = [
	{ name: 'a derived reference', claim: derived, is: 'ours' },
	{
		name: 'a derived reference in different case',
		claim: derived,
		document: { externalReference: 'r' },
		is: 'ours',
	},
	{
		name: 'a derived reference with white space around it',
		claim: derived,
		document: { externalReference: ' R\t' },
		is: 'ours',
	},
	{
		name: 'a derived reference, percent-encoded',
		claim: { ...derived, reference: 'PRT 1' },
		document: { externalReference: 'PRT%201' },
		is: 'ours',
	},
	{
		name: 'a derived reference that is cut short proves nothing',
		claim: { ...derived, reference: 'abcdef' },
		document: { externalReference: 'abc' },
		is: 'unknown',
	},
	{
		name: 'a missing derived reference proves nothing',
		claim: derived,
		document: { externalReference: '' },
		is: 'unknown',
	},
	{
		name: 'a reference other than the derived one',
		claim: derived,
		document: { externalReference: 'X' },
		is: 'anothers',
	},
	{
		name: 'a longer reference than ours',
		claim: derived,
		document: { externalReference: 'R1' },
		is: 'anothers',
	},
	{ name: 'a given reference proves nothing about the bytes', is: 'unknown' },
	{ name: 'another given reference', document: { externalReference: 'X' }, is: 'anothers' },
	{
		name: 'a missing given reference proves nothing',
		document: { externalReference: '' },
		is: 'unknown',
	},
	{
		name: 'the member of the row that the document has now',
		claim: derived,
		member: 'R~2',
		document: { externalReference: 'R~2' },
		is: 'ours',
	},
	{
		name: 'a later member of the row',
		claim: derived,
		document: { externalReference: 'R~2' },
		is: 'anothers',
	},
	{
		name: 'the first member, when a later one was asked for, may be that one cut short',
		claim: derived,
		member: 'R~2',
		is: 'unknown',
	},
];

const byMark: Case[] = [
	{ name: 'our mark', marks: [markOf(claim)], is: 'ours' },
	{ name: 'our mark in capitals', marks: [markOf(claim).toUpperCase()], is: 'ours' },
	{ name: 'our mark, padded', marks: [` ${markOf(claim)} `], is: 'ours' },
	{ name: 'our mark, encoded', marks: [markOf(claim).replace('.', '%2E')], is: 'ours' },
	{
		name: "our mark after someone else's reference",
		marks: ['day', markOf(claim)],
		is: 'ours',
	},
	{
		name: 'our mark with the next reference of our row',
		marks: [requestReference('R~2', [claim])],
		member: 'R~2',
		document: { externalReference: 'R~2' },
		is: 'ours',
	},
	{ name: 'a mark of other bytes with our reference', marks: [markOf(corrected)], is: 'anothers' },
	{
		name: 'a mark of our bytes with another reference',
		marks: [markOf({ ...claim, reference: 'S' })],
		is: 'anothers',
	},
	{ name: 'a reference without a mark', marks: ['folder of the day'], is: 'unknown' },
	{ name: 'words after our mark: not a mark', marks: [`${markOf(claim)}x`], is: 'unknown' },
	{ name: 'a mark that is cut short', marks: [markOf(claim).slice(0, -1)], is: 'unknown' },
	{
		name: "another's mark that is cut short",
		marks: [markOf(corrected).slice(0, -1)],
		is: 'unknown',
	},
	{ name: 'our mark among several', marks: [markOf(neighbour, claim)], is: 'ours' },
	{
		name: 'the mark of the same places in the batch, with other documents',
		marks: [markOf(corrected, neighbour)],
		is: 'anothers',
	},
	{
		name: 'our bytes in another place in the batch',
		marks: [markOf(corrected, { ...claim, reference: 'S' })],
		is: 'anothers',
	},
	{
		name: 'marks of several documents, cut short so that ours is missing',
		marks: [markOf(neighbour, claim).slice(0, -1)],
		is: 'unknown',
	},
	{
		name: 'marks of several documents, cut short by exactly ours',
		marks: [markOf(neighbour, claim).slice(0, -4)],
		is: 'unknown',
	},
	{
		name: 'marks of several documents, cut short after ours',
		marks: [markOf(claim, neighbour).slice(0, -4)],
		is: 'unknown',
	},
	{
		name: 'words after the marks of several documents: not marks',
		marks: [`${markOf(claim, neighbour)}-`],
		is: 'unknown',
	},
	{
		name: 'marks of documents with derived references only, which prove nothing',
		marks: [markOf(derived, { ...neighbour, derived: true })],
		is: 'unknown',
	},
	{
		name: 'marks that prove nothing, followed by one that does',
		marks: [markOf(derived, derived), markOf(corrected)],
		is: 'anothers',
	},
];

const byContent: Case[] = [
	{ name: 'content with our bytes', content: 'mine', is: 'ours' },
	{
		name: 'content with our bytes, of another length',
		content: 'mine',
		document: { contentLength: 7 },
		is: 'ours',
	},
	{ name: 'content with other bytes', content: "another's", is: 'anothers' },
	{
		name: 'content with other bytes under our derived reference',
		claim: derived,
		content: "another's",
		is: 'swapped',
	},
	{
		name: 'content with other bytes despite our mark',
		marks: [markOf(claim)],
		content: "another's",
		is: 'swapped',
	},
];

/** One piece of evidence outweighs the others, however many there are. */
const together: Case[] = [
	{
		name: 'our mark and content under another reference',
		marks: [markOf(derived)],
		claim: derived,
		document: { externalReference: 'X' },
		content: 'mine',
		is: 'anothers',
	},
	{
		name: "our derived reference and content, and another's mark",
		marks: [markOf(corrected)],
		claim: derived,
		content: 'mine',
		is: 'anothers',
	},
	{
		name: "our reference and mark, and another's content",
		marks: [markOf(derived)],
		claim: derived,
		content: "another's",
		is: 'swapped',
	},
	{
		name: "another's mark and content",
		marks: [markOf(corrected)],
		claim: derived,
		content: "another's",
		is: 'anothers',
	},
];

const byLength: Case[] = [
	{ name: 'another length', document: { contentLength: 7 }, is: 'anothers' },
	{
		name: 'another length, while a request of ours is unanswered',
		document: { contentLength: 7 },
		doubt: true,
		is: 'unknown',
	},
	{
		name: 'another length despite our mark',
		marks: [markOf(claim)],
		document: { contentLength: 7 },
		is: 'ours',
	},
	{
		name: 'another length despite our derived reference',
		claim: derived,
		document: { contentLength: 7 },
		is: 'ours',
	},
	{
		name: 'the same length and name',
		document: { contentLength: 1000, name: 'a.pdf' },
		is: 'unknown',
	},
	{
		name: 'our length, split into a part within the limit and the rest beyond it',
		document: { contentLength: 600, additionalContentLength: 400 },
		is: 'unknown',
	},
	{
		name: 'our length within the limit, and more beyond it',
		document: { contentLength: 1000, additionalContentLength: 400 },
		is: 'unknown',
	},
	{
		name: 'another length within the limit, and more beyond it',
		document: { contentLength: 600, additionalContentLength: 401 },
		is: 'anothers',
	},
	{ name: 'no length', document: { additionalContentLength: 7 }, is: 'unknown' },
	{ name: 'another name alone', document: { name: 'b.pdf' }, is: 'unknown' },
];

test.each([...byReference, ...byMark, ...byContent, ...together, ...byLength])(
	'$name: $is',
	({ is, ...one }) => {
		expect(judged(one)).toBe(is);
	},
);

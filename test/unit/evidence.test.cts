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
		name: 'a derived reference in other case',
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
		name: 'a derived reference that is cut short says nothing',
		claim: { ...derived, reference: 'abcdef' },
		document: { externalReference: 'abc' },
		is: 'unknown',
	},
	{
		name: 'a derived reference that is missing says nothing',
		claim: derived,
		document: { externalReference: '' },
		is: 'unknown',
	},
	{
		name: 'another reference than the derived one',
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
	{ name: 'a given reference says nothing of the bytes', is: 'unknown' },
	{ name: 'another given reference', document: { externalReference: 'X' }, is: 'anothers' },
	{
		name: 'a given reference that is missing says nothing',
		document: { externalReference: '' },
		is: 'unknown',
	},
	{
		name: 'the member of the row that the document stands under now',
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
		name: 'the first member, where a later one was asked for, may be that one cut short',
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
		name: 'our mark behind a reference of someone else',
		marks: ['day', markOf(claim)],
		is: 'ours',
	},
	{
		name: 'our mark under the next reference of our row',
		marks: [requestReference('R~2', [claim])],
		member: 'R~2',
		document: { externalReference: 'R~2' },
		is: 'ours',
	},
	{ name: 'a mark of other bytes under our reference', marks: [markOf(corrected)], is: 'anothers' },
	{
		name: 'a mark of our bytes under another reference',
		marks: [markOf({ ...claim, reference: 'S' })],
		is: 'anothers',
	},
	{ name: 'a reference without a mark', marks: ['folder of the day'], is: 'unknown' },
	{ name: 'words behind our mark: it is none', marks: [`${markOf(claim)}x`], is: 'unknown' },
	{ name: 'a mark that is cut short', marks: [markOf(claim).slice(0, -1)], is: 'unknown' },
	{
		name: "another's mark that is cut short",
		marks: [markOf(corrected).slice(0, -1)],
		is: 'unknown',
	},
	{ name: 'our mark among several', marks: [markOf(neighbour, claim)], is: 'ours' },
	{
		name: 'the mark of the same places of the batch, with other documents',
		marks: [markOf(corrected, neighbour)],
		is: 'anothers',
	},
	{
		name: 'our bytes in another place of the batch',
		marks: [markOf(corrected, { ...claim, reference: 'S' })],
		is: 'anothers',
	},
	{
		name: 'marks of several that are cut short, ours cut off',
		marks: [markOf(neighbour, claim).slice(0, -1)],
		is: 'unknown',
	},
	{
		name: 'marks of several that are cut short by just ours',
		marks: [markOf(neighbour, claim).slice(0, -4)],
		is: 'unknown',
	},
	{
		name: 'marks of several that are cut short behind ours',
		marks: [markOf(claim, neighbour).slice(0, -4)],
		is: 'unknown',
	},
	{
		name: 'words behind the marks of several: they are none',
		marks: [`${markOf(claim, neighbour)}-`],
		is: 'unknown',
	},
	{
		name: 'marks of documents with derived references only, which say nothing',
		marks: [markOf(derived, { ...neighbour, derived: true })],
		is: 'unknown',
	},
	{
		name: 'marks that say nothing, and one behind them that does',
		marks: [markOf(derived, derived), markOf(corrected)],
		is: 'anothers',
	},
];

const byContent: Case[] = [
	{ name: 'a content of our bytes', content: 'mine', is: 'ours' },
	{
		name: 'a content of our bytes, of another length',
		content: 'mine',
		document: { contentLength: 7 },
		is: 'ours',
	},
	{ name: 'a content of other bytes', content: "another's", is: 'anothers' },
	{
		name: 'a content of other bytes under our derived reference',
		claim: derived,
		content: "another's",
		is: 'swapped',
	},
	{
		name: 'a content of other bytes beside our mark',
		marks: [markOf(claim)],
		content: "another's",
		is: 'swapped',
	},
];

/** One witness outweighs the others, however many they are. */
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
		name: "our derived reference and content beside another's mark",
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
		name: 'another length, while a request of ours has no answer',
		document: { contentLength: 7 },
		doubt: true,
		is: 'unknown',
	},
	{
		name: 'another length beside our mark',
		marks: [markOf(claim)],
		document: { contentLength: 7 },
		is: 'ours',
	},
	{
		name: 'another length under our derived reference',
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
		name: 'a length within the limit, and the rest beyond it',
		document: { contentLength: 600, additionalContentLength: 400 },
		is: 'unknown',
	},
	{
		name: 'our length, and more beyond it',
		document: { contentLength: 1000, additionalContentLength: 400 },
		is: 'unknown',
	},
	{
		name: 'another length, and more beyond it',
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

import { row } from '../play.mts';
import { referenceCase } from '../registration.mts';
import type { World } from '../World.mts';
import { all, asIs, changed, inDocuments, inPart, ofText, replaced, without } from './Message.mts';
import type { Message, Rewrite } from './Message.mts';

/** Bytes that a subscription supposedly covers in a world that caps lengths. */
const COVERED = 100;

function capped(document: Message): Message {
	const { contentLength } = document;
	if (typeof contentLength !== 'number' || contentLength <= COVERED) return document;
	const additionalContentLength = contentLength - COVERED;
	return { ...document, contentLength: COVERED, additionalContentLength };
}

export const contentLength = row<Rewrite>('content-length', {
	exact: asIs,
	null: inDocuments(replaced('contentLength', null)),
	missing: inDocuments(without('contentLength', 'additionalContentLength')),
	capped: inDocuments(capped),
	zero: inDocuments(replaced('contentLength', 0)),
});

const named = (change: (name: string) => string): Rewrite =>
	inDocuments(changed({ name: ofText(change) }));

const LONGEST_NAME = 20;

export const documentName = row<Rewrite>('document-name-shown', {
	'as-sent': asIs,
	'latin-1': named((name) => Buffer.from(name, 'utf8').toString('latin1')),
	decomposed: named((name) => name.normalize('NFD')),
	'url-encoded': named(encodeURIComponent),
	'without-path': named((name) => name.replace(/^.*[/\\]/s, '')),
	missing: inDocuments(without('name')),
	cut: named((name) => name.slice(0, LONGEST_NAME)),
});

export const documentOrder = row<Rewrite>('document-order', {
	'as-sent': asIs,
	reversed: changed({
		documentList: (list) => (Array.isArray(list) ? list.toReversed() : list),
	}),
});

export const internalId = row<Rewrite>('internal-id', {
	number: asIs,
	text: inDocuments(changed({ internalId: String })),
	'above-2-53': inDocuments(
		changed({ internalId: (id) => 2n ** 53n + 2n * BigInt(String(id)) + 1n }),
	),
});

/** Changes every reference, including the request's. */
function inReferences(change: (reference: string) => string): Rewrite {
	const references = changed({ externalReference: ofText(change) });
	return all(
		changed({ folderExternalReference: ofText(change) }),
		inPart('folder', references),
		inDocuments(references),
	);
}

const renamed: Rewrite = (document) =>
	replaced('externalReference', `DOCUMENT-${String(document['internalId'])}`)(document);

/** How references are written, regardless of their case. */
const writtenReferences = row<Rewrite>('reference-shown', {
	'as-sent': asIs,
	padded: inReferences((reference) => `${reference}  `),
	'url-encoded': inReferences(encodeURIComponent),
	renamed: inDocuments(renamed),
	missing: inDocuments(without('externalReference')),
});

/** References as the world shows them. */
export const shownReferences = (world: World): Rewrite =>
	all(inReferences(referenceCase(world).shown), writtenReferences(world));

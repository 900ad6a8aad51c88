import { inDocuments, isMessage, replaced } from '../worlds/writing/Message.mts';
import type { Message } from '../worlds/writing/Message.mts';

function documentsOf(operation: Message): Message[] {
	const { documentList } = operation;
	return Array.isArray(documentList) ? documentList.filter(isMessage) : [];
}

/** The operation with its documents' signed contents swapped. */
export function swapped(operation: unknown): unknown {
	if (!isMessage(operation)) return operation;
	const contents = documentsOf(operation).flatMap(({ signedContent }) => signedContent ?? []);
	const [first, ...others] = contents;
	const turned = [...others, first];
	return inDocuments((document) =>
		'signedContent' in document ? replaced('signedContent', turned.shift())(document) : document,
	)(operation);
}

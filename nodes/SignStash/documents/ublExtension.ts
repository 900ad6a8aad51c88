import type { Content } from '../bytes/Content';
import {
	aggregateNamespace,
	basicNamespace,
	extensionNamespace,
	isUblNamespace,
	signatureInformation,
	signaturesNamespace,
} from './ublNames';
import type { XmlElement } from './xml/XmlElement';
import type { XmlFacts } from './xml/readXml';

/** The extension that UBL 2.1 reserves for an enveloped XAdES signature (UBL 2.1, section 5). */
const signatureExtension = [
	`<ext:UBLExtension xmlns:ext="${extensionNamespace}">`,
	'<ext:ExtensionURI>urn:oasis:names:specification:ubl:dsig:enveloped:xades</ext:ExtensionURI>',
	'<ext:ExtensionContent>',
	`<sig:UBLDocumentSignatures xmlns:sig="${signaturesNamespace}"`,
	` xmlns:sac="${aggregateNamespace}" xmlns:sbc="${basicNamespace}">`,
	`<sac:${signatureInformation}/>`,
	'</sig:UBLDocumentSignatures>',
	'</ext:ExtensionContent>',
	'</ext:UBLExtension>',
].join('');

const extensions = `<ext:UBLExtensions xmlns:ext="${extensionNamespace}">${signatureExtension}</ext:UBLExtensions>`;

/** Names of the added elements, with and without their prefixes. */
const addedNames = new Set(
	[...extensions.matchAll(/<(\w+:(\w+))/g)].flatMap(([, name = '', local = '']) => [name, local]),
);

/** Whether adding the extension adds an element of this name. */
export const isInExtension = (element: string): boolean => addedNames.has(element);

/** Why the extension cannot be added, in words that continue "cannot be prepared:"; undefined when it can. */
export function unpreparable({
	root,
	isReadByBytes,
	isTyped,
	encoding,
}: XmlFacts): string | undefined {
	if (!isReadByBytes) return `it is written in ${encoding.toUpperCase().replace(/[LB]E$/, '')}`;
	if (isTyped) return 'it has a document type (DOCTYPE)';
	if (!root || !isUblNamespace(root.namespace)) return 'its root element is not a UBL element';
	return root.isEmpty ? 'its root element is empty' : undefined;
}

/**
 * Adds UBL's signature extension when the document lacks `sac:SignatureInformation` in its extensions, and changes
 * nothing else: the rest stays the same byte for byte. A second call changes nothing. The extension goes before
 * all others, so that its element is the first of its name in the document: the service is given no more than a
 * name (contract, `signatureLocation`).
 * @param facts of the content, for which {@link unpreparable} returns nothing
 */
export function withSignatureExtension(
	content: Content,
	{ root, extension: { list, isPrepared } }: XmlFacts,
): Content {
	if (isPrepared || !root) return content;
	if (list?.isEmpty) return edited(content, opened(list));
	const at = (list ?? root).end;
	return edited(content, {
		from: at,
		to: at,
		bytes: Buffer.from(list ? signatureExtension : extensions),
	});
}

/** Bytes that replace those between two offsets. */
interface Edit {
	from: number;
	to: number;
	bytes: Buffer;
}

/** An empty list of extensions becomes one with a start tag and an end tag; only its `/` is removed. */
const opened = ({ name, end }: XmlElement): Edit => ({
	from: end - 2,
	to: end - 1,
	bytes: Buffer.from(`>${signatureExtension}</${name}`, 'latin1'),
});

/** A content with one place of it edited, without a copy of the rest. */
function edited(content: Content, edit: Edit): Content {
	return {
		length: content.length - (edit.to - edit.from) + edit.bytes.length,
		pieces: () => editedPieces(content, edit),
		release: () => content.release(),
	};
}

async function* editedPieces(content: Content, { from, to, bytes }: Edit): AsyncGenerator<Buffer> {
	let at = 0;
	for await (const piece of content.pieces()) {
		const [before, behind] = [
			piece.subarray(0, Math.max(0, from - at)),
			piece.subarray(Math.max(0, to - at)),
		];
		if (before.length > 0) yield before;
		if (from >= at && from < at + piece.length) yield bytes;
		if (behind.length > 0) yield behind;
		at += piece.length;
	}
}

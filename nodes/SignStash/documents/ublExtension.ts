import { isUtf16 } from './contentType';
import { hasElement, scanTags, ScanRefusal, type Tag } from './xmlScan';

const extensionNamespace =
	'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2';

/** The extension that UBL 2.1 reserves for an enveloped XAdES signature (UBL 2.1, section 5). */
const signatureExtension = [
	`<ext:UBLExtension xmlns:ext="${extensionNamespace}">`,
	'<ext:ExtensionURI>urn:oasis:names:specification:ubl:dsig:enveloped:xades</ext:ExtensionURI>',
	'<ext:ExtensionContent>',
	'<sig:UBLDocumentSignatures',
	' xmlns:sig="urn:oasis:names:specification:ubl:schema:xsd:CommonSignatureComponents-2"',
	' xmlns:sac="urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2"',
	' xmlns:sbc="urn:oasis:names:specification:ubl:schema:xsd:SignatureBasicComponents-2">',
	'<sac:SignatureInformation/>',
	'</sig:UBLDocumentSignatures>',
	'</ext:ExtensionContent>',
	'</ext:UBLExtension>',
].join('');

const extensions = `<ext:UBLExtensions xmlns:ext="${extensionNamespace}">${signatureExtension}</ext:UBLExtensions>`;

/** Where a text has to be put in, as a byte offset. */
interface Insertion {
	at: number;
	text: string;
}

/**
 * Adds UBL's signature extension when the document lacks `SignatureInformation`, and touches nothing
 * else: the rest stays byte for byte. A second call changes nothing.
 * @throws ScanRefusal for UTF-16, a DOCTYPE, or a document that is not UBL's shape.
 */
export function withSignatureExtension(content: Buffer): Buffer {
	if (isUtf16(content)) throw new ScanRefusal('it is written in UTF-16');
	if (hasElement(content, 'SignatureInformation')) return content;
	const { at, text } = insertion(content.toString('latin1'));
	return Buffer.concat([content.subarray(0, at), Buffer.from(text), content.subarray(at)]);
}

/** UBL wants its extensions first in the root: an existing list is added to, else one is made. */
function insertion(document: string): Insertion {
	const tags = scanTags(document);
	const root = nextTag(tags);
	if (root.kind !== 'open') throw new ScanRefusal('its root element is empty');
	const first = nextTag(tags);
	if (first.localName !== 'UBLExtensions') return { at: root.end, text: extensions };
	if (first.kind === 'empty') throw new ScanRefusal('its UBLExtensions element is empty');
	for (const tag of tags) {
		if (tag.kind === 'close' && tag.name === first.name)
			return { at: tag.start, text: signatureExtension };
	}
	throw new ScanRefusal('its UBLExtensions element has no end');
}

function nextTag(tags: Generator<Tag>): Tag {
	const next = tags.next();
	if (next.done) throw new ScanRefusal('it has no elements');
	return next.value;
}

import { isUtf16 } from './encoding';
import { scanElements, type Element } from './xmlScan';
import { hasDoctype, ScanRefusal } from './xmlTags';

const extensionNamespace =
	'urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2';

/** Where the namespaces of UBL's documents begin (UBL 2.1, section 3). */
const ublNamespaces = 'urn:oasis:names:specification:ubl:schema:xsd:';

const aggregateNamespace =
	'urn:oasis:names:specification:ubl:schema:xsd:SignatureAggregateComponents-2';

/** The extension that UBL 2.1 reserves for an enveloped XAdES signature (UBL 2.1, section 5). */
const signatureExtension = [
	`<ext:UBLExtension xmlns:ext="${extensionNamespace}">`,
	'<ext:ExtensionURI>urn:oasis:names:specification:ubl:dsig:enveloped:xades</ext:ExtensionURI>',
	'<ext:ExtensionContent>',
	'<sig:UBLDocumentSignatures',
	' xmlns:sig="urn:oasis:names:specification:ubl:schema:xsd:CommonSignatureComponents-2"',
	` xmlns:sac="${aggregateNamespace}"`,
	' xmlns:sbc="urn:oasis:names:specification:ubl:schema:xsd:SignatureBasicComponents-2">',
	'<sac:SignatureInformation/>',
	'</sig:UBLDocumentSignatures>',
	'</ext:ExtensionContent>',
	'</ext:UBLExtension>',
].join('');

const extensions = `<ext:UBLExtensions xmlns:ext="${extensionNamespace}">${signatureExtension}</ext:UBLExtensions>`;

/** What of the document matters for a signature. */
interface Outline {
	root: Element;
	/** UBL's list of extensions, a child of the root. */
	list?: Element;
	/** Whether UBL's `SignatureInformation` stands in that list. */
	prepared: boolean;
}

/**
 * Adds UBL's signature extension when the document lacks `sac:SignatureInformation` in its
 * extensions, and touches nothing else: the rest stays byte for byte. A second call changes nothing.
 * The extension goes before all others, so that its element is the first of its name in the document:
 * the service is told no more than a name (contract, `signatureLocation`).
 * @throws ScanRefusal for UTF-16, a DOCTYPE, and what is not well nested, not UBL, or has an empty root
 */
export function withSignatureExtension(content: Buffer): Buffer {
	if (isUtf16(content)) throw new ScanRefusal('it is written in UTF-16');
	const document = content.toString('latin1');
	if (hasDoctype(document)) throw new ScanRefusal('it has a document type (DOCTYPE)');
	const { root, list, prepared } = outlineOf(document);
	if (prepared) return content;
	if (list?.kind === 'empty') return opened(content, list);
	const at = (list ?? root).end;
	const text = list ? signatureExtension : extensions;
	return Buffer.concat([content.subarray(0, at), Buffer.from(text), content.subarray(at)]);
}

function outlineOf(document: string): Outline {
	let root: Element | undefined;
	let list: Element | undefined;
	let prepared = false;
	let within = false;
	for (const element of scanElements(document)) {
		const { depth, localName, namespace } = element;
		root ??= element;
		if (depth === 1) within = localName === 'UBLExtensions' && namespace === extensionNamespace;
		if (within) list ??= element;
		prepared ||= within && localName === 'SignatureInformation' && namespace === aggregateNamespace;
	}
	if (!root) throw new ScanRefusal('it has no elements');
	if (!root.namespace.startsWith(ublNamespaces))
		throw new ScanRefusal('its root element is none of UBL');
	if (root.kind === 'empty') throw new ScanRefusal('its root element is empty');
	return { root, list, prepared };
}

/** An empty list of extensions becomes one with a start tag and an end tag; its `/` is all that goes. */
function opened(content: Buffer, { name, end }: Element): Buffer {
	return Buffer.concat([
		content.subarray(0, end - 2),
		Buffer.from(`>${signatureExtension}</`),
		Buffer.from(name, 'latin1'),
		content.subarray(end - 1),
	]);
}

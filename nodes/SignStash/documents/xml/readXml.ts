import type { Content } from '../../bytes/Content';
import { aggregateNamespace, extensionNamespace } from '../ublNames';
import { isSignature, type XmlElement, type XmlHandler } from './XmlElement';
import { faultOfReading, XmlLimit } from './XmlFault';
import { XmlReader } from './XmlReader';
import { isReadByBytes, lineEnds, xmlTexts, type XmlText } from './xmlTexts';

/** What an XML document is, for the purpose of signing it. */
export interface XmlFacts {
	kind: 'xml';
	/** In lower case: the declared encoding, or the one that it has without declaring it. */
	encoding: string;
	/** Whether its bytes can be edited by the offsets of its elements. */
	isReadByBytes: boolean;
	/** Whether it has a document type (DOCTYPE). */
	isTyped: boolean;
	root?: XmlElement;
	/** Whether it contains a signature, anywhere. */
	isSigned: boolean;
	/** Whether it contains the requested element. */
	hasElement: boolean;
	/** Where UBL's extension for a signature is, or belongs. */
	extension: ExtensionPlace;
	/**
	 * The first place that is not well-formed, or that this reader does not read: its line, and what is wrong, in
	 * words that continue "not well-formed XML:".
	 */
	fault?: { line: number; what: string; isLimit: boolean };
}

/** What a document contains of UBL's extension for a signature. */
export interface ExtensionPlace {
	/** UBL's list of extensions, a child of the root. */
	list?: XmlElement;
	/** Whether UBL's `SignatureInformation` is in that list. */
	isPrepared: boolean;
}

/** Collects the facts from the elements as they arrive. */
class FactsHandler implements XmlHandler {
	root?: XmlElement;
	isSigned = false;
	hasElement = false;
	readonly extension: ExtensionPlace = { isPrepared: false };
	#isInList = false;
	/** An element's name as a document read by its bytes has it. */
	readonly #wanted: string[];

	constructor(wanted: string) {
		this.#wanted = [wanted, Buffer.from(wanted).toString('latin1')];
	}

	open(element: XmlElement): void {
		const { name, localName, namespace, depth } = element;
		this.root ??= element;
		this.isSigned ||= isSignature(element);
		this.hasElement ||= this.#wanted.includes(name) || this.#wanted.includes(localName);
		if (depth === 1)
			this.#isInList = localName === 'UBLExtensions' && namespace === extensionNamespace;
		if (!this.#isInList) return;
		this.extension.list ??= element;
		this.extension.isPrepared ||=
			localName === 'SignatureInformation' && namespace === aggregateNamespace;
	}

	close(): void {}
}

/**
 * Reads an XML document once, in turns with the rest of n8n, and returns everything that signing it requires. The
 * reading ends at the first place that is not well-formed: the facts are those of what comes before it.
 * @param element name to look for, with or without its prefix
 */
export async function readXml(content: Content, element = ''): Promise<XmlFacts> {
	const handler = new FactsHandler(element);
	const reader = new XmlReader(handler);
	const { encoding, fault } = await read(content, reader);
	const { root, isSigned, hasElement, extension } = handler;
	return {
		kind: 'xml',
		encoding,
		isReadByBytes: isReadByBytes(encoding),
		isTyped: reader.isTyped,
		isSigned,
		hasElement,
		extension,
		...(root ? { root } : {}),
		...(fault ? { fault } : {}),
	};
}

async function read(
	content: Content,
	reader: XmlReader,
): Promise<Pick<XmlFacts, 'encoding' | 'fault'>> {
	let last: XmlText = { text: '', offset: 0, line: 1, encoding: 'utf-8' };
	const fault = await faultOfReading(async () => {
		for await (const piece of xmlTexts(content, 'bytes')) {
			last = piece;
			reader.read(piece.text, piece.offset);
		}
		reader.end();
	});
	const { encoding } = last;
	if (!fault) return { encoding };
	const before = last.text.slice(0, Math.max(0, fault.at - last.offset));
	const line = fault.line ?? last.line + lineEnds(before);
	return { encoding, fault: { line, what: fault.message, isLimit: fault instanceof XmlLimit } };
}

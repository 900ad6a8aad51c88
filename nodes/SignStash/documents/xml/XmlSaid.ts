import { extensionNamespace, signaturesNamespace } from '../ublNames';
import { PlainHash, TextHash, type HashState } from './TextHash';
import {
	isSignature,
	localOf,
	prefixOf,
	type XmlAttribute,
	type XmlElement,
	type XmlHandler,
} from './XmlElement';

/**
 * Receives the texts and values in ASCII with the local names of their elements and attributes, each as a number,
 * in their order: rewriting a document may add to it, choose other prefixes or spoil accents, but neither drops
 * nor changes figures.
 */
export interface Keeper {
	keep(text: number): void;
	/** How much has been kept so far. */
	place(): number;
	/** What was kept since that place does not count. */
	backTo(place: number): void;
}

/** Attributes that tell programs how to read a document, and do not belong to an invoice. */
const technical = new Set(['xsi', 'xml']);

/**
 * What a document says, outside its signatures and UBL's extension for them. Comments, instructions, white space
 * between elements and the way everything is written do not count.
 */
export class XmlSaid implements XmlHandler {
	/** Whether it contains a signature, and whether the document is a signature itself. */
	isSigned = false;
	isSignature = false;
	readonly #hash = new TextHash();
	readonly #names: string[] = [];
	/** Open elements within a signature, including the signature. */
	#leftOut = 0;
	/** White space that may or may not belong to a text; not known yet. */
	#white = '';
	#isInText = false;
	readonly #text = new PlainHash();
	readonly #value = new PlainHash();
	readonly #list: ExtensionList;

	constructor(private readonly keeper: Keeper) {
		this.#list = new ExtensionList(this.#hash, keeper);
	}

	open(element: XmlElement): void {
		const isStart = isSignature(element);
		this.isSigned ||= isStart;
		this.isSignature ||= element.depth === 0 && isStart;
		if (this.#leftOut > 0 || isStart) this.#leftOut++;
		if (this.#leftOut > 0) return;
		this.#endText();
		const { name, localName, attributes } = element;
		this.#list.open(element);
		this.#names.push(localName);
		this.#say('<', name);
		for (const attribute of attributes.length > 1 ? [...attributes].sort(byName) : attributes) {
			this.#say(attribute.name, attribute.value);
			if (technical.has(prefixOf(attribute.name))) continue;
			this.#value.start(localName, localOf(attribute.name));
			this.#value.add(attribute.value);
			this.#keep(this.#value);
		}
	}

	close(): void {
		if (this.#leftOut > 0) {
			this.#leftOut--;
			return;
		}
		this.#endText();
		this.#names.pop();
		this.#say('>', '');
		this.#list.close(this.#names.length);
	}

	text(part: string): void {
		if (this.#leftOut > 0) return;
		if (!this.#isInText && !/[^ \t\r\n]/.test(part)) {
			this.#white += part;
			return;
		}
		if (!this.#isInText) {
			this.#text.start(this.#names.at(-1) ?? '');
			this.#say('=', this.#white);
		}
		this.#isInText = true;
		this.#hash.add(part);
		this.#text.add(part);
	}

	/** The same for two documents that say the same. */
	get state(): HashState {
		return this.#hash.state;
	}

	#endText(): void {
		this.#white = '';
		if (!this.#isInText) return;
		this.#isInText = false;
		this.#keep(this.#text);
	}

	/** Parts are separated by characters that XML does not have. */
	#say(one: string, other: string): void {
		this.#hash.add('\0');
		this.#hash.add(one);
		this.#hash.add('\x01');
		this.#hash.add(other);
	}

	#keep(text: PlainHash): void {
		const value = text.value();
		if (value !== undefined) this.keeper.keep(value);
	}
}

/** In an order that prefixes do not change. */
const byName = (one: XmlAttribute, other: XmlAttribute): number =>
	sortKey(one) < sortKey(other) ? -1 : 1;

const sortKey = ({ name, value }: XmlAttribute): string => `${localOf(name)}\0${value}\0${name}`;

/** A place in what a document says, to return to. */
interface Place {
	state: HashState;
	kept: number;
}

/** Takes back what UBL's list of extensions says about signatures, once it is known that it is for them. */
class ExtensionList {
	/** Before the open list, and before the open extension in it. */
	#list?: Place;
	#extension?: Place;
	#isForSignatures = false;
	#hasOthers = false;

	constructor(
		private readonly hash: TextHash,
		private readonly keeper: Keeper,
	) {}

	open({ depth, localName, namespace }: XmlElement): void {
		if (depth === 1 && localName === 'UBLExtensions' && namespace === extensionNamespace) {
			this.#list = this.#here();
			this.#hasOthers = false;
		}
		if (!this.#list) return;
		if (depth === 2) this.#extension = this.#here();
		this.#isForSignatures =
			(depth > 2 && this.#isForSignatures) ||
			(localName === 'UBLDocumentSignatures' && namespace === signaturesNamespace);
	}

	/** @param depth of the element that ended */
	close(depth: number): void {
		if (!this.#list || depth > 2) return;
		if (depth === 2 && this.#isForSignatures) this.#backTo(this.#extension);
		else if (depth === 2) this.#hasOthers = true;
		if (depth === 2) return;
		if (!this.#hasOthers) this.#backTo(this.#list);
		this.#list = undefined;
	}

	#here(): Place {
		return { state: this.hash.state, kept: this.keeper.place() };
	}

	#backTo(place: Place | undefined): void {
		if (!place) return;
		this.hash.state = place.state;
		this.keeper.backTo(place.kept);
	}
}

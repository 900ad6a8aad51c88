import { createHash, type Hash } from 'crypto';
import { extensionNamespace, signaturesNamespace } from '../ublNames';
import { isSignature, type XmlAttribute, type XmlElement, type XmlHandler } from './XmlElement';
import { localOf, prefixOf } from './XmlNamespaces';

/** A longer text is kept as its digest, in characters. */
const longest = 16_000;

/** A text that may be long, in parts. */
class LongText {
	#text = '';
	#hash?: Hash;

	add(part: string): void {
		this.#text += part;
		if (this.#text.length <= longest) return;
		this.#hash ??= createHash('sha256');
		this.#hash.update(this.#text);
		this.#text = '';
	}

	/** The text, or what stands for it: the same for the same text, in whatever parts it came. */
	value(): string {
		return this.#hash ? `sha256 ${this.#hash.update(this.#text).digest('hex')}` : this.#text;
	}
}

const white = /[ \t\r\n]+/g;
/** Signs that whoever writes a document anew may write in another way, or twice so, are left out. */
const isPlain = (text: string): boolean => /^[\x21-\x25\x27-\x3b\x3d\x3f-\x7e]*$/.test(text);

/** A text between two tags. */
class Text {
	readonly #whole = new LongText();
	readonly #bare = new LongText();
	#isPlain = true;
	isBlank = true;

	add(part: string): void {
		const bare = part.replace(white, '');
		this.isBlank &&= bare === '';
		this.#isPlain &&= isPlain(bare);
		this.#whole.add(part);
		this.#bare.add(bare);
	}

	whole(): string {
		return this.#whole.value();
	}

	/** Without white space; undefined unless it is plain. */
	bare(): string | undefined {
		return this.#isPlain ? this.#bare.value() : undefined;
	}
}

/** One thing that a document says: just so, and as whoever writes it anew has to keep it. */
interface Saying {
	exact: string;
	kept?: string[];
}

/** Attributes that tell programs how to read a document, and belong to nobody's invoice. */
const technical = new Set(['xsi', 'xml']);

/**
 * What a document says, outside of its signatures and of UBL's extension for them. Comments, instructions,
 * white space between elements and the way in which all is written do not count.
 */
export class XmlSaid implements XmlHandler {
	/**
	 * The plain texts and values, in ASCII and without signs of markup, with the local names of what they stand in, without white space, in their
	 * order: whoever writes a document anew may add to it, choose other prefixes or spoil accents, but drops
	 * and changes no figures.
	 */
	readonly kept: string[] = [];
	/** Whether a signature stands in it, and whether the document is a signature itself. */
	isSigned = false;
	isSignature = false;
	readonly #hash = createHash('sha256');
	#batch = '';
	readonly #names: string[] = [];
	/** Elements that are open within a signature, itself included. */
	#leftOut = 0;
	#text = new Text();
	readonly #list = new ExtensionList((saying) => this.#say(saying));

	open(element: XmlElement): void {
		this.isSigned ||= isSignature(element);
		this.isSignature ||= element.depth === 0 && this.isSigned;
		if (this.#leftOut > 0 || isSignature(element)) this.#leftOut++;
		if (this.#leftOut > 0) return;
		this.#endText();
		const { name, localName, attributes } = element;
		this.#list.open(element);
		this.#names.push(localName);
		const sorted = [...attributes].sort(byName);
		const values = sorted.flatMap((one) => [one.name, one.value]);
		const kept = sorted.flatMap((attribute) => keptOf(localName, attribute));
		this.#list.say({ exact: ['<', name, ...values].join('\0'), kept });
	}

	close(): void {
		if (this.#leftOut > 0) {
			this.#leftOut--;
			return;
		}
		this.#endText();
		this.#names.pop();
		this.#list.say({ exact: '>' });
		this.#list.close(this.#names.length);
	}

	text(part: string): void {
		if (this.#leftOut === 0) this.#text.add(part);
	}

	/** The same for two documents that say the same; to be asked for once, at the end. */
	digest(): string {
		return this.#hash.update(this.#batch).digest('hex');
	}

	#endText(): void {
		const text = this.#text;
		this.#text = new Text();
		if (text.isBlank) return;
		const [name = '', bare] = [this.#names.at(-1), text.bare()];
		const kept = bare === undefined || !isPlain(name) ? [] : [`${name}=${bare}`];
		this.#list.say({ exact: `=\0${text.whole()}`, kept });
	}

	#say({ exact, kept = [] }: Saying): void {
		this.#batch += `${exact}\0\0`;
		if (this.#batch.length > longest) {
			this.#hash.update(this.#batch);
			this.#batch = '';
		}
		this.kept.push(...kept);
	}
}

function keptOf(element: string, { name, value }: XmlAttribute): string[] {
	const bare = value.replace(white, '');
	const key = `${element}@${localOf(name)}`;
	const isKept = bare !== '' && isPlain(key + bare) && !technical.has(prefixOf(name));
	return isKept ? [`${key}=${bare}`] : [];
}

const byName = (one: XmlAttribute, other: XmlAttribute): number => {
	const [first, second] = [one, other].map(
		({ name, value }) => `${localOf(name)}\0${value}\0${name}`,
	);
	return (first ?? '') < (second ?? '') ? -1 : 1;
};

/** Holds back what UBL's list of extensions says until it is known which of them are for signatures. */
class ExtensionList {
	#held?: Saying[];
	/** Where the extension that is open begins in what is held back. */
	#begin = 0;
	#isForSignatures = false;

	constructor(private readonly tell: (saying: Saying) => void) {}

	open({ depth, localName, namespace }: XmlElement): void {
		if (depth === 1 && localName === 'UBLExtensions' && namespace === extensionNamespace)
			this.#held = [];
		if (depth === 2) this.#begin = this.#held?.length ?? 0;
		this.#isForSignatures =
			(depth > 2 && this.#isForSignatures) ||
			(localName === 'UBLDocumentSignatures' && namespace === signaturesNamespace);
	}

	say(saying: Saying): void {
		if (this.#held) this.#held.push(saying);
		else this.tell(saying);
	}

	/** @param depth of the element that ended */
	close(depth: number): void {
		if (!this.#held) return;
		if (depth === 2 && this.#isForSignatures) this.#held.length = this.#begin;
		if (depth !== 1) return;
		const held = this.#held;
		this.#held = undefined;
		// A list of nothing else is its start and its end.
		if (held.length > 2) for (const saying of held) this.tell(saying);
	}
}

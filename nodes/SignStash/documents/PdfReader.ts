/** A reference to an object that stands elsewhere in the file. */
export interface PdfReference {
	object: number;
	generation: number;
}

/** A name, such as `/Type`, without its slash. */
export interface PdfName {
	name: string;
}

export type PdfDictionary = Map<string, PdfValue>;

export type PdfValue =
	| PdfDictionary
	| PdfName
	| PdfReference
	| PdfValue[]
	| Buffer
	| boolean
	| number
	| undefined;

/** Values within each other. */
const deepest = 16;

const space = /(?:[\0\t\n\f\r ]|%[^\r\n]*)*/y;
const reference = /(\d+)[\0\t\n\f\r ]+(\d+)[\0\t\n\f\r ]+R\b/y;
const number = /[+-]?(?:\d+\.?\d*|\.\d+)/y;
const name = /\/([^\0\t\n\f\r ()<>[\]{}/%]*)/y;
const hex = /<([0-9A-Fa-f\0\t\n\f\r ]*)>/y;
const literal = /\\(?:([0-7]{1,3})|(\r\n|[^]))|[()]|\r\n?|[^\\()\r]+/y;
const word = /true|false|null/y;

const words = new Map([
	['true', true],
	['false', false],
]);
const escapes = new Map(Array.from('nrtbf', (sign, at) => [sign, '\n\r\t\b\f'.charAt(at)]));

/** Reads values of a PDF (ISO 32000-1, section 7.3) from its text, decoded as latin1. */
export class PdfReader {
	constructor(
		private readonly text: string,
		private at: number,
	) {}

	/** @throws Error for what is no value */
	value(depth = 0): PdfValue {
		if (depth > deepest) throw new Error('nested too deep');
		this.take(space);
		if (this.skip('<<')) return this.dictionary(depth);
		if (this.skip('[')) return this.list(depth);
		if (this.skip('(')) return this.literal();
		const referred = this.take(reference);
		if (referred) return { object: Number(referred[1]), generation: Number(referred[2]) };
		const named = this.take(name);
		if (named) return { name: (named[1] ?? '').replace(/#([0-9A-Fa-f]{2})/g, unescaped) };
		const digits = this.take(hex);
		// A last digit without a second one has a 0 behind it; Buffer leaves out a 0 that has none before it.
		if (digits) return Buffer.from(`${(digits[1] ?? '').replace(/[^0-9A-Fa-f]/g, '')}0`, 'hex');
		const figures = this.take(number);
		if (figures) return Number(figures[0]);
		const found = this.take(word);
		if (found) return words.get(found[0]);
		throw new Error('no value');
	}

	private dictionary(depth: number): PdfDictionary {
		const entries: PdfDictionary = new Map();
		for (this.take(space); !this.skip('>>'); this.take(space)) {
			const key = this.take(name)?.[1];
			if (key === undefined) throw new Error('no key');
			entries.set(key, this.value(depth + 1));
		}
		return entries;
	}

	private list(depth: number): PdfValue[] {
		const values: PdfValue[] = [];
		for (this.take(space); !this.skip(']'); this.take(space)) values.push(this.value(depth + 1));
		return values;
	}

	private literal(): Buffer {
		const parts: string[] = [];
		for (let open = 1; ; ) {
			const [part, octal, escaped] = this.take(literal) ?? [];
			if (part === undefined) throw new Error('a string has no end');
			if (part === '(') open++;
			if (part === ')' && --open === 0) return Buffer.from(parts.join(''), 'latin1');
			if (octal !== undefined) parts.push(String.fromCharCode(parseInt(octal, 8) & 0xff));
			else if (escaped !== undefined)
				parts.push(/[\r\n]/.test(escaped) ? '' : (escapes.get(escaped) ?? escaped));
			else parts.push(part.startsWith('\r') ? '\n' : part);
		}
	}

	private skip(sign: string): boolean {
		const found = this.text.startsWith(sign, this.at);
		if (found) this.at += sign.length;
		return found;
	}

	private take(pattern: RegExp): RegExpExecArray | undefined {
		pattern.lastIndex = this.at;
		const found = pattern.exec(this.text) ?? undefined;
		if (found) this.at = pattern.lastIndex;
		return found;
	}
}

const unescaped = (_: string, digits: string): string => String.fromCharCode(parseInt(digits, 16));

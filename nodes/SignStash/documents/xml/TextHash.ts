const [prime, otherPrime] = [0x01000193, 0x85ebca6b];

/** Where a hash stands. */
export type HashState = readonly [number, number];

const begin: HashState = [0x811c9dc5, 0x2c1b3c6d];

/**
 * A hash of text, in whatever parts it arrives: two of 32 bits each, by FNV-1a with two primes. None of the text
 * is kept, and nothing is created from it: a large document has millions of parts.
 */
export class TextHash {
	#one = begin[0];
	#other = begin[1];

	add(text: string): void {
		let [one, other] = [this.#one, this.#other];
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			one = Math.imul(one ^ code, prime);
			other = Math.imul(other ^ code, otherPrime) ^ (other >>> 15);
		}
		this.#one = one;
		this.#other = other;
	}

	get state(): HashState {
		return [this.#one, this.#other];
	}

	set state([one, other]: HashState) {
		this.#one = one;
		this.#other = other;
	}
}

/** White space, and characters that may be written differently when a document is rewritten. */
const isWhite = (code: number): boolean =>
	code === 0x20 || code === 0x09 || code === 0x0a || code === 0x0d;
const isPlain = (code: number): boolean =>
	code > 0x20 && code < 0x7f && code !== 0x26 && code !== 0x3c && code !== 0x3e;

/** A number for a text in ASCII without its white space, together with the name of its element or attribute. */
export class PlainHash {
	#one = begin[0];
	#other = begin[1];
	#isPlain = true;
	#length = 0;

	/** Starts again. */
	start(element: string, attribute = ''): void {
		[this.#one, this.#other] = begin;
		this.#isPlain = true;
		this.add(element);
		this.add('=');
		this.add(attribute);
		this.add('=');
		this.#length = 0;
	}

	add(text: string): void {
		let [one, other, length] = [this.#one, this.#other, this.#length];
		for (let at = 0; at < text.length; at++) {
			const code = text.charCodeAt(at);
			if (isWhite(code)) continue;
			if (!isPlain(code)) this.#isPlain = false;
			one = Math.imul(one ^ code, prime);
			other = Math.imul(other ^ code, otherPrime) ^ (other >>> 15);
			length++;
		}
		this.#one = one;
		this.#other = other;
		this.#length = length;
	}

	/** Undefined for empty text, and for other characters: accents may be spoilt, and entities written twice. */
	value(): number | undefined {
		if (!this.#isPlain || this.#length === 0) return undefined;
		return (this.#one >>> 0) * 0x20_0000 + (this.#other >>> 11);
	}
}

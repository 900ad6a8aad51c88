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

/** Characters that may be written differently when a document is rewritten. */
const notPlain = /[^!-%'-;=?-~]/;

/** A number for a text in ASCII without its white space, together with the name of its element or attribute. */
export class PlainHash {
	#hash = new TextHash();
	#isPlain = true;
	#length = 0;

	/** Starts again. */
	start(element: string, attribute = ''): void {
		this.#hash = new TextHash();
		this.#isPlain = true;
		this.add(`${element}=${attribute}=`);
		this.#length = 0;
	}

	add(text: string): void {
		const bare = text.replace(/[ \t\r\n]+/g, '');
		this.#isPlain &&= !notPlain.test(bare);
		this.#length += bare.length;
		this.#hash.add(bare);
	}

	/** Undefined for empty text, and for other characters: accents may be spoilt, and entities written twice. */
	value(): number | undefined {
		if (!this.#isPlain || this.#length === 0) return undefined;
		const [one, other] = this.#hash.state;
		return (one >>> 0) * 0x20_0000 + (other >>> 11);
	}
}

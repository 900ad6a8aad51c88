import { XmlFault } from './XmlFault';

/** More of a document type is not kept, in characters; then its entities are not known. */
const longestKept = 1_000_000;

const quotes = new Map([
	['"', '"'],
	["'", "'"],
]);
const markups = new Map([
	['<!--', '-->'],
	['<?', '?>'],
]);

/** A document type, skipped piece by piece; what it declares is known at its end (XML 1.0, section 2.8). */
export class XmlDoctype {
	#kept = '';
	#subsets = 0;
	/** What ends the quoted text, comment or instruction that is being read. */
	#until = '';
	/** The end of what was read, as much of it as may be the beginning of a mark. */
	#last = '';
	#isOpen = true;

	/** Whether its end has not been read yet. */
	get isOpen(): boolean {
		return this.#isOpen;
	}

	/** Reads on; returns where the type ends in this text, or the text's length. */
	read(text: string, from: number): number {
		let at = from;
		while (at < text.length && this.#isOpen)
			at = this.#until === '' ? this.#markup(text, at) : this.#pastMark(text, at);
		if (this.#kept.length < longestKept) this.#kept += text.slice(from, at);
		return at;
	}

	#pastMark(text: string, at: number): number {
		const joined = this.#last + text.slice(at);
		const found = joined.indexOf(this.#until);
		const end = found < 0 ? joined.length : found + this.#until.length;
		const next = at + end - this.#last.length;
		this.#last = found < 0 ? joined.slice(joined.length - this.#until.length + 1) : '';
		if (found >= 0) this.#until = '';
		return next;
	}

	#markup(text: string, at: number): number {
		const sign = text.charAt(at);
		this.#last =
			'<!--'.startsWith(this.#last + sign) || '<?' === this.#last + sign ? this.#last + sign : sign;
		const until = quotes.get(sign) ?? markups.get(this.#last);
		if (until !== undefined) {
			this.#until = until;
			this.#last = '';
		}
		if (sign === '[') this.#subsets++;
		if (sign === ']') this.#subsets--;
		if (sign === '>' && this.#subsets <= 0) this.#isOpen = false;
		return at + 1;
	}

	/** Names of the entities that it declares; undefined when others may be declared elsewhere. */
	entities(): Set<string> | undefined {
		const kept = this.#kept;
		if (kept.length >= longestKept || /^\s+[^\s[]+\s+(?:SYSTEM|PUBLIC)\b|%[^\s%;]+;/.test(kept))
			return undefined;
		return new Set(Array.from(kept.matchAll(/<!ENTITY\s+([^\s%]\S*)/g), ([, name = '']) => name));
	}

	/** @throws XmlFault for a type without an end */
	end(at: number): void {
		if (this.#isOpen) throw new XmlFault('its document type (DOCTYPE) has no end', at);
	}
}

import { codeName, forbidden, nameRest } from './characters';
import { XmlFault } from './XmlFault';
import { goesOn, type XmlReferences } from './XmlReferences';

/** Reads on in a text as far as it can, from one place in it to the one that it returns. */
export type State = (text: string, at: number) => number;

/** Finds one of these characters, or one that XML does not have. */
export const anyOf = (signs: string): RegExp => new RegExp(`[${signs}${forbidden}]`, 'g');

/**
 * A state machine for a text that arrives in pieces: each state reads on in the current piece, and the next piece
 * continues in the state that was left.
 */
export abstract class XmlStates {
	protected abstract state: State;
	/** Where the current piece begins in the document. */
	protected offset = 0;
	/** What has been read of a name, a mark or a reference. */
	protected token = '';
	/** How many characters in a row, of a kind that may begin an end, have been read. */
	protected row = 0;

	constructor(protected readonly references: XmlReferences) {}

	protected fail(what: string, at: number): never {
		throw new XmlFault(what, this.offset + at);
	}

	protected to(state: State): void {
		this.state = state;
		this.token = '';
		this.row = 0;
	}

	/** Reads up to a character of a pattern by {@link anyOf}; the piece's length when there is none. */
	protected upTo(pattern: RegExp, text: string, at: number): number {
		pattern.lastIndex = at;
		const end = pattern.test(text) ? pattern.lastIndex - 1 : text.length;
		const code = text.charCodeAt(end);
		if (code < 0x20 || code > 0xfffd)
			this.fail(`the character ${codeName(code)} occurs in it, which XML does not have`, end);
		return end;
	}

	protected name(text: string, from: number): number {
		const at = nameRest.past(text, from);
		this.token += text.slice(from, at);
		return at;
	}

	/** Reads a reference to its end; `add` receives what it represents. */
	protected reference(text: string, at: number, add: (part: string) => void, next: State): number {
		const sign = text.charAt(at);
		if (sign !== ';' && goesOn(this.token, text.charCodeAt(at))) {
			this.token += sign;
			return at + 1;
		}
		const found = this.references.resolve(sign === ';' ? this.token : '');
		if ('fault' in found) this.fail(found.fault, at);
		add(found.text);
		this.to(next);
		return at + 1;
	}
}

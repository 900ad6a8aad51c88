import type { System } from './states.cts';

/**
 * Numbers for the parts of states: equal parts get the same number. A step changes few parts and shares the
 * others, so most are recognised by identity and need not be read again. A part with a number is frozen:
 * if it changed, the walk would miss states.
 */
export class Numbering {
	private readonly known = new WeakMap<object, number>();
	private readonly texts = new Map<string, number>();

	of(part: object): number {
		const known = this.known.get(part);
		if (known !== undefined) return known;
		const text = JSON.stringify(part);
		const number = this.texts.get(text) ?? this.texts.size;
		this.texts.set(text, number);
		this.known.set(Object.freeze(part), number);
		return number;
	}

	/** The same text for equal states, and for no others. */
	keyOf({ ops, wire, clients, memories, started, faults, crashes }: System): string {
		const parts = [ops, wire, memories, ...clients].map((part) => this.of(part));
		return [...parts, started, faults, crashes].join(' ');
	}
}

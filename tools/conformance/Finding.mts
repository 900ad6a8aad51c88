/** Which alternatives of a row are possible for a service, after it was asked. */
export interface Finding {
	/** One: it is recognised; none: it is not like anything in contract/worlds.yaml. */
	possible: readonly string[];
	/** What was seen, if it is not like anything known; never a name, secret or content. */
	seen?: string;
}

export const is = (alternative: string): Finding => ({ possible: [alternative] });

export const oneOf = (...possible: string[]): Finding => ({ possible });

export const unlike = (seen: string): Finding => ({ possible: [], seen });

/** The alternative of the first condition that holds. */
export function first(
	cases: readonly (readonly [holds: boolean, alternative: string])[],
	otherwise: () => Finding | undefined,
): Finding | undefined {
	const found = cases.find(([holds]) => holds);
	return found === undefined ? otherwise() : is(found[1]);
}

/** Which alternatives of a row a service may be in, after it was asked. */
export interface Finding {
	/** One: it is recognised; none: it is like nothing that is in contract/worlds.yaml. */
	possible: readonly string[];
	/** What was seen, when it is like nothing that is known; never a name, secret or content. */
	seen?: string;
}

export const is = (alternative: string): Finding => ({ possible: [alternative] });

export const oneOf = (...possible: string[]): Finding => ({ possible });

export const unlike = (seen: string): Finding => ({ possible: [], seen });

/** The alternative that goes with the first condition that holds. */
export function first(
	cases: readonly (readonly [holds: boolean, alternative: string])[],
	otherwise: () => Finding | undefined,
): Finding | undefined {
	const found = cases.find(([holds]) => holds);
	return found === undefined ? otherwise() : is(found[1]);
}

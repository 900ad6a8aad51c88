/** How often something is tried, and how long the pauses between tries are, in milliseconds. */
export interface Policy {
	/** Pause before the second try; each further one is twice as long. */
	first: number;
	/** Longest pause. */
	most: number;
	/** Tries after the first one. */
	tries: number;
}

/** All waiting in one table; one deadline per document ends it, however many tries are left. */
export const policies = {
	/** A signing request that was never sent. */
	notSent: { first: 500, most: 8000, tries: 3 },
	/** A signing request that the busy service throttled. */
	busy: { first: 1000, most: 30_000, tries: 7 },
	/**
	 * Looking for a request that got no answer, for over a minute: it may still be in progress, and look-ups may
	 * lag.
	 */
	look: { first: 500, most: 16_000, tries: 8 },
	/** The same request once more, after the look-ups found nothing. */
	sendAgain: { first: 500, most: 8000, tries: 3 },
	/** A reading call that got no answer. */
	read: { first: 500, most: 8000, tries: 3 },
	/** An operation that is not finished; its deadline is the user's. */
	wait: { first: 500, most: 10_000, tries: Infinity },
	/** A look-up that confirms a spent reference before the next one is used: the first may have been out of date. */
	settle: { first: 5000, most: 5000, tries: 1 },
	/** A token that is refused right after it was renewed is refused for good. */
	token: { first: 0, most: 0, tries: 1 },
} satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

/**
 * The least time in milliseconds for which a request that got no answer may be in progress: the vendor advises
 * tries a minute apart.
 */
export const leastAtWork = 60_000;

/** Milliseconds for which one document may be sent and looked for, in addition to the time of one request. */
export const patience = 120_000;

/** The pause before the next try, without jitter; `asked` is what the service asked to wait (Retry-After). */
export function pauseOf({ first, most }: Policy, tries: number, asked = 0): number {
	return Math.max(asked, Math.min(first * 2 ** tries, most));
}

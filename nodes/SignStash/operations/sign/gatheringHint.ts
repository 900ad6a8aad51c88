/** Documents that a run sent one by one and could have gathered: those without receivers. */
export interface Gatherable {
	documents: number;
	/** Bytes of all of them. */
	bytes: number;
}

/** What the vendor names as a common payload: 50 files of 200 KB (contract, load). */
const common = { documents: 50, bytesEach: 200_000 };

/**
 * What gathering would have saved a run with 'Documents per Request' at 1; undefined for few or large
 * documents, where it saves little.
 *
 * @param bytesPerRequest content that one request may hold
 */
export function gatheringHint(
	{ documents, bytes }: Gatherable,
	bytesPerRequest: number,
): string | undefined {
	if (documents < common.documents || bytes > documents * common.bytesEach) return undefined;
	const requests = Math.max(
		Math.ceil(documents / common.documents),
		Math.ceil(bytes / bytesPerRequest),
	);
	const about = requests === 1 ? '1 request' : `about ${requests} requests`;
	return `${documents} documents took ${documents} requests. With the option 'Documents per Request' at ${common.documents} they take ${about}, and far less time. Documents of one request share an operation: whoever is later e-mailed that operation sees all of them.`;
}

/** How much one request may hold. */
export interface GatherLimits {
	/** Documents per request. */
	documents: number;
	/** Bytes of content per request. */
	bytes: number;
}

/** Something that may share a request with its neighbours. */
export interface Gatherable {
	/** Neighbours with the same key may share a request; an undefined key goes alone. */
	together?: string;
	/** Bytes of content. */
	size: number;
	/** Maximum documents in its request, if fewer than the limits allow; the same for the same key. */
	most?: number;
}

/**
 * Gathers consecutive elements into groups within the limits; order is kept, and nothing is read ahead except the
 * one element that no longer fitted.
 */
export async function* gather<Element extends Gatherable>(
	source: AsyncIterable<Element>,
	limits: GatherLimits,
): AsyncGenerator<[Element, ...Element[]]> {
	let group: [Element, ...Element[]] | undefined;
	let bytes = 0;
	for await (const element of source) {
		if (group && fits(group, bytes, element, limits)) {
			group.push(element);
			bytes += element.size;
		} else {
			if (group) yield group;
			group = [element];
			bytes = element.size;
		}
		const most = Math.min(limits.documents, element.most ?? Infinity);
		if (group.length >= most || element.together === undefined) {
			yield group;
			group = undefined;
		}
	}
	if (group) yield group;
}

function fits<Element extends Gatherable>(
	[first]: [Element, ...Element[]],
	bytes: number,
	{ together, size }: Element,
	limits: GatherLimits,
): boolean {
	return together !== undefined && together === first.together && bytes + size <= limits.bytes;
}

import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { Holder } from '../state/Holders.mts';
import type { MultipartSignRequest } from '../types.mts';
import {
	heldAnswer,
	referenceCase,
	referenceScope,
	repeats,
	stillTaken,
	takenOnArrival,
	uniqueReferences,
} from '../worlds/registration.mts';
import type { World } from '../worlds/World.mts';

/** Why a request cannot be registered: it collides with an earlier one, or with itself. */
export interface Clash {
	/** Undefined: the answer is the operation that holds the reference. */
	refusal: Refusal | undefined;
	/** The operation that holds a reference; undefined when the request repeats one itself. */
	holder?: number;
	/** The documents' references that are taken. */
	taken: ReadonlySet<string>;
}

function inUse(whose: string, reference: string, holder: Holder, world: World) {
	const refusal = heldAnswer(world)?.(`${whose} external reference ${reference} is already in use`);
	return { refusal, holder: holder.operationId };
}

function documentReferences({ documents }: MultipartSignRequest): string[] {
	return documents.map(({ documentRequest }) => documentRequest.externalReference);
}

/** The references that occur more than once among a request's documents. */
function repeatedIn(request: MultipartSignRequest, world: World): string[] {
	const { same } = referenceCase(world);
	const references = documentReferences(request);
	return references.filter((reference, index) =>
		references.slice(0, index).some((earlier) => same(earlier, reference)),
	);
}

/** The newest holder of a reference that prevents a client service from using it. */
function takerOf(
	holders: readonly Holder[],
	reference: string,
	client: Client,
	world: World,
): Holder | undefined {
	return holders.findLast(
		(holder) =>
			referenceCase(world).same(holder.held, reference) &&
			referenceScope(world)(holder, client) &&
			(takenOnArrival(world) || holder.finished) &&
			stillTaken(world)(holder),
	);
}

/** Why a request cannot be registered in the current world; undefined if it can. */
export function clashOf(
	{ holders, settings }: House,
	client: Client,
	request: MultipartSignRequest,
): Clash | undefined {
	const { world } = settings.current;
	const [again] = repeats(world) ? [] : repeatedIn(request, world);
	if (again !== undefined) {
		const cause = `document external reference ${again} is repeated in the request`;
		const taken = new Set(documentReferences(request));
		return { refusal: Refusal.withCode('0.0.7', cause), taken };
	}
	const { documents, requests, together } = uniqueReferences(world);
	const takers = documentReferences(request).flatMap((reference) => {
		const known = [
			...(documents ? holders.documents(reference) : []),
			...(together ? holders.requests(reference) : []),
		];
		const taker = takerOf(known, reference, client, world);
		return taker === undefined ? [] : [{ reference, taker }];
	});
	const [first] = takers;
	if (first !== undefined) {
		const taken = new Set(takers.map(({ reference }) => reference));
		return { ...inUse('document', first.reference, first.taker, world), taken };
	}
	const own = request.externalReference;
	const ofRequests = [
		...(requests ? holders.requests(own) : []),
		...(together ? holders.documents(own) : []),
	];
	const taker = takerOf(ofRequests, own, client, world);
	if (taker === undefined) return undefined;
	return {
		...inUse('request', own, taker, world),
		taken: new Set(documentReferences(request)),
	};
}

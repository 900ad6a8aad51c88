import type { House } from '../House.mts';
import { Refusal } from '../Refusal.mts';
import type { Client } from '../state/Clients.mts';
import type { Holder } from '../state/Holders.mts';
import type { MultipartSignRequest } from '../types.mts';
import {
	referenceCase,
	referenceScope,
	repeats,
	stillTaken,
	uniqueReferences,
} from '../worlds/registration.mts';
import type { World } from '../worlds/World.mts';

/** Why a request cannot be registered beside those that are. */
export interface Clash {
	refusal: Refusal;
	/** The documents' references that stand against it. */
	taken: ReadonlySet<string>;
}

const inUse = (whose: string, reference: string): Refusal =>
	Refusal.withCode('0.0.7', `${whose} external reference ${reference} is already in use`);

function documentReferences({ documents }: MultipartSignRequest): string[] {
	return documents.map(({ documentRequest }) => documentRequest.externalReference);
}

/** The references that a request repeats among its documents. */
function repeatedIn(request: MultipartSignRequest, world: World): string[] {
	const { same } = referenceCase(world);
	const references = documentReferences(request);
	return references.filter((reference, index) =>
		references.slice(0, index).some((earlier) => same(earlier, reference)),
	);
}

/** Whether one of the holders of a reference keeps a client service from taking it. */
function isTaken(holders: readonly Holder[], reference: string, client: Client, world: World) {
	return holders.some(
		(holder) =>
			referenceCase(world).same(holder.held, reference) &&
			referenceScope(world)(holder, client) &&
			stillTaken(world)(holder),
	);
}

/** What stands against a request in the present world, if anything does. */
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
	const taken = documentReferences(request).filter((reference) =>
		isTaken(
			[
				...(documents ? holders.documents(reference) : []),
				...(together ? holders.requests(reference) : []),
			],
			reference,
			client,
			world,
		),
	);
	const [first] = taken;
	if (first !== undefined) return { refusal: inUse('document', first), taken: new Set(taken) };
	const own = request.externalReference;
	const ofRequests = [
		...(requests ? holders.requests(own) : []),
		...(together ? holders.documents(own) : []),
	];
	if (!isTaken(ofRequests, own, client, world)) return undefined;
	return { refusal: inUse('request', own), taken: new Set(documentReferences(request)) };
}

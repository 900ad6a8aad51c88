import { Refusal } from '../Refusal.mts';
import type { DeliveryInfo, MultipartSignRequest } from '../types.mts';
import {
	descriptionLength,
	nameLength,
	receiverStatus,
	referenceCharacters,
	referenceLength,
} from '../worlds/requests.mts';
import type { World } from '../worlds/World.mts';

type Receiver = NonNullable<DeliveryInfo['personReceiver']>[number];

/** Maximum lengths in characters, the same in every world; the service's own are unknown. */
const LONGEST_TEXT = 255;
const LONGEST_TEMPLATE = 4000;
const LONGEST_EMAIL = 254;

function check(path: string, most: number, value: string | undefined): void {
	if (value === undefined || value.length <= most) return;
	throw Refusal.withCode('0.0.4', `${path} is longer than ${most} characters`);
}

function checkReference(path: string, reference: string, world: World): void {
	check(path, referenceLength(world).most, reference);
	if (referenceCharacters(world).test(reference)) return;
	throw Refusal.withCode('0.0.6', `${path} has characters that are not allowed`);
}

function checkReceiver({ email, deliveryStatus }: Receiver, world: World): void {
	const path = 'preservationInfo.deliveryInfo.personReceiver';
	check(`${path}.email`, LONGEST_EMAIL, email);
	const rule = receiverStatus(world);
	if (rule === 'required' && deliveryStatus === undefined)
		throw Refusal.withCode('0.0.2', `missing ${path}.deliveryStatus`);
	if (rule === 'refused' && deliveryStatus !== undefined)
		throw Refusal.withCode('0.0.2', `${path}.deliveryStatus must not be present`);
}

/** A reference as the world stores it. */
export function keptReference(reference: string, world: World): string {
	const { most, cut } = referenceLength(world);
	return cut ? reference.slice(0, most) : reference;
}

/** A request with its references as the world stores them. */
export function asKept(request: MultipartSignRequest, world: World): MultipartSignRequest {
	const kept = <Part extends { externalReference: string }>(part: Part): Part => ({
		...part,
		externalReference: keptReference(part.externalReference, world),
	});
	const documents = request.documents.map((document) => ({
		...document,
		documentRequest: kept(document.documentRequest),
	}));
	return kept({ ...request, documents });
}

/** @throws Refusal 0.0.4 for an attribute that is too long, 0.0.2 or 0.0.6 for other violations */
export function checkLimits(request: MultipartSignRequest, world: World): void {
	check('externalReference', LONGEST_TEXT, request.externalReference);
	check('description', descriptionLength(world), request.description);
	for (const [index, { documentRequest, signatureInfo }] of request.documents.entries()) {
		const path = `documents[${index}].documentRequest`;
		checkReference(`${path}.externalReference`, documentRequest.externalReference, world);
		check(`${path}.name`, nameLength(world), documentRequest.name);
		const info = `documents[${index}].signatureInfo`;
		check(`${info}.reason`, LONGEST_TEXT, signatureInfo.reason);
		check(`${info}.location`, LONGEST_TEXT, signatureInfo.location);
		const template = signatureInfo.visibleSignatureInfo?.oneOffTemplate;
		check(`${info}.visibleSignatureInfo.oneOffTemplate`, LONGEST_TEMPLATE, template);
	}
	for (const receiver of request.preservationInfo?.deliveryInfo?.personReceiver ?? [])
		checkReceiver(receiver, world);
}

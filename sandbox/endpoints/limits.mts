import { Refusal } from '../Refusal.mts';
import type { MultipartSignRequest } from '../types.mts';

/** Greatest lengths in characters; the service's own are unknown, these are the sandbox's. */
const LIMITS = {
	externalReference: 255,
	name: 255,
	description: 1000,
	reason: 255,
	location: 255,
	oneOffTemplate: 4000,
	email: 254,
};

function check(path: string, attribute: keyof typeof LIMITS, value: string | undefined): void {
	if (value === undefined || value.length <= LIMITS[attribute]) return;
	const cause = `${path}${attribute} is longer than ${LIMITS[attribute]} characters`;
	throw Refusal.withCode('0.0.4', cause);
}

/** @throws Refusal 0.0.4 when an attribute is too large */
export function checkLimits(request: MultipartSignRequest): void {
	check('', 'externalReference', request.externalReference);
	check('', 'description', request.description);
	for (const [index, { documentRequest, signatureInfo }] of request.documents.entries()) {
		const path = `documents[${index}]`;
		check(`${path}.documentRequest.`, 'externalReference', documentRequest.externalReference);
		check(`${path}.documentRequest.`, 'name', documentRequest.name);
		check(`${path}.signatureInfo.`, 'reason', signatureInfo.reason);
		check(`${path}.signatureInfo.`, 'location', signatureInfo.location);
		const template = signatureInfo.visibleSignatureInfo?.oneOffTemplate;
		check(`${path}.signatureInfo.visibleSignatureInfo.`, 'oneOffTemplate', template);
	}
	for (const { email } of request.preservationInfo?.deliveryInfo?.personReceiver ?? []) {
		check('preservationInfo.deliveryInfo.personReceiver.', 'email', email);
	}
}

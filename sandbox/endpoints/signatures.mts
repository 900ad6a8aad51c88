import { Refusal } from '../Refusal.mts';
import { settingsFit } from '../signatureRules.mts';
import { imageSize } from '../signing/imageSize.mts';
import type { ErrorBody, MultipartSignRequest, SignatureInfo } from '../types.mts';
import { imageTooLarge, refusesMisfits } from '../worlds/requests.mts';
import type { World } from '../worlds/World.mts';

/** As a public client of the service once received it. */
const TOO_LARGE: ErrorBody = {
	errorCode: '2.2.1',
	errorCodeDescription: 'Visible elements not present for PAdES Signature.',
	causeMessage: 'area is smaller than the uploaded image',
};

function exceedsItsArea({ visibleSignatureInfo: visible }: SignatureInfo): boolean {
	const size = visible?.imageValue && imageSize(Buffer.from(visible.imageValue, 'base64'));
	const area = /^width=(\d+),height=(\d+)$/.exec(visible?.area ?? '');
	if (!size || area === null) return false;
	return size.width > Number(area[1]) || size.height > Number(area[2]);
}

/** @throws Refusal for signature settings with which the world does not register the request */
export function checkSignatures({ documents }: MultipartSignRequest, world: World): void {
	const status = imageTooLarge(world);
	for (const [index, { documentRequest, signatureInfo }] of documents.entries()) {
		if (status !== undefined && exceedsItsArea(signatureInfo)) throw new Refusal(status, TOO_LARGE);
		if (refusesMisfits(world) && !settingsFit(documentRequest.contentType, signatureInfo)) {
			const cause = `documents[${index}].signatureInfo does not fit the document`;
			throw Refusal.withCode('0.0.6', cause);
		}
	}
}

import { pdflibAddPlaceholder } from '@signpdf/placeholder-pdf-lib';
import { SignPdf } from '@signpdf/signpdf';
import { Signer, SUBFILTER_ETSI_CADES_DETACHED } from '@signpdf/utils';
import { PDFDocument } from 'pdf-lib';
import type { Identity } from '../identity/Identity.mts';
import { OID, signedData } from '../cms/signedData.mts';
import { misconfigured } from '../SignFault.mts';
import { drawVisible } from './visible.mts';
import type { SignatureInfo } from '../../types.mts';

/** Octets kept free for the CMS message: two chains of two certificates, twice over. */
const SIGNATURE_LENGTH = 16384;

class CmsSigner extends Signer {
	readonly #make: (content: Buffer) => Buffer;

	constructor(make: (content: Buffer) => Buffer) {
		super();
		this.#make = make;
	}

	override async sign(content: Buffer): Promise<Buffer> {
		return this.#make(content);
	}
}

async function open(content: Buffer): Promise<PDFDocument> {
	// The whole file is written anew, which would break the signatures that it has.
	if (content.includes('/ByteRange')) throw misconfigured('The PDF is signed already');
	try {
		const document = await PDFDocument.load(content, { updateMetadata: false });
		if (document.getPageCount() > 0) return document;
	} catch (error) {
		throw misconfigured('The document is no readable PDF', error);
	}
	throw misconfigured('The PDF has no pages');
}

/**
 * Signs a PDF: PAdES baseline (ETSI EN 319 142-1), B-B or B-T with a time stamp.
 * @param stamp makes the time-stamp token, when one is asked for
 * @throws {SignFault} for unreadable or signed PDFs, and for visible signatures that cannot be drawn
 */
export async function signPades(
	content: Buffer,
	info: SignatureInfo,
	by: Identity,
	stamp?: (signatureValue: Buffer) => Buffer,
): Promise<Buffer> {
	const document = await open(content);
	if (info.visibleSignatureInfo !== undefined) {
		await drawVisible(document, info.visibleSignatureInfo, by.commonName);
	}
	pdflibAddPlaceholder({
		pdfDoc: document,
		reason: info.reason ?? '',
		location: info.location ?? '',
		contactInfo: '',
		name: by.commonName,
		subFilter: SUBFILTER_ETSI_CADES_DETACHED,
		signatureLength: SIGNATURE_LENGTH,
	});
	const prepared = await document.save({ useObjectStreams: false });
	const signer = new CmsSigner((bytes) =>
		signedData(bytes, by, { contentType: OID.data, attached: false, stamp }),
	);
	return await new SignPdf().sign(Buffer.from(prepared), signer);
}

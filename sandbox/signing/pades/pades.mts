import { SignPdf } from '@signpdf/signpdf';
import {
	DEFAULT_BYTE_RANGE_PLACEHOLDER,
	Signer,
	SUBFILTER_ETSI_CADES_DETACHED,
} from '@signpdf/utils';
import { PDFHexString, PDFName, PDFString } from 'pdf-lib';
import type { PDFDocument, PDFRef } from 'pdf-lib';
import { OID, signedData } from '../cms/signedData.mts';
import type { Identity } from '../identity/Identity.mts';
import type { SignatureInfo } from '../../types.mts';
import { drawAppearance, emptyAppearance } from './appearance.mts';
import { appendUpdate } from './appendUpdate.mts';
import { defaultText, fillTemplate } from './fillTemplate.mts';
import type { TemplateValues } from './fillTemplate.mts';
import { openPdf } from './openPdf.mts';
import type { OpenPdf } from './openPdf.mts';
import { misconfigured, SignFault } from '../SignFault.mts';
import { findPlacement } from './placement.mts';
import type { Placement, Reading } from './placement.mts';
import { addField, fillField } from './signatureField.mts';
import { readVisibleSettings } from './visibleSettings.mts';

/** Octets reserved for the CMS message: 18,944 hexadecimal digits, as in a file that staging signed. */
const SIGNATURE_LENGTH = 18_944 / 2;

/** The rectangle of an invisible signature. */
const NOWHERE = { x: 0, y: 0, width: 0, height: 0 };

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

/** The signature dictionary (ISO 32000-1, 12.8.1), with room for the signature. */
function addSignature({ context }: PDFDocument, values: TemplateValues): PDFRef {
	const unknown = PDFName.of(DEFAULT_BYTE_RANGE_PLACEHOLDER);
	const signature = context.obj({
		Type: 'Sig',
		Filter: 'Adobe.PPKLite',
		SubFilter: SUBFILTER_ETSI_CADES_DETACHED,
		ByteRange: [0, unknown, unknown, unknown],
		Contents: PDFHexString.of('00'.repeat(SIGNATURE_LENGTH)),
		M: PDFString.fromDate(values.signingTime),
		Name: PDFHexString.fromText(values.commonName),
	});
	const { reason, location } = values;
	if (reason !== undefined) signature.set(PDFName.of('Reason'), PDFHexString.fromText(reason));
	if (location !== undefined)
		signature.set(PDFName.of('Location'), PDFHexString.fromText(location));
	return context.register(signature);
}

/** Where the signature is shown and what it looks like. */
async function show(
	pdf: OpenPdf,
	{ visibleSignatureInfo: visible }: SignatureInfo,
	values: TemplateValues,
	reading: Reading,
): Promise<{ placement: Placement; appearance: PDFRef }> {
	const { document } = pdf;
	if (visible === undefined) {
		const placement = { page: document.getPage(0), rectangle: NOWHERE };
		return { placement, appearance: emptyAppearance(document) };
	}
	const settings = readVisibleSettings(visible);
	const { locationType, locationValue } = visible;
	const placement = await findPlacement(pdf, locationType, locationValue, settings.area, reading);
	const { template } = settings;
	const text = template === undefined ? defaultText(values) : fillTemplate(template, values);
	const appearance = await drawAppearance(document, placement.rectangle, text, settings);
	return { placement, appearance };
}

/** An error caused by the PDF's own structure, such as a circular page tree, is a fault of the PDF. */
function asMisconfigured(error: unknown): never {
	throw error instanceof SignFault ? error : misconfigured('The PDF cannot be updated', error);
}

/** Adds the signature to the document. @returns the existing objects that were changed */
async function prepare(
	pdf: OpenPdf,
	info: SignatureInfo,
	commonName: string,
	reading: Reading,
): Promise<ReadonlySet<PDFRef>> {
	const { document } = pdf;
	const { reason, location } = info;
	const values: TemplateValues = { commonName, reason, location, signingTime: new Date() };
	const { placement, appearance } = await show(pdf, info, values, reading);
	const signature = addSignature(document, values);
	return new Set(
		'page' in placement
			? addField(document, placement.page, placement.rectangle, signature, appearance)
			: fillField(document, placement, signature, appearance),
	);
}

/**
 * Signs a PDF: PAdES baseline (ETSI EN 319 142-1), B-B, or B-T with a time stamp. The signature is an
 * incremental update: the existing octets stay as they are, earlier signatures included.
 * @param reading how the place of a visible signature is interpreted
 * @param stamp creates the timestamp token, when one is asked for
 * @throws {SignFault} for unreadable PDFs and for visible signatures that cannot be drawn
 */
export async function signPades(
	content: Buffer,
	info: SignatureInfo,
	by: Identity,
	reading: Reading,
	stamp?: (signatureValue: Buffer) => Buffer,
): Promise<Buffer> {
	const pdf = await openPdf(content).catch(asMisconfigured);
	const changed = await prepare(pdf, info, by.commonName, reading).catch(asMisconfigured);
	const signer = new CmsSigner((bytes) =>
		signedData(bytes, by, { contentType: OID.data, attached: false, stamp }),
	);
	return await new SignPdf().sign(appendUpdate(pdf, changed), signer);
}

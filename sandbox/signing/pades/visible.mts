import { rgb, StandardFonts } from 'pdf-lib';
import type { PDFDocument, PDFPage } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';
import type { SignatureInfo } from '../../types.mts';

type Visible = NonNullable<SignatureInfo['visibleSignatureInfo']>;

const DEFAULT_TEMPLATE = 'Digitally Signed by $certificate.getCommonName().';

function numbers(pattern: RegExp, value: string): number[] {
	const match = pattern.exec(value);
	if (match === null) throw misconfigured(`Cannot read ${value}`);
	return match.slice(1).map(Number);
}

async function drawImage(
	page: PDFPage,
	{ imageType, imageValue }: Visible,
	box: { x: number; y: number; width: number; height: number },
): Promise<void> {
	if (imageValue === undefined) return;
	const bytes = Buffer.from(imageValue, 'base64');
	const { doc } = page;
	page.drawImage(
		imageType === 'IMAGE_JPG' ? await doc.embedJpg(bytes) : await doc.embedPng(bytes),
		box,
	);
}

async function draw(document: PDFDocument, visible: Visible, signer: string): Promise<void> {
	const { area = 'width=200,height=60', areaBackgroundColor = 'transparent' } = visible;
	const [number, x, y] = numbers(/^page=(\d+),x=(\d+),y=(\d+)$/, visible.locationValue);
	const [width, height] = numbers(/^width=(\d+),height=(\d+)$/, area);
	const [size] = numbers(/^(?:color=#000000,)?size=(\d+)$/, visible.font ?? 'size=10');
	const page = document.getPage(number - 1);
	if (areaBackgroundColor !== 'transparent') {
		const [hex] = /(?<=^#)[0-9a-f]{6}$/i.exec(areaBackgroundColor) ?? [];
		if (hex === undefined) throw misconfigured(`No colour: ${areaBackgroundColor}`);
		const [red, green, blue] = Buffer.from(hex, 'hex');
		page.drawRectangle({ x, y, width, height, color: rgb(red / 255, green / 255, blue / 255) });
	}
	await drawImage(page, visible, { x, y, width, height });
	const oneOff = visible.templateType === 'ONE_OFF' ? visible.oneOffTemplate : undefined;
	const text = (oneOff ?? DEFAULT_TEMPLATE).replaceAll('$certificate.getCommonName()', signer);
	const font = await document.embedFont(StandardFonts.Helvetica);
	page.drawText(text, { x, y: y + height - size, size, font, maxWidth: width, lineHeight: size });
}

/**
 * Draws a visible signature onto the page itself, below an invisible signature field. Knows
 * `COORDINATE` only, a px being a point; templates know the common name only.
 * @throws {SignFault} for other locations, and for what cannot be drawn
 */
export async function drawVisible(
	document: PDFDocument,
	visible: Visible,
	signer: string,
): Promise<void> {
	if (visible.locationType !== 'COORDINATE') {
		throw misconfigured(`The sandbox does not know the location ${visible.locationType}`);
	}
	try {
		await draw(document, visible, signer);
	} catch (error) {
		throw misconfigured('The visible signature cannot be drawn', error);
	}
}

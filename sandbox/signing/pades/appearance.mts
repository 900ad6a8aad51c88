import {
	degrees,
	drawImage,
	drawLinesOfText,
	drawRectangle,
	PDFName,
	popGraphicsState,
	pushGraphicsState,
	rgb,
	StandardFonts,
} from 'pdf-lib';
import type { PDFDocument, PDFFont, PDFImage, PDFOperator, PDFRef } from 'pdf-lib';
import { misconfigured } from '../SignFault.mts';
import type { SignatureImage, Size, VisibleSettings } from './visibleSettings.mts';

/** Space around the text, in points. */
const MARGIN = 2;
const LINE_HEIGHT = 1.2;

const UPRIGHT = { rotate: degrees(0), xSkew: degrees(0), ySkew: degrees(0) };

interface Box extends Size {
	x: number;
	y: number;
}

const EMBED: Readonly<
	Record<SignatureImage['type'], (document: PDFDocument, bytes: Uint8Array) => Promise<PDFImage>>
> = {
	IMAGE_PNG: async (document, bytes) => await document.embedPng(bytes),
	IMAGE_JPG: async (document, bytes) => await document.embedJpg(bytes),
};

async function embedImage(
	document: PDFDocument,
	{ type, bytes }: SignatureImage,
): Promise<PDFImage> {
	try {
		const image = await EMBED[type](document, bytes);
		await image.embed();
		return image;
	} catch (error) {
		throw misconfigured(`The image is not a readable ${type}`, error);
	}
}

/** The font only has the letters of western Europe; all others become question marks. */
function writable(text: string, font: PDFFont): string {
	const known = new Set(font.getCharacterSet());
	return Array.from(text, (letter) =>
		letter === '\n' || known.has(letter.codePointAt(0) ?? 0) ? letter : '?',
	).join('');
}

function wrap(text: string, font: PDFFont, size: number, width: number): string[] {
	return text.split('\n').flatMap((paragraph) => {
		const lines: string[] = [];
		for (const word of paragraph.split(' ')) {
			const last = lines.at(-1);
			const longer = `${last ?? ''} ${word}`;
			if (last === undefined || font.widthOfTextAtSize(longer, size) > width) lines.push(word);
			else lines[lines.length - 1] = longer;
		}
		return lines;
	});
}

function drawText(text: string, font: PDFFont, box: Box, size: number): PDFOperator[] {
	return drawLinesOfText(
		wrap(text, font, size, box.width).map((line) => font.encodeText(line)),
		{
			...UPRIGHT,
			font: 'Text',
			size,
			color: rgb(0, 0, 0),
			lineHeight: size * LINE_HEIGHT,
			x: box.x,
			y: box.y + box.height - size,
		},
	);
}

/** An image as it is drawn: one pixel per point, scaled down only if it would exceed the area. */
interface Drawn extends Size {
	image: PDFImage;
}

function fitted(image: PDFImage, { width, height }: Size): Drawn {
	const isLarger = image.width > width || image.height > height;
	return { image, ...(isLarger ? image.scaleToFit(width, height) : image.size()) };
}

/** Draws the image at the left edge of the area, vertically centred. */
function drawImageIn({ width, height }: Drawn, area: Size): PDFOperator[] {
	const y = (area.height - height) / 2;
	return drawImage('Image', { ...UPRIGHT, x: 0, y, width, height });
}

/** Where the text goes: to the right of the image, or in the whole area. */
function besides(drawn: Drawn | undefined, { width, height }: Size): Box {
	const x = (drawn?.width ?? 0) + MARGIN;
	return {
		x,
		y: MARGIN,
		width: Math.max(width - x - MARGIN, 1),
		height: Math.max(height - 2 * MARGIN, 1),
	};
}

/** The appearance of an invisible signature; PDF/A requires one even then. */
export function emptyAppearance({ context }: PDFDocument): PDFRef {
	return context.register(context.formXObject([], { BBox: [0, 0, 0, 0], Resources: {} }));
}

/**
 * Draws the appearance of a visible signature.
 * @param text with its template already filled in; may be empty
 * @returns the form that a widget of that size shows
 * @throws {SignFault} when the image cannot be read
 */
export async function drawAppearance(
	document: PDFDocument,
	size: Size,
	text: string,
	{ background, fontSize, image: asked }: VisibleSettings,
): Promise<PDFRef> {
	const font = await document.embedFont(StandardFonts.Helvetica);
	await font.embed();
	const drawn = asked && fitted(await embedImage(document, asked), size);
	const shown = writable(text, font);
	const filled =
		background === undefined
			? []
			: drawRectangle({
					...UPRIGHT,
					...size,
					x: 0,
					y: 0,
					borderWidth: 0,
					borderColor: undefined,
					color: rgb(...background),
				});
	const operators = [
		pushGraphicsState(),
		...filled,
		...(drawn === undefined ? [] : drawImageIn(drawn, size)),
		...drawText(shown, font, besides(drawn, size), fontSize),
		popGraphicsState(),
	];
	const { context } = document;
	const resources = context.obj({ Font: { Text: font.ref } });
	if (drawn) resources.set(PDFName.of('XObject'), context.obj({ Image: drawn.image.ref }));
	const form = context.formXObject(operators, { BBox: [0, 0, size.width, size.height] });
	form.dict.set(PDFName.of('Resources'), resources);
	return context.register(form);
}

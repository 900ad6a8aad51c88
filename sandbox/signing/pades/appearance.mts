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

/** Space around text and image, in points. */
const MARGIN = 2;
const LINE_HEIGHT = 1.2;
/** Sizes tried, in points, when none is asked for. */
const LARGEST = 10;
const SMALLEST = 4;

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
		throw misconfigured(`The image is no readable ${type}`, error);
	}
}

/** The font has the letters of western Europe only; others become question marks. */
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

/** The largest size at which the text fits into the box, or the smallest one that is tried. */
function fittingSize(text: string, font: PDFFont, { width, height }: Size): number {
	for (let size = LARGEST; size > SMALLEST; size -= 0.5) {
		const lines = wrap(text, font, size, width);
		const widest = Math.max(...lines.map((line) => font.widthOfTextAtSize(line, size)));
		if (lines.length * size * LINE_HEIGHT <= height && widest <= width) return size;
	}
	return SMALLEST;
}

function drawText(text: string, font: PDFFont, box: Box, asked: number | undefined): PDFOperator[] {
	const size = asked ?? fittingSize(text, font, box);
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

/** The image as large as the box allows, in the box's middle. */
function drawCentred(image: PDFImage, box: Box): PDFOperator[] {
	const { width, height } = image.scaleToFit(box.width, box.height);
	return drawImage('Image', {
		...UPRIGHT,
		x: box.x + (box.width - width) / 2,
		y: box.y + (box.height - height) / 2,
		width,
		height,
	});
}

/** Where image and text go: side by side, the image in the left third; or alone in the whole area. */
function split({ width, height }: Size, hasImage: boolean, hasText: boolean): [Box, Box] {
	const inner: Box = {
		x: MARGIN,
		y: MARGIN,
		width: Math.max(width - 2 * MARGIN, 1),
		height: Math.max(height - 2 * MARGIN, 1),
	};
	if (!hasImage || !hasText) return [inner, inner];
	const third = inner.width / 3;
	const rest = { x: inner.x + third + MARGIN, width: Math.max(inner.width - third - MARGIN, 1) };
	return [
		{ ...inner, width: third },
		{ ...inner, ...rest },
	];
}

/** The appearance of a signature that is not seen; PDF/A wants one there too. */
export function emptyAppearance({ context }: PDFDocument): PDFRef {
	return context.register(context.formXObject([], { BBox: [0, 0, 0, 0], Resources: {} }));
}

/**
 * Draws what a visible signature looks like.
 * @param text already filled in; may be empty
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
	const image = asked === undefined ? undefined : await embedImage(document, asked);
	const shown = writable(text, font);
	const [imageBox, textBox] = split(size, image !== undefined, shown.trim() !== '');
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
		...(image === undefined ? [] : drawCentred(image, imageBox)),
		...drawText(shown, font, textBox, fontSize),
		popGraphicsState(),
	];
	const { context } = document;
	const resources = context.obj({ Font: { Text: font.ref } });
	if (image !== undefined) resources.set(PDFName.of('XObject'), context.obj({ Image: image.ref }));
	const form = context.formXObject(operators, { BBox: [0, 0, size.width, size.height] });
	form.dict.set(PDFName.of('Resources'), resources);
	return context.register(form);
}

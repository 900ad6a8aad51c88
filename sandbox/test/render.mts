import { getDocument, OPS, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { runTool } from '../../tools/verify/Verdict.mts';

/** A signature field as a PDF reader draws it. */
export interface DrawnField {
	name: string;
	page: number;
	/** Left, bottom, right, top. */
	rectangle: number[];
	text: string;
	images: number;
	/** Colours that areas are filled with, as `#rrggbb`. */
	fills: string[];
}

type Arguments = readonly unknown[];

/** The letters of a text-showing operator; the numbers between them are kerning. */
function letters([glyphs]: Arguments): string {
	return (Array.isArray(glyphs) ? glyphs : [])
		.map((glyph: unknown) =>
			typeof glyph === 'object' && glyph !== null && 'unicode' in glyph ? glyph.unicode : '',
		)
		.join('');
}

/** Reads a PDF with an independent reader and returns what it would show in signature fields. */
export async function drawnFields(pdf: Buffer): Promise<DrawnField[]> {
	const task = getDocument({ data: new Uint8Array(pdf), verbosity: VerbosityLevel.ERRORS });
	try {
		const document = await task.promise;
		const drawn: DrawnField[] = [];
		for (let number = 1; number <= document.numPages; number += 1) {
			const page = await document.getPage(number);
			const fields = (await page.getAnnotations()).filter(({ fieldType }) => fieldType === 'Sig');
			const { fnArray, argsArray } = await page.getOperatorList({ intent: 'print' });
			for (const { id, fieldName, rect } of fields) {
				const field = { name: String(fieldName), page: number, rectangle: [...rect] };
				drawn.push({ ...field, ...contentOf(String(id), fnArray, argsArray) });
			}
		}
		return drawn;
	} finally {
		await task.destroy();
	}
}

function contentOf(
	id: string,
	operators: readonly number[],
	argumentLists: readonly Arguments[],
): Pick<DrawnField, 'text' | 'images' | 'fills'> {
	const content = { text: '', images: 0, fills: [] as string[] };
	const start = operators.findIndex(
		(operator, index) => operator === OPS.beginAnnotation && argumentLists[index]?.[0] === id,
	);
	const end = operators.indexOf(OPS.endAnnotation, start);
	for (let index = start; start >= 0 && index < end; index += 1) {
		const given = argumentLists[index] ?? [];
		if (operators[index] === OPS.showText) content.text += `${letters(given)}\n`;
		if (operators[index] === OPS.paintImageXObject) content.images += 1;
		if (operators[index] === OPS.setFillRGBColor) content.fills.push(String(given[0]));
	}
	return content;
}

/**
 * The colour of a pixel of the first page as poppler renders it, one pixel per point.
 * @returns undefined on machines without poppler
 */
export function renderedPixel(pdf: Buffer, x: number, y: number): string | undefined {
	const options = ['-singlefile', '-r', '72', 'signed.pdf'];
	const image = runTool('pdftoppm', options, { 'signed.pdf': pdf })?.stdout;
	if (image === undefined) return undefined;
	const [header, width, height] =
		/^P6\s(\d+)\s(\d+)\s255\s/.exec(image.toString('latin1', 0, 40)) ?? [];
	const row = Number(height) - 1 - Math.floor(y);
	const at = (header ?? '').length + 3 * (row * Number(width) + Math.floor(x));
	return `#${image.toString('hex', at, at + 3)}`;
}

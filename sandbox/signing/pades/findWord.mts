import { PDFDocument, StandardFonts } from 'pdf-lib';

/** The position of a word: its page, counted from 0, and the left end of its base line. */
export interface FoundWord {
	page: number;
	x: number;
	y: number;
}

/** A piece of text as the page draws it. */
interface Piece {
	text: string;
	x: number;
	y: number;
	width: number;
}

/** What the PDF reader reports about a piece of text. */
interface TextItem {
	str: string;
	/** Transformation matrix; its last two numbers are where the text begins. */
	transform: number[];
	width: number;
	/** Whether a line ends here. */
	hasEOL: boolean;
}

/** The lines of a page, each with its pieces. */
function linesOf(items: readonly TextItem[]): Piece[][] {
	const lines: Piece[][] = [[]];
	for (const { str, transform, width, hasEOL } of items) {
		const [x = 0, y = 0] = transform.slice(4);
		lines.at(-1)?.push({ text: str, x, y, width });
		if (hasEOL) lines.push([]);
	}
	return lines;
}

type Measure = (text: string) => number;

/** Letter widths of a sans serif font, to estimate where in a piece of text a word begins. */
async function measureOf(): Promise<Measure> {
	const font = await (await PDFDocument.create()).embedFont(StandardFonts.Helvetica);
	const known = new Set(font.getCharacterSet());
	return (text) =>
		font.widthOfTextAtSize(
			Array.from(text, (letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : 'n')).join(''),
			1,
		);
}

function findInLine(
	line: readonly Piece[],
	word: string,
	measure: Measure,
): { x: number; y: number } | undefined {
	let rest = line
		.map(({ text }) => text)
		.join('')
		.indexOf(word);
	if (rest < 0) return undefined;
	for (const { text, x, y, width } of line) {
		if (rest < text.length) {
			const whole = measure(text);
			const before = measure(text.slice(0, rest));
			return { x: x + (whole === 0 ? 0 : (width * before) / whole), y };
		}
		rest -= text.length;
	}
	return undefined;
}

/** The first occurrence of a word in the order in which the pages draw their text. */
export async function findWord(content: Buffer, word: string): Promise<FoundWord | undefined> {
	const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
	const task = getDocument({
		// A copy, because the reader takes ownership of the memory.
		data: new Uint8Array(content),
		verbosity: VerbosityLevel.ERRORS,
		disableFontFace: true,
	});
	try {
		const [document, measure] = await Promise.all([task.promise, measureOf()]);
		for (let page = 0; page < document.numPages; page += 1) {
			const { items } = await (await document.getPage(page + 1)).getTextContent();
			for (const line of linesOf(items.filter((item) => 'str' in item))) {
				const found = findInLine(line, word, measure);
				if (found !== undefined) return { page, ...found };
			}
		}
		return undefined;
	} finally {
		await task.destroy();
	}
}

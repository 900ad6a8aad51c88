import { containerOf } from './containers';
import { textOf } from './encoding';
import { localOf } from './xml/XmlNamespaces';

/** What a file is, told by its bytes and not by its name. */
export type FileKind = 'pdf' | 'xml' | 'other';

/** First bytes of a file that are enough to tell what it is. */
export const headBytes = 64 * 1024;

/**
 * Tells PDF and XML by the first {@link headBytes} of a file, and looks at no more. HTML without an XML
 * declaration is no XML: it is what mails are written in.
 */
export function fileKind(content: Buffer): FileKind {
	const head = content.subarray(0, headBytes);
	const markup = markupOf(head);
	if (markup !== undefined) return isXml(markup) ? 'xml' : 'other';
	return isPdf(head) ? 'pdf' : 'other';
}

/** The text from its first `<`, if nothing but white space stands before it; undefined for all other files. */
function markupOf(head: Buffer): string | undefined {
	const text = textOf(head);
	return /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n]*(?=<)([^]+)/.exec(text)?.[1];
}

/** What may stand before the root (XML 1.0, section 2.8); PHP's files begin so, too. */
const prologue: Array<[opening: RegExp, closing: string]> = [
	[/[ \t\r\n]*<!--/y, '-->'],
	[/[ \t\r\n]*<\?(?!php\b)[A-Za-z_:\u0080-\uffff]/y, '?>'],
];

const root = /^\s*<([A-Za-z_:\u0080-\uffff][\w:.\-\u0080-\uffff]*)(?:\s[^>]*|\/)?(?:>|$)/;
const doctype = /^\s*<!DOCTYPE\s+(?!\s|html[\s>])/i;
const declaration = /^<\?xml\s/;

/** Elements that HTML mails begin with. */
const htmlElements = new Set(
	'html head body meta style div p span br hr table center font img h1 h2 h3 h4 ul ol pre blockquote strong em'.split(
		' ',
	),
);

function isXml(markup: string): boolean {
	const rest = behindPrologue(markup);
	if (rest === undefined || doctype.test(rest)) return true;
	const [tag = '', name = ''] = root.exec(rest) ?? [];
	if (name === '') return false;
	const html = htmlElements.has(name.toLowerCase());
	return !html || declaration.test(markup) || (name !== 'html' && /\sxmlns\b/.test(tag));
}

/** Whether a file, told by its first bytes, is a page or a drawing of the web, be it in XML: nobody's invoice. */
export function webKind(content: Buffer): 'an HTML page' | 'an SVG drawing' | undefined {
	const head = content.subarray(0, headBytes);
	const markup = markupOf(head);
	const rest = (markup === undefined ? undefined : behindPrologue(markup)) ?? '';
	const [, typed] = /^\s*<!DOCTYPE\s+([^\s>]+)/i.exec(rest) ?? [];
	const name = localOf((typed ?? root.exec(rest)?.[1] ?? '').toLowerCase());
	if (name === 'svg') return 'an SVG drawing';
	return name === 'html' || (htmlElements.has(name) && !isXml(rest)) ? 'an HTML page' : undefined;
}

/** What stands behind comments and instructions; undefined when the head ends within one. */
function behindPrologue(markup: string): string | undefined {
	for (let at = 0; ; ) {
		const passed = prologue.find(([opening]) => {
			opening.lastIndex = at;
			return opening.test(markup);
		});
		if (!passed) return markup.slice(at);
		const end = markup.indexOf(passed[1], passed[0].lastIndex);
		if (end < 0) return undefined;
		at = end + passed[1].length;
	}
}

/** Readers look for a PDF's header in the first kilobyte (ISO 32000-1, annex H). */
const headerWindow = 1024;

/** A PDF's header in a file, and what stands before it when that holds the PDF as a part. */
export interface PdfStart {
	/** Offset in bytes. */
	at: number;
	behind?: string;
}

/** Where a PDF begins in a file, by its first bytes; undefined when none does where readers look for it. */
export function pdfStart(head: Buffer): PdfStart | undefined {
	const at = head.subarray(0, headerWindow).indexOf('%PDF-');
	return at < 0 ? undefined : { at, behind: holderOf(head.subarray(0, at)) };
}

/**
 * A PDF begins with its header; anything may stand before it, but no container or mail that holds it, and no
 * words on the same line, which only speak of it.
 */
function isPdf(head: Buffer): boolean {
	const start = pdfStart(head);
	return start !== undefined && start.behind === undefined;
}

const mailHeader = /^[A-Za-z][\w-]*:[ \t]/m;

/** Control characters of text: tab, line and page ends, and the escape of a printer's lines. */
const textControls = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];

/** The mode of a file in the header of an archive by tar. */
const tarMode = /^[^]{100}[0-7 ]{6,7}\0/;

/** What may hold a PDF as it is, by the bytes before it. */
function holderOf(before: Buffer): string | undefined {
	const text = before.toString('latin1');
	if (/^HTTP\/\d/.test(text)) return undefined;
	const container = containerOf(before);
	if (container !== undefined) return container;
	if (tarMode.test(text)) return 'the beginning of a TAR archive';
	if (text.startsWith('--') || mailHeader.test(text)) return 'the beginning of an email';
	const lastLine = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
	const isText = before.every((byte) => byte >= 0x20 || textControls.includes(byte));
	return isText && /[\x21-\x7e]/.test(lastLine) ? 'text' : undefined;
}

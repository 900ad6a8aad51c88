import { containerOf } from './containers';
import { markupText } from './encoding';
import { localOf } from './xml/XmlElement';

/** What a file is, by its bytes and not by its name. */
export type FileKind = 'pdf' | 'xml' | 'other';

/** The number of first bytes of a file that are enough to tell what it is. */
export const headBytes = 64 * 1024;

/**
 * Recognises PDF and XML by the first {@link headBytes} of a file, and looks at no more. HTML without an XML
 * declaration is not XML: mails are written in it.
 */
export function fileKind(content: Buffer): FileKind {
	const head = content.subarray(0, headBytes);
	const markup = markupOf(head);
	if (markup !== undefined) return isXml(markup) ? 'xml' : 'other';
	return isPdf(head) ? 'pdf' : 'other';
}

/** Whether a file is markup, even if it may be HTML. */
export const isMarkup = (content: Buffer): boolean =>
	markupOf(content.subarray(0, headBytes)) !== undefined;

/** The text from its first `<`, if only white space comes before it; undefined for all other files. */
function markupOf(head: Buffer): string | undefined {
	const text = markupText(head);
	return /^(?:\u00ef\u00bb\u00bf)?[ \t\r\n]*(?=<)([^]+)/.exec(text)?.[1];
}

/** What may come before the root (XML 1.0, section 2.8); PHP files begin like this, too. */
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

/** Whether a file is, by its first bytes, a web page or a web drawing, even in XML: nobody's invoice. */
export function webKind(content: Buffer): 'an HTML page' | 'an SVG drawing' | undefined {
	const head = content.subarray(0, headBytes);
	const markup = markupOf(head);
	const rest = (markup === undefined ? undefined : behindPrologue(markup)) ?? '';
	const [, typed] = /^\s*<!DOCTYPE\s+([^\s>]+)/i.exec(rest) ?? [];
	const name = localOf((typed ?? root.exec(rest)?.[1] ?? '').toLowerCase());
	if (name === 'svg') return 'an SVG drawing';
	return name === 'html' || (htmlElements.has(name) && !isXml(rest)) ? 'an HTML page' : undefined;
}

/** What follows comments and instructions; undefined if the head ends within one. */
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

/** A PDF's header in a file, and what comes before it if that contains the PDF as a part. */
export interface PdfStart {
	/** Offset in bytes. */
	at: number;
	behind?: string;
}

/** Where a PDF begins in a file, by its first bytes; undefined if none begins where readers look for it. */
export function pdfStart(head: Buffer): PdfStart | undefined {
	const at = head.subarray(0, headerWindow).indexOf('%PDF-');
	return at < 0 ? undefined : { at, behind: holderOf(head.subarray(0, at)) };
}

/**
 * A PDF begins with its header; anything may come before it, except a container or mail that contains it, or words
 * on the same line, which only mention it.
 */
function isPdf(head: Buffer): boolean {
	const start = pdfStart(head);
	return start !== undefined && start.behind === undefined;
}

const header = /^[A-Za-z][\w-]*:[ \t]/m;
const mailHeader =
	/^(?:From|To|Cc|Subject|Date|Received|Return-Path|Delivered-To|Message-ID|MIME-Version|Content-[a-z-]+):[ \t]/im;

/** Control characters of text: tab, line and page ends, and the escape of a printer's lines. */
const textControls = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];

/** The mode of a file in the header of a tar archive. */
const tarMode = /^[^]{100}[0-7 ]{6,7}\0/;

/** What may contain a PDF unchanged, by the bytes before it. */
function holderOf(before: Buffer): string | undefined {
	const text = before.toString('latin1');
	if (/^HTTP\/\d/.test(text)) return undefined;
	const container = containerOf(before);
	if (container !== undefined) return container;
	if (tarMode.test(text)) return 'the beginning of a TAR archive';
	if (text.startsWith('--')) return 'a part of an email or of a web form';
	if (mailHeader.test(text)) return 'the beginning of an email';
	if (header.test(text)) return 'text';
	const lastLine = text.slice(Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r')) + 1);
	const isText = before.every((byte) => byte >= 0x20 || textControls.includes(byte));
	return isText && /[\x21-\x7e]/.test(lastLine) ? 'text' : undefined;
}

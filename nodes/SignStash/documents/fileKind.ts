import { textOf } from './encoding';

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

/** So many bytes before the header may be any. */
const fewBytes = 32;

/** Containers that may hold a PDF as it is: DER, ZIP, RAR, 7z, gzip, ar, and parts of mails. */
const containers = [
	...[0x80, 0x81, 0x82, 0x83, 0x84].map((length) => Buffer.from([0x30, length])),
	...['PK', 'Rar!', '7z', '!<arch>', '--'].map((start) => Buffer.from(start)),
	Buffer.from([0x1f, 0x8b]),
];
const mailHeader = /^[A-Za-z][\w-]*:[ \t]/m;

/** Control characters of text: tab, line and page ends, and the escape of a printer's lines. */
const textControls = [0x09, 0x0a, 0x0c, 0x0d, 0x1b];

/**
 * A PDF begins with its header; a byte order mark, a printer's lines or a few stray bytes may stand
 * before it, but no container, and no words on the same line, which only speak of it.
 */
function isPdf(head: Buffer): boolean {
	const at = head.subarray(0, headerWindow).indexOf('%PDF-');
	if (at < 0) return false;
	const before = head.subarray(0, at);
	const text = before.toString('latin1');
	return (
		!containers.some((start) => start.equals(before.subarray(0, start.length))) &&
		!mailHeader.test(text) &&
		/(?:^\s*|[^\x20-\x7e])$/.test(text) &&
		(at <= fewBytes || before.every((byte) => byte >= 0x20 || textControls.includes(byte)))
	);
}

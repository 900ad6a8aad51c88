/** Characters that XML 1.0 does not allow (section 2.2). */
const NO_CHARACTER = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** Comments, CDATA sections and instructions, in which `&` and `]]>` have no meaning. */
const UNREAD = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>/g;

/** An `&` that does not begin a reference; without a DOCTYPE only these entities exist (section 4.6). */
const NO_REFERENCE = /&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[\da-f]+);)/i;

const CHARACTER_REFERENCE = /&#(?:x([\da-f]+)|(\d+));/gi;

function isCharacter(digits: string, radix: number): boolean {
	const point = Number.parseInt(digits, radix);
	return point <= 0x10ffff && !NO_CHARACTER.test(String.fromCodePoint(point));
}

/** Finds flaws that the parser overlooks in the text of an XML document without a DOCTYPE. */
export function findFlaw(xml: string): string | undefined {
	if (NO_CHARACTER.test(xml)) return 'a character that XML does not allow';
	const read = xml.replaceAll(UNREAD, '');
	if (NO_REFERENCE.test(read)) return 'an & that does not begin a reference';
	if (read.includes(']]>')) return ']]> outside a CDATA section';
	const none = [...read.matchAll(CHARACTER_REFERENCE)].some(
		([, hex, decimal]) => !isCharacter(hex ?? decimal ?? '', hex === undefined ? 10 : 16),
	);
	return none ? 'a reference to a character that XML does not allow' : undefined;
}

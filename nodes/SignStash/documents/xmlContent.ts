import { isUtf16, textOf } from './encoding';
import { isSignature, scanElements } from './xmlScan';
import { scanTags, type Tag } from './xmlTags';

/** Something that an XML document says, in its order. */
type Token =
	| { kind: 'open'; name: string; attributes: Array<[name: string, value: string]> }
	| { kind: 'close' }
	| { kind: 'text'; value: string };

/**
 * Whether a signed XML document says what the original says: the same elements with the same attributes
 * and text, when the signature in it is left out. Comments, instructions, white space between elements
 * and the way in which all is written do not count. False only when elements and attributes are the same
 * and a text in ASCII is another: whoever writes a document anew may add to it or spoil accents, but
 * changes no figures. Else undefined.
 */
export function saysTheSame(signed: Buffer, original: Buffer): boolean | undefined {
	try {
		const [found, expected] = [decoded(signed), decoded(original)];
		return compare(tokensOf(found, signaturesOf(found)), tokensOf(expected, new Set()));
	} catch {
		return undefined;
	}
}

const encoding = /^<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

/** @throws for an encoding that is not known, and for what it does not fit */
function decoded(content: Buffer): string {
	if (isUtf16(content)) return textOf(content);
	const declared = encoding.exec(content.toString('latin1', 0, 200))?.[1];
	return new TextDecoder(declared ?? 'utf-8', { fatal: true }).decode(content);
}

function compare(found: Iterable<Token>, expected: Iterable<Token>): boolean | undefined {
	const others = expected[Symbol.iterator]();
	let same = true;
	let differs = false;
	for (const token of found) {
		const other = others.next();
		const pairs = other.done ? undefined : pairsOf(token, other.value);
		if (!pairs) return undefined;
		for (const [one, another] of pairs) {
			same &&= one === another;
			differs ||= isOther(one, another);
		}
	}
	if (!others.next().done) return undefined;
	return differs ? false : same || undefined;
}

/** The texts of two tokens that have to be the same; undefined for tokens of different shape. */
function pairsOf(one: Token, other: Token): Array<[string, string]> | undefined {
	if (one.kind === 'text' && other.kind === 'text') return [[one.value, other.value]];
	if (one.kind === 'close' && other.kind === 'close') return [];
	if (one.kind !== 'open' || other.kind !== 'open') return undefined;
	const [names, otherNames] = [one, other].map(({ name, attributes }) =>
		[name, ...attributes.map(([attribute]) => attribute)].join(' '),
	);
	if (names !== otherNames) return undefined;
	return one.attributes.map(([, value], at) => [value, other.attributes[at]?.[1] ?? '']);
}

const ascii = /^[\t\n\r\x20-\x7e]*$/;
const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Text that cannot be the other one, however it was written; entities of a document type may be any. */
const isOther = (one: string, another: string): boolean =>
	ascii.test(one) &&
	ascii.test(another) &&
	!`${one}${another}`.includes('&') &&
	collapsed(one) !== collapsed(another);

/** What stands in the way of text; a CDATA section is text. */
const beside = /<!--[^]*?-->|<\?[^]*?\?>|<!\[CDATA\[([^]*?)\]\]>|[^<]+/g;

function* tokensOf(text: string, signatures: Set<number>): Generator<Token> {
	let read = '';
	let at = 0;
	let leftOut = 0;
	for (const tag of scanTags(text)) {
		if (leftOut === 0) read += characters(text.slice(at, tag.start));
		at = tag.end;
		if (tag.kind === 'doctype') throw new Error('its entities are not known');
		if (leftOut > 0 || signatures.has(tag.start)) {
			leftOut += tag.kind === 'open' ? 1 : tag.kind === 'close' ? -1 : 0;
			continue;
		}
		if (/[^ \t\r\n]/.test(read)) yield { kind: 'text', value: read };
		read = '';
		if (tag.kind !== 'close')
			yield { kind: 'open', name: tag.name, attributes: attributesOf(text, tag) };
		if (tag.kind !== 'open') yield { kind: 'close' };
	}
}

/** Where the signatures of a document begin. */
function signaturesOf(text: string): Set<number> {
	const starts = new Set<number>();
	for (const element of scanElements(text)) if (isSignature(element)) starts.add(element.start);
	return starts;
}

const characters = (markup: string): string =>
	markup.replace(beside, (part, cdata: string | undefined) =>
		part.startsWith('<') ? lineEnds(cdata ?? '') : unescaped(lineEnds(part)),
	);

function attributesOf(text: string, { start, end, name }: Tag): Array<[string, string]> {
	const inner = text.slice(start + 1 + name.length, end);
	return [...inner.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
		.map(([, key = '', double, single]): [string, string] => [
			key,
			unescaped(lineEnds(double ?? single ?? '')),
		])
		.filter(([key]) => key !== 'xmlns' && !key.startsWith('xmlns:'))
		.sort(([one], [other]) => (one < other ? -1 : 1));
}

const lineEnds = (text: string): string => text.replace(/\r\n?/g, '\n');

const entities = new Map([
	['lt', '<'],
	['gt', '>'],
	['amp', '&'],
	['quot', '"'],
	['apos', "'"],
]);

const unescaped = (text: string): string =>
	text.replace(
		/&(?:#(\d+)|#x([0-9A-Fa-f]+)|(\w+));/g,
		(whole, decimal?: string, hex?: string, name?: string) =>
			name === undefined
				? String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal))
				: (entities.get(name) ?? whole),
	);

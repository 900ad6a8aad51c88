import { isUtf16 } from './contentType';

/** A tag of an XML document; `start` and `end` are offsets of its `<` and of the byte after its `>`. */
export interface Tag {
	kind: 'open' | 'close' | 'empty' | 'doctype';
	/** Name with its prefix, as written; a document type has none. */
	name: string;
	/** Name without its prefix. */
	localName: string;
	/** What stands in the tag after the name. */
	attributes: string;
	start: number;
	end: number;
}

/** An opening or empty tag with what stands around it. */
export interface Element extends Tag {
	/** Namespace that its prefix is bound to; empty without one (Namespaces in XML, section 6). */
	namespace: string;
	/** Number of its ancestors: the root has 0. */
	depth: number;
}

/** Why a document cannot be read, or not be changed: in words that continue "cannot be prepared". */
export class ScanRefusal extends Error {
	override readonly name = 'ScanRefusal';
}

const skipped: Array<[opening: string, closing: string]> = [
	['<!--', '-->'],
	['<![CDATA[', ']]>'],
	['<?', '?>'],
];

/** The end of a tag: the first `>` outside of quotes. */
function endOfTag(text: string, start: number): number {
	let quote = '';
	for (let at = start; at < text.length; at++) {
		const sign = text.charAt(at);
		if (quote) quote = sign === quote ? '' : quote;
		else if (sign === '"' || sign === "'") quote = sign;
		else if (sign === '>') return at + 1;
	}
	throw new ScanRefusal('a tag has no end');
}

/** The end of a document type, whose internal subset may hold quotes, comments and instructions. */
function endOfDoctype(text: string, start: number): number {
	const signs = /<!--[^]*?-->|<\?[^]*?\?>|"[^"]*"|'[^']*'|[[\]>]/g;
	signs.lastIndex = start + 2;
	let subsets = 0;
	for (let sign = signs.exec(text)?.[0]; sign !== undefined; sign = signs.exec(text)?.[0]) {
		if (sign === '[') subsets++;
		else if (sign === ']') subsets--;
		else if (sign === '>' && subsets === 0) return signs.lastIndex;
	}
	throw new ScanRefusal('its document type (DOCTYPE) has no end');
}

function after(text: string, closing: string, from: number): number {
	const at = text.indexOf(closing, from);
	if (at < 0) throw new ScanRefusal(`'${closing}' is missing`);
	return at + closing.length;
}

/**
 * All tags in document order. `text` is the document decoded as latin1, so that offsets are those of
 * its bytes in every encoding that keeps ASCII (UTF-8, ISO-8859-x).
 */
export function* scanTags(text: string): Generator<Tag> {
	for (let at = text.indexOf('<'); at >= 0; ) {
		const passed = skipped.find(([opening]) => text.startsWith(opening, at));
		if (passed) {
			at = text.indexOf('<', after(text, passed[1], at + passed[0].length));
			continue;
		}
		const doctype = text.startsWith('<!', at);
		const end = doctype ? endOfDoctype(text, at) : endOfTag(text, at + 1);
		yield doctype
			? { kind: 'doctype', name: '', localName: '', attributes: '', start: at, end }
			: readTag(text.slice(at, end), at, end);
		at = text.indexOf('<', end);
	}
}

function readTag(tag: string, start: number, end: number): Tag {
	const kind = tag.startsWith('</') ? 'close' : tag.endsWith('/>') ? 'empty' : 'open';
	const inner = tag.slice(kind === 'close' ? 2 : 1, kind === 'empty' ? -2 : -1);
	const name = /^[^\s]*/.exec(inner)?.[0] ?? '';
	return {
		kind,
		name,
		localName: name.slice(name.indexOf(':') + 1),
		attributes: inner.slice(name.length),
		start,
		end,
	};
}

/** Namespaces by prefix; the default one has the empty prefix. */
type Scope = ReadonlyMap<string, string>;

/** The scope within a tag: the one around it, and what the tag declares. */
function scopeWithin(around: Scope, attributes: string): Scope {
	const declared = [...attributes.matchAll(/([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)]
		.filter(([, name = '']) => name === 'xmlns' || name.startsWith('xmlns:'))
		.map(([, name = '', double, single]) => [name.slice(6), double ?? single ?? ''] as const);
	return declared.length === 0 ? around : new Map([...around, ...declared]);
}

/**
 * All elements in document order; `text` as for {@link scanTags}.
 * @throws ScanRefusal when end tags are missing or too many
 */
export function* scanElements(text: string): Generator<Element> {
	const open: Array<{ name: string; scope: Scope }> = [];
	for (const tag of scanTags(text)) {
		if (tag.kind === 'doctype') continue;
		const parent = open.at(-1);
		if (tag.kind === 'close') {
			if (parent?.name !== tag.name)
				throw new ScanRefusal(`the end tag '${tag.name}' has no start`);
			open.pop();
			continue;
		}
		const scope = scopeWithin(parent?.scope ?? new Map(), tag.attributes);
		const prefix = tag.name.includes(':') ? tag.name.slice(0, tag.name.indexOf(':')) : '';
		yield { ...tag, namespace: scope.get(prefix) ?? '', depth: open.length };
		if (tag.kind === 'open') open.push({ name: tag.name, scope });
	}
	const last = open.at(-1);
	if (last) throw new ScanRefusal(`the element '${last.name}' has no end`);
}

/** Whether the document declares a type, whose entities could hide elements from a scan. */
export function hasDoctype(text: string): boolean {
	const first = scanTags(text).next();
	return !first.done && first.value.kind === 'doctype';
}

/** Whether an element of this local name, or of this prefixed name, stands in the document. */
export function hasElement(content: Buffer, name: string): boolean {
	const [text, wanted] = isUtf16(content)
		? [utf16Text(content), [name]]
		: [content.toString('latin1'), [name, Buffer.from(name).toString('latin1')]];
	for (const { kind, name: whole, localName } of scanTags(text)) {
		if (kind !== 'close' && (wanted.includes(whole) || wanted.includes(localName))) return true;
	}
	return false;
}

function utf16Text(content: Buffer): string {
	const bigEndian = content[0] === 0xfe || content[0] === 0;
	return new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le').decode(content);
}

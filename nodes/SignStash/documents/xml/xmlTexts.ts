import type { Content } from '../../bytes/Content';
import { markupText, utf16Of } from '../encoding';
import { inTurns } from '../Turns';
import { XmlFault } from './XmlFault';

/** A piece of a document's text. */
export interface XmlText {
	text: string;
	/** Where it begins: in bytes if the text has one character for each byte, otherwise in characters. */
	offset: number;
	/** Line that it begins in, from 1 on. */
	line: number;
	/** The document's encoding, see {@link xmlEncoding}. */
	encoding: string;
}

/** This many bytes are looked at in one go, which takes about a millisecond. */
const stretch = 64 * 1024;

/** A declaration is in the first bytes. */
const headBytes = 1024;

const declaration = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']/;

const declaredBy = (head: Buffer): string | undefined =>
	declaration.exec(markupText(head.subarray(0, headBytes)))?.[1]?.toLowerCase();

/** Names of UTF-16 and of what came before it. */
const ofUtf16 = /^(?:utf-?16|ucs-?2|iso-10646|csunicode|unicode)/;

/** @throws XmlFault for a document that says UTF-16 and has something else, or has UTF-16 and says something else */
function refuseWrongDeclaration(head: Buffer): void {
	const declared = declaredBy(head);
	if (declared === undefined || ofUtf16.test(declared) === (utf16Of(head) !== undefined)) return;
	const really = ofUtf16.test(declared) ? 'it is not' : 'it is in UTF-16';
	const said = ofUtf16.test(declared) ? 'UTF-16' : declared.toUpperCase();
	throw new XmlFault(`it says that it is in ${said}, but ${really}`, 0, 1);
}

/** The encoding that a document declares or has without declaring one, in lower case (XML 1.0, section 4.3.3). */
function xmlEncoding(head: Buffer): string {
	if (utf8Mark.equals(head.subarray(0, 3))) return 'utf-8';
	return utf16Of(head) ?? declaredBy(head) ?? 'utf-8';
}

const utf8Mark = Buffer.from('\ufeff');

/** The decoder of an encoding by its standard's name; undefined if there is none. */
function decoderOf(encoding: string): InstanceType<typeof TextDecoder> | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true });
	} catch {
		return undefined;
	}
}

/** Encodings in which bytes of other characters may look like markup (Encoding Standard, sections 10 to 14). */
const needDecoding = new Set(
	'utf-16le utf-16be iso-2022-jp shift_jis gbk gb18030 big5 euc-kr'.split(' '),
);

/** Whether a document's text has one character for each byte: then offsets in it are those of the bytes. */
export const isReadByBytes = (encoding: string): boolean =>
	!needDecoding.has(decoderOf(encoding)?.encoding ?? encoding);

/** Decodes bytes that arrive in order. */
type Decode = (bytes: Buffer) => string;

const latin1: Decode = (bytes) => bytes.toString('latin1');

/** One character for each byte; in UTF-8, a byte that does not belong there is a fault all the same. */
function byBytes(encoding: string): Decode {
	const decoder = decoderOf(encoding);
	if (decoder?.encoding !== 'utf-8') return latin1;
	return (bytes) => {
		decoder.decode(bytes, { stream: true });
		return latin1(bytes);
	};
}

function byCharacters(encoding: string): Decode {
	const decoder = decoderOf(encoding);
	if (!decoder) throw new XmlFault('its encoding is unknown', 0);
	return (bytes) => decoder.decode(bytes, { stream: true });
}

/** The same bytes, with a first piece that is large enough to tell the encoding. */
async function* withWholeHead(pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	let head: Buffer | undefined = Buffer.alloc(0);
	for await (const piece of pieces) {
		if (!head) yield piece;
		else {
			head = head.length === 0 ? piece : Buffer.concat([head, piece]);
			if (head.length < headBytes) continue;
			yield head;
			head = undefined;
		}
	}
	if (head) yield head;
}

/**
 * A document's text, piece by piece, giving way to n8n between them. By `bytes` it has one character for each byte
 * if the encoding allows that (see {@link isReadByBytes}), by `characters` it is decoded.
 * @throws XmlFault for bytes that the encoding does not have
 */
export async function* xmlTexts(
	content: Content,
	by: 'bytes' | 'characters',
): AsyncGenerator<XmlText> {
	let decode: Decode | undefined;
	let encoding = '';
	let offset = 0;
	let line = 1;
	for await (const bytes of inTurns(withWholeHead(content.pieces()), stretch)) {
		if (!decode) {
			encoding = xmlEncoding(bytes);
			refuseWrongDeclaration(bytes);
			const asBytes = by === 'bytes' && isReadByBytes(encoding);
			decode = asBytes ? byBytes(encoding) : byCharacters(encoding);
		}
		const text = decoded(decode, bytes, encoding, line);
		const mark = offset === 0 && text.startsWith('\u00ef\u00bb\u00bf') ? 3 : 0;
		yield { text: text.slice(mark), offset: offset + mark, line, encoding };
		offset += text.length;
		line += lineEnds(text);
	}
}

/** How many lines end in a text. */
export function lineEnds(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

function decoded(decode: Decode, bytes: Buffer, encoding: string, line: number): string {
	const text = textOrNone(decode, bytes);
	if (text !== undefined) return text;
	const what = `it has bytes that are not text in ${encoding.toUpperCase()}, its encoding`;
	throw new XmlFault(what, 0, line + linesBeforeFault(bytes, encoding));
}

function textOrNone(decode: Decode, bytes: Buffer): string | undefined {
	try {
		return decode(bytes);
	} catch {
		return undefined;
	}
}

/** How many lines of a piece end before its first bytes that the encoding does not have. */
function linesBeforeFault(bytes: Buffer, encoding: string): number {
	if (encoding !== 'utf-8') return 0;
	// The first character may have begun in the piece before.
	const lines = latin1(bytes)
		.replace(/^[\x80-\xbf]+/, '')
		.split(/(?<=\n)/);
	const isFaulty = (line: string): boolean =>
		textOrNone(byBytes(encoding), Buffer.from(line, 'latin1')) === undefined;
	return Math.max(0, lines.findIndex(isFaulty));
}

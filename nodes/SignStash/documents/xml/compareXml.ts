import type { Content } from '../../bytes/Content';
import type { Witness } from '../whatContentShows';
import { faultOfReading } from './XmlFault';
import { XmlReader } from './XmlReader';
import { XmlSaid, type Keeper } from './XmlSaid';
import { xmlTexts } from './xmlTexts';

/**
 * Whether a signed XML document says what the original says (see {@link XmlSaid}). It is another's only if a text
 * or value in ASCII of the original is missing in it, in their order.
 */
export async function compareXml(signed: Content, original: Content): Promise<Witness> {
	const wanted: number[] = [];
	const expected = await read(original, {
		keep: (text) => wanted.push(text),
		place: () => wanted.length,
		backTo: (place) => (wanted.length = place),
	});
	if (!expected || expected.isSigned) return undefined;
	let found = 0;
	const said = await read(signed, {
		keep: (text) => (found += text === wanted[found] ? 1 : 0),
		place: () => found,
		backTo: (place) => (found = place),
	});
	if (!said || said.isSignature) return undefined;
	if (said.state.join() === expected.state.join()) return 'mine';
	return found < wanted.length ? "another's" : undefined;
}

/**
 * Undefined for a document that is not well-formed, has an unknown encoding, or has a document type, by which it
 * may say more than it shows.
 */
async function read(content: Content, keeper: Keeper): Promise<XmlSaid | undefined> {
	const said = new XmlSaid(keeper);
	const reader = new XmlReader(said);
	let lineEnd = '';
	const fault = await faultOfReading(async () => {
		for await (const { text: piece, offset } of xmlTexts(content, 'characters')) {
			const text = lineEnd + piece;
			lineEnd = text.endsWith('\r') ? '\r' : '';
			const whole = text.slice(0, text.length - lineEnd.length);
			reader.read(whole.replace(/\r\n?/g, '\n'), offset);
		}
		reader.read(lineEnd, 0);
		reader.end();
	});
	return fault || reader.isTyped ? undefined : said;
}

import type { Content } from '../../bytes/Content';
import { Turns } from '../Turns';
import type { Witness } from '../whatContentShows';
import { XmlFault } from './XmlFault';
import { XmlReader } from './XmlReader';
import { XmlSaid } from './XmlSaid';
import { xmlTexts } from './xmlTexts';

/** What a document says, and whether a document type may have it say more. */
interface Read {
	said: XmlSaid;
	isTyped: boolean;
}

/**
 * Whether a signed XML document says what the original says (see {@link XmlSaid}). It is another's only when
 * a plain text or value of the original is missing in it, in the order in which they stand.
 */
export async function compareXml(signed: Content, original: Content): Promise<Witness> {
	const [found, expected] = [await read(signed), await read(original)];
	if (!found || !expected || found.isTyped || expected.isTyped) return undefined;
	if (found.said.isSignature || expected.said.isSigned) return undefined;
	if (found.said.digest() === expected.said.digest()) return 'mine';
	return (await standsWithin(expected.said.kept, found.said.kept)) ? undefined : "another's";
}

/** Undefined for what is not well-formed, or in an encoding that is not known. */
async function read(content: Content): Promise<Read | undefined> {
	const said = new XmlSaid();
	const reader = new XmlReader(said);
	let lineEnd = '';
	try {
		for await (const { text: piece, offset } of xmlTexts(content, 'characters')) {
			const text = lineEnd + piece;
			lineEnd = text.endsWith('\r') ? '\r' : '';
			const whole = text.slice(0, text.length - lineEnd.length);
			reader.read(whole.replace(/\r\n?/g, '\n'), offset);
		}
		reader.read(lineEnd, 0);
		reader.end();
	} catch (error) {
		if (error instanceof XmlFault) return undefined;
		throw error;
	}
	return { said, isTyped: reader.isTyped };
}

/** As many are compared in one stretch. */
const stretch = 10_000;

/** Whether all of some texts stand among others, in the same order. */
async function standsWithin(texts: string[], others: string[]): Promise<boolean> {
	const turns = new Turns();
	let found = 0;
	for (const [at, other] of others.entries()) {
		if (at % stretch === 0) await turns.next();
		if (other === texts[found]) found++;
	}
	return found === texts.length;
}

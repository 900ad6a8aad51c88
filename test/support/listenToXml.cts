import type { XmlHandler } from '../../nodes/SignStash/documents/xml/XmlElement';
import { XmlFault } from '../../nodes/SignStash/documents/xml/XmlFault';
import { XmlReader } from '../../nodes/SignStash/documents/xml/XmlReader';

/** Everything that a reader reports about a document, and what it refuses. */
class Listener implements XmlHandler {
	readonly told: string[] = [];
	#text = '';

	open({
		name,
		namespace,
		attributes,
		start,
		end,
		isEmpty,
		depth,
	}: Parameters<XmlHandler['open']>[0]) {
		this.endText();
		const values = attributes.map((one) => `${one.name}=${one.value}`);
		const place = `${start}-${end} ${depth}${isEmpty ? ' empty' : ''}`;
		this.told.push([`<${name}`, namespace, place, ...values].join('|'));
	}

	close() {
		this.endText();
		this.told.push('>');
	}

	text(part: string) {
		this.#text += part;
	}

	endText() {
		if (this.#text !== '') this.told.push(this.#text);
		this.#text = '';
	}
}

export interface Read {
	told: string[];
	refusal: string;
	at?: number;
}

/** Reads a document in pieces that end at the given places. */
export function read(document: string, ends: number[] = []): Read {
	const listener = new Listener();
	const reader = new XmlReader(listener);
	const places = [0, ...ends, document.length].sort((one, other) => one - other);
	try {
		for (const [index, from] of places.entries())
			reader.read(document.slice(from, places[index + 1]), from);
		reader.end();
		return { told: listener.told, refusal: '' };
	} catch (error) {
		if (!(error instanceof XmlFault)) throw error;
		return { told: listener.told, refusal: error.message, at: error.at };
	}
}

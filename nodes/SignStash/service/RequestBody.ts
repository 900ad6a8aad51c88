import { base64Length, base64Of } from '../bytes/base64';
import type { SignDocument, SignRequest } from './messages';

/** Where a document's base64 belongs. In JSON text a quote within a string is escaped, so nothing else reads like this. */
const gap = '"base64Content":""';
const beforeContent = gap.slice(0, -1);

/** The least number of letters for a separate piece: each costs some time on its way through n8n's streams. */
const leastSent = 32 * 1024;

/**
 * A signing request as the body of its call: JSON in UTF-8, whose length is known beforehand, and which is written
 * while it is sent. Neither the body nor a document's base64 is ever in memory as a whole, nor is a stored
 * document.
 */
export class RequestBody {
	/** Bytes of the body. */
	readonly size: number;
	/** Whether some of the body was requested: then it may have been sent. */
	begun = false;
	/** Why a document could not be read: then the request was aborted. */
	fault?: string;
	private readonly parts: string[];
	private readonly streams: Array<AsyncGenerator<string>> = [];

	constructor(private readonly request: SignRequest) {
		const text = JSON.stringify({ ...request, documents: request.documents.map(withGap) });
		this.parts = text.split(gap);
		this.size = request.documents.reduce(
			(sum, { documentRequest }) => sum + base64Length(documentRequest.content.length),
			Buffer.byteLength(text),
		);
	}

	/**
	 * What n8n's request helper and axios accept as a body with a length and a stream. It needs an own enumerable
	 * property, or n8n takes it for empty.
	 */
	asBlob(): Blob {
		const stream = () => {
			const text = this.text();
			this.streams.push(text);
			return text;
		};
		const blob = new Blob([], { type: 'application/json' });
		return Object.defineProperties(blob, {
			size: { value: this.size, enumerable: true },
			stream: { value: stream },
		});
	}

	/** Ends what is still being sent, and stops reading documents. */
	close(): void {
		for (const stream of this.streams) void stream.return(undefined).catch(() => undefined);
	}

	/**
	 * Nothing has been sent when the first document cannot be read: its first bytes are sent together with the words
	 * before them.
	 */
	private async *text(): AsyncGenerator<string> {
		try {
			let text = '';
			for (const [index, part] of this.parts.entries()) {
				text += part;
				const content = this.request.documents[index]?.documentRequest.content;
				if (content === undefined) continue;
				text += beforeContent;
				for await (const base64 of base64Of(content)) {
					text += base64;
					if (text.length < leastSent) continue;
					this.begun = true;
					yield text;
					text = '';
				}
				text += '"';
			}
			this.begun = true;
			yield text;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		}
		if (this.fault !== undefined) throw new Error(this.fault);
	}
}

function withGap({ documentRequest, signatureInfo }: SignDocument) {
	const { externalReference, name, contentType } = documentRequest;
	return {
		documentRequest: { externalReference, name, contentType, base64Content: '' },
		signatureInfo,
	};
}

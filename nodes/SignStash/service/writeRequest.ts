import type { SignDocument, SignRequest } from './messages';

/** Where a document's base64 belongs. In JSON text a quote within a string is escaped, so nothing else reads like this. */
const gap = '"base64Content":""';
const beforeContent = gap.length - 1;

/** Bytes encoded at a time: a multiple of three, so that the pieces join without padding between them. */
const piece = 3 * 64 * 1024;

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * A signing request as the body of its call: JSON in UTF-8, written once into a buffer of the right
 * size. The documents' base64 never exists as one string.
 */
export function writeRequest(request: SignRequest): Buffer {
	const contents = request.documents.map(({ documentRequest }) => documentRequest.content);
	const text = JSON.stringify({ ...request, documents: request.documents.map(withGap) });
	const parts = text.split(gap);
	const size = contents.reduce(
		(sum, { length }) => sum + base64Length(length),
		Buffer.byteLength(text),
	);
	const body = Buffer.allocUnsafe(size);
	let at = 0;
	for (const [index, part] of parts.entries()) {
		at += body.write(part, at);
		const content = contents[index];
		if (content === undefined || index === parts.length - 1) continue;
		at += body.write(gap.slice(0, beforeContent), at);
		at += writeBase64(content, body, at);
		at += body.write('"', at);
	}
	return body;
}

function withGap({ documentRequest, signatureInfo }: SignDocument) {
	const { externalReference, name, contentType } = documentRequest;
	return {
		documentRequest: { externalReference, name, contentType, base64Content: '' },
		signatureInfo,
	};
}

function writeBase64(content: Buffer, body: Buffer, start: number): number {
	let at = start;
	for (let from = 0; from < content.length; from += piece)
		at += body.write(content.toString('base64', from, from + piece), at, 'latin1');
	return at - start;
}

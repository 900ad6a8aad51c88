import type { Buffers } from '../bytes/Buffers';
import type { Content } from '../bytes/Content';
import type { SignDocument, SignRequest } from './messages';

/** Where a document's base64 belongs. In JSON text a quote within a string is escaped, so nothing else reads like this. */
const gap = '"base64Content":""';
const beforeContent = gap.slice(0, -1);

/** Bytes encoded at a time: whole groups of three, and few enough for the text to stay in V8's young space. */
const slice = 3 * 8 * 1024;

const base64Length = (bytes: number): number => Math.ceil(bytes / 3) * 4;

/**
 * A signing request as the body of its call: JSON in UTF-8, written once into a buffer of the right
 * size, which is taken from `buffers`. The documents' base64 never exists as one string, and a stored document never as a whole.
 * @throws Error when a content is not as long as it says
 */
export async function writeRequest(request: SignRequest, buffers: Buffers): Promise<Buffer> {
	const contents = request.documents.map(({ documentRequest }) => documentRequest.content);
	const text = JSON.stringify({ ...request, documents: request.documents.map(withGap) });
	const parts = text.split(gap);
	const size = contents.reduce(
		(sum, { length }) => sum + base64Length(length),
		Buffer.byteLength(text),
	);
	const body = buffers.take(size).subarray(0, size);
	let at = 0;
	for (const [index, part] of parts.entries()) {
		at += body.write(part, at);
		const content = contents[index];
		if (content === undefined) continue;
		at += body.write(beforeContent, at);
		at = await writeBase64(content, body, at);
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

/** Gives the offset behind what was written. */
async function writeBase64(content: Content, body: Buffer, start: number): Promise<number> {
	const end = start + base64Length(content.length);
	let at = start;
	let left: Buffer = Buffer.alloc(0);
	for await (const piece of content.pieces()) {
		const bytes = left.length === 0 ? piece : Buffer.concat([left, piece]);
		const whole = bytes.length - (bytes.length % 3);
		for (let from = 0; from < whole; from += slice)
			at += body.write(bytes.toString('base64', from, Math.min(from + slice, whole)), at, 'latin1');
		left = Buffer.from(bytes.subarray(whole));
	}
	at += body.write(left.toString('base64'), at, 'latin1');
	if (at !== end) throw new Error('the file changed while it was read');
	return at;
}

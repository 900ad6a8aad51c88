import type { Exchange } from '../Exchange.mts';
import { Refusal } from '../Refusal.mts';
import { business } from './business.mts';
import { signDocuments } from './signing.mts';

interface Parts {
	files: Buffer[];
	signRequest: unknown;
}

function parseRequest(text: unknown): unknown {
	if (typeof text !== 'string') return text;
	try {
		return JSON.parse(text);
	} catch {
		throw Refusal.withCode('0.0.2', 'malformed request: signRequest is not JSON');
	}
}

/** A part may come with or without a file name; which part it is tells its name alone. */
async function readParts({ request }: Exchange): Promise<Parts> {
	const parts: Parts = { files: [], signRequest: undefined };
	for await (const part of request.parts()) {
		const value = part.type === 'file' ? await part.toBuffer() : part.value;
		if (part.fieldname === 'files') {
			parts.files.push(Buffer.isBuffer(value) ? value : Buffer.from(String(value)));
		} else if (part.fieldname === 'signRequest') {
			parts.signRequest = parseRequest(Buffer.isBuffer(value) ? value.toString('utf8') : value);
		}
	}
	return parts;
}

/** Signing with the contents as parts, matched with the documents by their order (assumed). */
export const signMultipart = business('signMultipart', async (house, exchange, client) => {
	if (exchange.mediaType() !== 'multipart/form-data') {
		throw Refusal.withCode('0.0.2', 'malformed request: Content-Type is not multipart/form-data');
	}
	const { files, signRequest: unchecked } = await readParts(exchange);
	const body = { files: files.map(() => ''), signRequest: unchecked };
	const { signRequest } = house.validator.body('signMultipart', exchange.received(body));
	exchange.admission.call.externalReferences = signRequest.documents.map(
		({ documentRequest }) => documentRequest.externalReference,
	);
	const missing = signRequest.documents.findIndex((_, index) => !files[index]?.length);
	if (missing !== -1) throw Refusal.withCode('0.0.2', `missing files[${missing}]`);
	if (files.length > signRequest.documents.length) {
		throw Refusal.withCode('0.0.2', 'there are more files than documents');
	}
	return await signDocuments(house, exchange, client, signRequest, files);
});

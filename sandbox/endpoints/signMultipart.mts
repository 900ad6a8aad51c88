import type { Exchange } from '../Exchange.mts';
import { Refusal } from '../Refusal.mts';
import type { MultipartSignRequest } from '../types.mts';
import { matchesByName } from '../worlds/requests.mts';
import { business } from './business.mts';
import { signDocuments } from './signing.mts';

interface Part {
	name: string | undefined;
	content: Buffer;
}

interface Parts {
	files: Part[];
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

/** A part may come with or without a file name; only its field name says which part it is. */
async function readParts({ request }: Exchange): Promise<Parts> {
	const parts: Parts = { files: [], signRequest: undefined };
	for await (const part of request.parts()) {
		const value = part.type === 'file' ? await part.toBuffer() : part.value;
		if (part.fieldname === 'files') {
			const content = Buffer.isBuffer(value) ? value : Buffer.from(String(value));
			parts.files.push({ name: part.type === 'file' ? part.filename : undefined, content });
		} else if (part.fieldname === 'signRequest') {
			parts.signRequest = parseRequest(Buffer.isBuffer(value) ? value.toString('utf8') : value);
		}
	}
	return parts;
}

/** The contents in the order of their documents. */
function matched({ documents }: MultipartSignRequest, files: Part[], byName: boolean): Buffer[] {
	return documents.map(({ documentRequest }, index) => {
		const part = byName ? files.find(({ name }) => name === documentRequest.name) : files[index];
		if (part !== undefined && part.content.length > 0) return part.content;
		throw Refusal.withCode('0.0.2', `missing files[${index}]`);
	});
}

/** Signs documents that are sent as multipart parts. */
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
	const contents = matched(signRequest, files, matchesByName(house.settings.current.world));
	if (files.length > signRequest.documents.length) {
		throw Refusal.withCode('0.0.2', 'there are more files than documents');
	}
	return await signDocuments(house, exchange, client, signRequest, contents);
});

import type { Exchange } from '../Exchange.mts';
import { Refusal } from '../Refusal.mts';
import type { SignRequest } from '../types.mts';
import { ContentJsonFault, parseContentJson } from '../wire/contentJson.mts';
import { business } from './business.mts';
import { signDocuments } from './signing.mts';

function parse(exchange: Exchange): ReturnType<typeof parseContentJson> {
	if (exchange.mediaType() !== 'application/json') {
		throw Refusal.withCode('0.0.2', 'malformed request: Content-Type is not application/json');
	}
	try {
		return parseContentJson(exchange.bytes());
	} catch (error) {
		if (error instanceof ContentJsonFault) throw Refusal.withCode('0.0.6', error.message);
		if (error instanceof SyntaxError) {
			throw Refusal.withCode('0.0.2', `malformed request: ${error.message}`);
		}
		throw error;
	}
}

function contentsOf(request: SignRequest, contents: ReadonlyMap<string, Buffer>): Buffer[] {
	return request.documents.map(({ documentRequest }, index) => {
		const content = contents.get(documentRequest.base64Content);
		if (content !== undefined && content.length > 0) return content;
		throw Refusal.withCode('0.0.2', `missing documents[${index}].documentRequest.base64Content`);
	});
}

/** Signs documents that are sent in base64. */
export const sign = business('sign', async (house, exchange, client) => {
	const { value, contents } = parse(exchange);
	const request = house.validator.body('sign', exchange.received(value));
	exchange.admission.call.externalReferences = request.documents.map(
		({ documentRequest }) => documentRequest.externalReference,
	);
	return await signDocuments(house, exchange, client, request, contentsOf(request, contents));
});

import { zipSync } from 'fflate';
import { plain } from '../wire/Answer.mts';
import { business } from './business.mts';
import { operationInPath } from './found.mts';

/** The signed documents in a ZIP; one without entries when nothing is signed (assumed). */
export const documents = business('documents', async (house, exchange, client) => {
	house.validator.checkRequest('documents', exchange.received());
	const { id } = operationInPath(house, exchange, client);
	const entries = house.operations.documents(id).flatMap(({ id: documentId, ...document }) => {
		const content = house.operations.signedContent(documentId);
		const name = `${document.externalReference}.${document.name}`;
		return content === undefined ? [] : [[name, content] as const];
	});
	const zip = zipSync(Object.fromEntries(entries), { level: 0 });
	return plain(200, Buffer.from(zip), { 'content-type': 'application/zip' });
});

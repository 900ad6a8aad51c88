import { zipSync } from 'fflate';
import { Refusal } from '../Refusal.mts';
import { plain } from '../wire/Answer.mts';
import { emptyZip } from '../worlds/execution.mts';
import { business } from './business.mts';
import { keptContent, operationInPath } from './found.mts';

const NO_DOCUMENT = 'the operation has no signed document';

/** The signed documents as a ZIP file. */
export const documents = business('documents', async (house, exchange, client) => {
	house.validator.checkRequest('documents', exchange.received());
	const operation = operationInPath(house, exchange, client);
	const entries = house.operations
		.documents(operation.id)
		.flatMap(({ id: documentId, ...document }) => {
			const content = keptContent(house, operation, documentId);
			const name = `${document.externalReference}.${document.name}`;
			return content === undefined ? [] : [[name, content] as const];
		});
	const empty = emptyZip(house.settings.current.world);
	if (entries.length === 0 && empty === 'no-content') return plain(204, undefined);
	if (entries.length === 0 && empty === 'refused') throw Refusal.withCode('0.0.6', NO_DOCUMENT);
	const zip = zipSync(Object.fromEntries(entries), { level: 0 });
	return plain(200, Buffer.from(zip), { 'content-type': 'application/zip' });
});

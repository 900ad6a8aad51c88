import { describeDocument, describeOperation } from '../describe.mts';
import type { SignedContents } from '../Executor.mts';
import type { House } from '../House.mts';
import { told } from '../wire/Answer.mts';
import type { Told } from '../wire/Answer.mts';
import { ContentNames } from '../wire/contentJson.mts';
import { keptContent, ownerOf } from './found.mts';

/**
 * An answer with a whole operation.
 * @param contents `none`, or where the signed contents in the answer come from
 */
export function signOperation(
	house: House,
	operationId: number,
	contents: 'none' | 'kept' | SignedContents,
): Told {
	const operation = house.operations.get(operationId);
	const names = new ContentNames();
	const contentOf = (id: number): Buffer | undefined => {
		if (contents === 'none') return undefined;
		return contents === 'kept' ? keptContent(house, operation, id) : contents.get(id);
	};
	const documents = house.operations.documents(operationId).map((document) => {
		const content = contentOf(document.id);
		const described = describeDocument(operation, document, house.settings.current.world);
		return content === undefined ? described : { ...described, signedContent: names.name(content) };
	});
	const mails = house.deliveries.ofOperation(operationId);
	const owner = ownerOf(house, operation);
	const value = describeOperation(operation, owner, documents, mails, house.settings.current);
	return told(value, names);
}

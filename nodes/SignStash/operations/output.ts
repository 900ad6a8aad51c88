import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { SignatureType } from '../documents/contentType';
import { signedFileName, signedMimeType } from '../documents/signedFile';
import type { BaseOperation, OperationDocument, SignOperation } from '../service/messages';

const plain = (value: unknown): IDataObject => JSON.parse(JSON.stringify(value)) as IDataObject;

/** The service's answer whole, but for the documents' content: files never stand in `json`. */
export function wholeAnswer(operation: BaseOperation | SignOperation): IDataObject {
	if (!('documentList' in operation)) return plain(operation);
	const documentList = (operation.documentList ?? []).map((document) => ({
		...document,
		signedContent: undefined,
	}));
	return plain({ ...operation, documentList });
}

/** The few fields of an operation that the next step needs. */
export function simplifiedOperation(operation: BaseOperation | SignOperation): IDataObject {
	const receivers = 'deliveryInfo' in operation ? operation.deliveryInfo?.personReceiver : [];
	return plain({
		operationId: operation.id,
		operationStatus: operation.status,
		creationDate: operation.creationDate,
		receivers: receivers?.map(({ email, deliveryStatus }) => ({ email, deliveryStatus })),
	});
}

/** The few fields of a document within its operation that the next step needs. */
export function simplifiedDocument(
	operation: SignOperation,
	document: OperationDocument,
): IDataObject {
	const { receivers, ...rest } = simplifiedOperation(operation);
	return {
		...rest,
		...plain({
			externalReference: document.externalReference,
			documentName: document.name,
			contentType: document.contentType,
			signStatus: document.signStatus,
			signError: document.signError ?? undefined,
		}),
		receivers,
	};
}

/** A signed document's file, decoded and stored under a binary field. */
export async function signedBinary(
	context: IExecuteFunctions,
	field: string,
	document: OperationDocument,
	content: string,
	type: SignatureType,
): Promise<{ binary: IBinaryKeyData; fileSize: number }> {
	const bytes = Buffer.from(content, 'base64');
	const name = signedFileName(document.name ?? document.externalReference ?? 'document', type);
	const mimeType = signedMimeType(document.contentType ?? 'application/octet-stream', type);
	const binary = await context.helpers.prepareBinaryData(bytes, name, mimeType);
	return { binary: { [field]: binary }, fileSize: bytes.length };
}

/** A detached type cannot be read from an answer: the content type tells PAdES and XAdES apart (contract: SignatureType). */
export function typeOfSigned(document: OperationDocument): SignatureType {
	return document.contentType === 'application/pdf' ? 'PAdES' : 'XAdES';
}

/** One item per signed document of an operation, or one item when it has none. */
export async function documentItems(
	context: IExecuteFunctions,
	operation: SignOperation,
	field: string,
	simplify: boolean,
	extra: IDataObject = {},
): Promise<INodeExecutionData[]> {
	const documents = operation.documentList ?? [];
	if (documents.length === 0) return [{ json: { ...describe(operation, simplify), ...extra } }];
	return await Promise.all(
		documents.map(async (document): Promise<INodeExecutionData> => {
			const json = simplify ? simplifiedDocument(operation, document) : wholeAnswer(operation);
			if (document.signStatus !== 'SIGNED' || !document.signedContent)
				return { json: { ...json, ...extra } };
			const type = typeOfSigned(document);
			const file = await signedBinary(context, field, document, document.signedContent, type);
			return { json: { ...json, fileSize: file.fileSize, ...extra }, binary: file.binary };
		}),
	);
}

/** An operation as `json`, without any content. */
export function describe(operation: BaseOperation | SignOperation, simplify: boolean): IDataObject {
	return simplify ? simplifiedOperation(operation) : wholeAnswer(operation);
}

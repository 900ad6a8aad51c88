import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fileKind, type FileKind, type SignatureType } from '../documents/contentType';
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

/** A signed document's bytes as a file in n8n's storage, under the name and type of a signed file. */
export async function preparedFile(
	context: IExecuteFunctions,
	{ name, externalReference, contentType }: OperationDocument,
	bytes: Buffer,
	type: SignatureType,
): Promise<IBinaryData> {
	return await context.helpers.prepareBinaryData(
		bytes,
		signedFileName(name ?? externalReference, type),
		signedMimeType(contentType ?? 'application/octet-stream', type),
	);
}

/** An operation does not say how a document was signed; the signed bytes do. */
const typeOfKind: Record<FileKind, SignatureType> = { pdf: 'PAdES', xml: 'XAdES', other: 'CAdES' };

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
			const bytes = document.signedContent;
			const signatureType = typeOfKind[fileKind(bytes)];
			const file = await preparedFile(context, document, bytes, signatureType);
			const told = simplify ? { signatureType, fileSize: bytes.length } : {};
			return { json: { ...json, ...told, ...extra }, binary: { [field]: file } };
		}),
	);
}

/** An operation as `json`, without any content. */
export function describe(operation: BaseOperation | SignOperation, simplify: boolean): IDataObject {
	return simplify ? simplifiedOperation(operation) : wholeAnswer(operation);
}

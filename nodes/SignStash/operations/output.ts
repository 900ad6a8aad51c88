import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { fileKind, type FileKind, type SignatureType } from '../documents/contentType';
import { signedFileName, signedMimeType } from '../documents/signedFile';
import { idInOutput, type Operation, type OperationDocument } from '../service/Operation';
import { faultOf } from '../signing/faults';
import { stateOf } from '../signing/sightings';

/** Without what is not there. */
const plain = (value: IDataObject): IDataObject =>
	Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined));

/** The few fields of an operation that the next step needs. */
function simplifiedOperation(operation: Operation): IDataObject {
	const { id, status, creationDate, receivers } = operation;
	return plain({
		operationId: idInOutput(id),
		operationStatus: status,
		creationDate,
		receivers: receivers.length > 0 ? receivers.map((one) => ({ ...one })) : undefined,
	});
}

/** The few fields of a document within its operation that the next step needs. */
export function simplifiedDocument(
	operation: Operation,
	{ externalReference, name, contentType, signStatus, signError }: OperationDocument,
): IDataObject {
	const { receivers, ...rest } = simplifiedOperation(operation);
	return plain({
		...rest,
		externalReference,
		documentName: name,
		contentType,
		signStatus,
		signError,
		receivers,
	});
}

/** An operation as `json`; its files never stand there. */
export const describe = (operation: Operation, simplify: boolean): IDataObject =>
	simplify ? simplifiedOperation(operation) : operation.raw;

/** A signed document's bytes as a file in n8n's storage, under the name and type of a signed file. */
export async function preparedFile(
	context: IExecuteFunctions,
	{ name, contentType }: { name: string; contentType?: string },
	bytes: Buffer,
	type: SignatureType,
): Promise<IBinaryData> {
	return await context.helpers.prepareBinaryData(
		bytes,
		signedFileName(name, type),
		signedMimeType(contentType ?? 'application/octet-stream', type),
	);
}

/** An operation does not say how a document was signed; the signed bytes do. */
const typeOfKind: Record<FileKind, SignatureType> = { pdf: 'PAdES', xml: 'XAdES', other: 'CAdES' };

/** One item per document of an operation, with its file if it is signed; or one item when it has none. */
export async function documentItems(
	context: IExecuteFunctions,
	operation: Operation,
	field: string,
	simplify: boolean,
	extra: IDataObject = {},
): Promise<INodeExecutionData[]> {
	const { documents } = operation;
	if (documents.length === 0) return [{ json: { ...describe(operation, simplify), ...extra } }];
	return await Promise.all(
		documents.map(async (document): Promise<INodeExecutionData> => {
			const json = simplify ? simplifiedDocument(operation, document) : operation.raw;
			const content = signedContent(operation, document);
			if (content === undefined) return { json: { ...json, ...extra } };
			const signatureType = typeOfKind[fileKind(content)];
			const { externalReference, name = externalReference, contentType } = document;
			const file = await preparedFile(context, { name, contentType }, content, signatureType);
			const told = simplify ? { signatureType, fileSize: content.length } : {};
			return { json: { ...json, ...told, ...extra }, binary: { [field]: file } };
		}),
	);
}

/** The bytes of a signed document, if they came. @throws Fault when what came cannot be the signed document */
function signedContent(operation: Operation, document: OperationDocument): Buffer | undefined {
	if (stateOf(operation, document) !== 'signed') return undefined;
	const { externalReference: reference, content, contentFlaw } = document;
	const flaw = contentFlaw ?? (content?.length === 0 ? 'is empty' : undefined);
	if (flaw === undefined) return content;
	throw faultOf('unusable', { reference, sent: false, operation, document, flaw });
}

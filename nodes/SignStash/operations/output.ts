import type { IBinaryData, IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { SignatureType } from '../documents/contentType';
import { checkSigned, signatureTypeOf } from '../documents/signedContent';
import { signerCertificateOf, type SignerCertificate } from '../documents/signerCertificate';
import { signedFileName, signedMimeType, uniqueName } from '../documents/signedFile';
import { idInOutput, type Operation, type OperationDocument } from '../service/Operation';
import { faultOf } from '../signing/faults';
import { outcomeOf } from '../signing/sightings';

/** Leaves out undefined values. */
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
	{ externalReference, name, signStatus, signError }: OperationDocument,
): IDataObject {
	const { receivers, ...rest } = simplifiedOperation(operation);
	return plain({
		documentName: name,
		signStatus,
		signError,
		externalReference,
		...rest,
		receivers,
	});
}

/** A signer's certificate as `json` has it. */
export const certificateIn = (certificate: SignerCertificate | undefined): IDataObject =>
	certificate
		? { certificate: { signer: certificate.signer, validUntil: certificate.validUntil } }
		: {};

/** An operation as `json`, always without its files. */
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

/** The same items with unique file names, so that they may be written into one folder. */
export function namedApart(items: INodeExecutionData[]): INodeExecutionData[] {
	const taken = new Map<string, number>();
	return items.map((item) => {
		// A failed item keeps the files of its input as they are.
		if ('error' in item.json) return item;
		const files = Object.entries(item.binary ?? {}).map(([field, file]) => {
			const { fileName } = file;
			return [field, fileName ? { ...file, fileName: uniqueName(fileName, taken) } : file] as const;
		});
		return item.binary ? { ...item, binary: Object.fromEntries(files) } : item;
	});
}

/** What stands beside the fields of a document, and which of them give way in a simplified item. */
interface Added {
	extra?: IDataObject;
	without?: string[];
}

/** One item per document of an operation, with its file if it is signed; or one item when it has none. */
export async function documentItems(
	context: IExecuteFunctions,
	operation: Operation,
	field: string,
	simplify: boolean,
	{ extra = {}, without = [] }: Added = {},
): Promise<INodeExecutionData[]> {
	const { documents } = operation;
	if (documents.length === 0) return [{ json: { ...describe(operation, simplify), ...extra } }];
	return await Promise.all(
		documents.map(async (document): Promise<INodeExecutionData> => {
			const fewer = (json: IDataObject): IDataObject =>
				Object.fromEntries(Object.entries(json).filter(([name]) => !without.includes(name)));
			const json = simplify ? fewer(simplifiedDocument(operation, document)) : operation.raw;
			const signed = signedContent(operation, document);
			if (signed === undefined) return { json: { ...json, ...extra } };
			const { content, signatureType } = signed;
			const { externalReference, name = externalReference, contentType } = document;
			const file = await preparedFile(context, { name, contentType }, content, signatureType);
			const told = simplify
				? fewer({
						signatureType,
						fileSize: content.length,
						...certificateIn(signerCertificateOf(content, signatureType)),
					})
				: {};
			return { json: { ...json, ...told, ...extra }, binary: { [field]: file } };
		}),
	);
}

/**
 * The bytes of a signed document, if they came, and how they are signed: an operation does not say it.
 * @throws Fault when what came cannot be the signed document
 */
function signedContent(
	operation: Operation,
	document: OperationDocument,
): { content: Buffer; signatureType: SignatureType } | undefined {
	if (outcomeOf(operation, document) !== 'signed') return undefined;
	const { externalReference: reference, name = reference, content, contentFlaw } = document;
	if (content === undefined && contentFlaw === undefined) return undefined;
	const signatureType = content && signatureTypeOf(content);
	const flaw = contentFlaw ?? (content && signatureType && checkSigned(content, signatureType));
	if (content && signatureType && flaw === undefined) return { content, signatureType };
	const seen = flaw ?? (content?.length === 0 ? 'is empty' : 'is not a signed file');
	throw faultOf('unusable', { name, reference, sent: true, operation, document, flaw: seen });
}

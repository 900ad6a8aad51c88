import type { IExecuteFunctions } from 'n8n-workflow';
import type { SignedDocument } from '../../signing/SigningJob';
import { preparedFile, simplifiedDocument, wholeAnswer } from '../output';
import type { SignedFile } from './SharedSignatures';
import type { FreshUnit } from './units';

/** Puts a signed document into n8n's storage and describes it; after that its bytes are not needed any more. */
export async function signedFile(
	context: IExecuteFunctions,
	{ work, parameters }: FreshUnit,
	{ operation, document, content, recovered }: SignedDocument,
): Promise<SignedFile> {
	const { name, contentType } = work.document;
	const file =
		content &&
		(await preparedFile(context, { ...document, name, contentType }, content, work.type));
	const json = parameters.simplify
		? {
				...simplifiedDocument(operation, document),
				signatureType: work.type,
				...(content ? { fileSize: content.length } : {}),
				recovered,
			}
		: wholeAnswer(operation);
	return { json, recovered, ...(file ? { file } : {}) };
}

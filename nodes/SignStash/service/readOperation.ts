import type { IDataObject } from 'n8n-workflow';
import type { ReadAnswer } from './AnswerReader';
import { datesOf } from './dates';
import { countIn, isRecord, parseJson, property, textIn } from './json';
import type { Operation, OperationDocument, OperationId, Receiver } from './Operation';

/** An id in digits, from a number or from text (contract, x-unknown: the JSON type of ids beyond 2^53). */
export function idOf(value: unknown): OperationId | undefined {
	const digits = typeof value === 'string' ? value.trim() : value;
	const whole =
		typeof digits === 'string' ? digits : Number.isSafeInteger(digits) && String(digits);
	return whole && /^\d{1,20}$/.test(whole) && /[1-9]/.test(whole) ? whole : undefined;
}

/** An operation from an answer; undefined if the answer is not one. */
export function operationOf({ json, contents }: ReadAnswer): Operation | undefined {
	const value = parseJson(json);
	if (!isRecord(value)) return undefined;
	const id = idOf(value.id);
	const list = value.documentList ?? [];
	if (id === undefined || !Array.isArray(list) || !contentsInPlace(list, contents))
		return undefined;
	const documents = list.map((one: unknown) => documentOf(one, contents));
	const requestReferences = [
		value.folderExternalReference,
		property(value.folder, 'externalReference'),
	];
	return {
		id,
		status: textIn(value.status),
		...datesOf(textIn(value.creationDate)),
		requestReferences: [...new Set(requestReferences.flatMap((one) => textIn(one) ?? []))],
		documents,
		receivers: receiversIn(value.deliveryInfo),
		raw: withoutContents(value, list),
	};
}

/**
 * Each content must be where the reader put its index; a number that the answer itself contains would be another's
 * content.
 */
function contentsInPlace(list: unknown[], contents: ReadAnswer['contents']): boolean {
	const indexes = list
		.map((one) => property(one, 'signedContent'))
		.filter((content) => typeof content === 'number');
	return indexes.length === contents.length && indexes.every((index, place) => index === place);
}

function documentOf(value: unknown, contents: ReadAnswer['contents']): OperationDocument {
	const read = (name: string): string | undefined => textIn(property(value, name));
	const index = property(value, 'signedContent');
	const content = typeof index === 'number' ? contents[index] : undefined;
	return {
		externalReference: read('externalReference') ?? '',
		name: read('name'),
		contentType: read('contentType'),
		contentLength: countIn(property(value, 'contentLength')),
		additionalContentLength: countIn(property(value, 'additionalContentLength')),
		signStatus: read('signStatus'),
		signError: read('signError'),
		storageStatus: read('storageStatus'),
		...(content === 'not base64' ? { contentFlaw: 'is not base64' } : {}),
		...(Buffer.isBuffer(content) && content.length > 0 ? { content } : {}),
	};
}

/** Receivers in any shape: a list, or a single one. */
function receiversIn(deliveryInfo: unknown): Receiver[] {
	const given = property(deliveryInfo, 'personReceiver') ?? [];
	return (Array.isArray(given) ? given : [given]).flatMap((one: unknown) => {
		const email = textIn(one) ?? textIn(property(one, 'email'));
		const deliveryStatus = textIn(property(one, 'deliveryStatus'));
		return email === undefined ? [] : [{ email, ...(deliveryStatus ? { deliveryStatus } : {}) }];
	});
}

function withoutContents(value: IDataObject, list: unknown[]): IDataObject {
	if (list.length === 0) return value;
	const documentList = list.map((one) => {
		const entries = Object.entries(isRecord(one) ? one : {});
		return Object.fromEntries(entries.filter(([name]) => name !== 'signedContent'));
	});
	return { ...value, documentList };
}

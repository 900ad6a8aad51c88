import { row } from '../play.mts';
import {
	all,
	asIs,
	changed,
	inDocuments,
	inPart,
	isMessage,
	replaced,
	without,
} from './Message.mts';
import type { Message, Rewrite } from './Message.mts';

/** How much the answer to a signing request says. */
export const signAnswer = row<Rewrite>('sign-answer', {
	whole: asIs,
	base: without('folder', 'documentList', 'deliveryInfo', 'executionTime'),
	'id-only': ({ id }) => ({ id }),
});

const failedTry = (document: Message): Message =>
	without('signedContent')({
		...document,
		signStatus: 'ERROR_SIGNING',
		signError: 'SIGN_OPERATION_INTERNAL_ERROR',
		storageStatus: 'CONTENT_NOT_STORED',
	});

/** What is listed for a document that was tried twice. */
export const listedTries = row<Rewrite>('documents-listed', {
	once: asIs,
	'both-tries': changed({
		documentList: (list) =>
			Array.isArray(list)
				? list
						.filter(isMessage)
						.flatMap((one) => (one['signStatus'] === 'SIGNED' ? [failedTry(one), one] : [one]))
				: list,
	}),
});

export const statuses = row<Rewrite>('statuses', {
	both: asIs,
	'no-operation-status': without('status'),
	'no-sign-status': inDocuments(without('signStatus')),
});

export const requestReference = row<Rewrite>('request-reference-shown', {
	both: asIs,
	'base-only': without('folder'),
	'folder-only': without('folderExternalReference'),
	neither: all(without('folderExternalReference'), inPart('folder', without('externalReference'))),
});

const sealed = changed({
	signStatus: (status) => (status === 'SIGNED' ? 'SIGNED_AND_SEALED' : status),
});

const inAttributes = changed({
	documentAttributes: () => [{ attributeKey: 'SEAL_OF_ORIGIN', attributeValue: 'true' }],
});

/** Unknown values of enumerations. */
export const enumValues = row<Rewrite>('enum-values', {
	known: asIs,
	'new-beside': all(
		replaced('type', 'SIGN_AND_SEAL'),
		inPart('folder', replaced('folderContent', 'DIGEST')),
		inPart('issuerCompany', replaced('status', 'ON_TRIAL')),
		inDocuments(
			all(replaced('cipherStatus', 'SEALED'), replaced('storageStatus', 'IN_VAULT'), inAttributes),
		),
	),
	'new-operation-status': changed({
		status: (status) => (status === 'EXECUTED' ? 'COMPLETED' : status),
	}),
	'new-sign-status': inDocuments(sealed),
});

const BASE_NULLS = { signatureQueuePriority: null, folderExternalReference: null };
const WHOLE_NULLS = { ...BASE_NULLS, folder: null, deliveryInfo: null, executionTime: null };
const DOCUMENT_NULLS = {
	name: null,
	signError: null,
	signedContent: null,
	contentLength: null,
	additionalContentLength: null,
	storagePeriod: null,
	storageEndDate: null,
};

function withNulls(message: Message): Message {
	const whole = Array.isArray(message['documentList']);
	return { ...(whole ? WHOLE_NULLS : BASE_NULLS), ...message };
}

const issuerNulls: Rewrite = (issuer) => ({
	additionalInfo: null,
	limitUsageCount: null,
	...issuer,
});

export const absentValues = row<Rewrite>('absent-values', {
	'left-out': asIs,
	null: all(
		withNulls,
		inPart('issuerCompany', issuerNulls),
		inDocuments((document) => ({ ...DOCUMENT_NULLS, ...document })),
	),
});

/** Named like what every JavaScript object inherits; computed, so that `__proto__` is a property. */
const EXTRAS = {
	['__proto__']: { polluted: true },
	constructor: 'x',
	toString: 'x',
	hasOwnProperty: 0,
	error: 'none',
	message: '',
	futureProperty: { list: [1, 'two', null] },
};

const more: Rewrite = (message) => ({ ...EXTRAS, ...message });

export const extraProperties = row<Rewrite>('extra-properties', {
	none: asIs,
	many: all(
		more,
		inPart('folder', more),
		inPart('issuerCompany', more),
		inPart('deliveryInfo', more),
		inDocuments(more),
	),
});

const receivers = (change: (list: readonly Message[]) => unknown): Rewrite =>
	inPart(
		'deliveryInfo',
		changed({
			personReceiver: (list) => (Array.isArray(list) ? change(list.filter(isMessage)) : list),
		}),
	);

export const deliveryShown = row<Rewrite>('delivery-shown', {
	list: asIs,
	'without-status': receivers((list) => list.map(without('deliveryStatus'))),
	'one-object': receivers(([first]) => first),
	texts: receivers((list) => list.map(({ email }) => email)),
	null: inPart('deliveryInfo', replaced('personReceiver', null)),
});

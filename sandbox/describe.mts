import { execution, folderContent, goneOf } from './worlds/execution.mts';
import type { Settings } from './settings.mts';
import type { World } from './worlds/World.mts';
import type { Client } from './state/Clients.mts';
import type { Delivery } from './state/Deliveries.mts';
import type { StoredDocument, StoredOperation } from './state/Operations.mts';
import type {
	BaseOperation,
	DeliveryInfo,
	DocumentAttribute,
	DocumentAttributeKey,
	IssuerCompany,
	OperationDocument,
	SignatureInfo,
	SignOperation,
} from './types.mts';

const MONTHS_PRESERVED = 120;
const MONTHS_STORED = 12;

/** An instant as the contract writes it. */
function timestamp(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace('Z', '+00:00');
}

function monthsLater(milliseconds: number, months: number): string {
	const date = new Date(milliseconds);
	date.setUTCMonth(date.getUTCMonth() + months);
	return timestamp(date.getTime());
}

/** How much an issuer may sign in its period and has signed; null leaves it out of the answers. */
export type Usage = Settings['usage'];

function issuerCompany({ issuer }: Client, usage: Usage): IssuerCompany {
	return {
		name: issuer.name,
		vatNumber: issuer.vatNumber,
		countryCode: 'PRT',
		i18nCode: 'pt_PT',
		invoiceAddress: 'Rua do Ensaio 1, 1000-001 Lisboa',
		status: 'ACTIVE',
		email: 'invoices@issuer.example',
		creationDate: '2024-01-01T00:00:00.000+00:00',
		auditLogsActive: false,
		notifyExpiredLimit: false,
		...(usage && {
			limitUsageCount: usage.allowed,
			limitCurrentConsumption: usage.used,
			limitPeriodEndDate: '2026-12-31T23:59:59.000+00:00',
		}),
	};
}

const ATTRIBUTES: readonly (readonly [
	DocumentAttributeKey,
	(info: SignatureInfo) => string | boolean | undefined,
])[] = [
	['GLOBAL_SIGNATURE_VISIBILITY_ENABLED', (info) => info.visibleSignatureInfo && true],
	['VISIBLE_SIGNATURE_TEMPLATE_TYPE', (info) => info.visibleSignatureInfo?.templateType],
	['VISIBLE_SIGNATURE_TEMPLATE_CONTENT', (info) => info.visibleSignatureInfo?.oneOffTemplate],
	['VISIBLE_SIGNATURE_LOCATION_TYPE', (info) => info.visibleSignatureInfo?.locationType],
	['VISIBLE_SIGNATURE_LOCATION_VALUE', (info) => info.visibleSignatureInfo?.locationValue],
	['VISIBLE_SIGNATURE_AREA', (info) => info.visibleSignatureInfo?.area],
	[
		'VISIBLE_SIGNATURE_AREA_BACKGROUND_COLOR',
		(info) => info.visibleSignatureInfo?.areaBackgroundColor,
	],
	['VISIBLE_SIGNATURE_FONT', (info) => info.visibleSignatureInfo?.font],
	['VISIBLE_SIGNATURE_IMAGE_TYPE', (info) => info.visibleSignatureInfo?.imageType],
	['VISIBLE_SIGNATURE_IMAGE_VALUE', (info) => info.visibleSignatureInfo?.imageValue],
	['SIGNATURE_ATTRIBUTE_REASON', (info) => info.reason],
	['SIGNATURE_ATTRIBUTE_LOCATION', (info) => info.location],
	['SIGNATURE_ATTRIBUTE_XPATH_LOCATION', (info) => info.advancedSignatureInfo?.signatureLocation],
	['SIGNATURE_ATTRIBUTE_TRANSFORM', (info) => info.advancedSignatureInfo?.signatureTransform],
	['SIGNATURE_ATTRIBUTE_CANONICAL', (info) => info.advancedSignatureInfo?.canonicalTransform],
];

function attributes(info: SignatureInfo): DocumentAttribute[] {
	return ATTRIBUTES.flatMap(([attributeKey, read]) => {
		const value = read(info);
		return value === undefined ? [] : [{ attributeKey, attributeValue: String(value) }];
	});
}

type Storage = Pick<
	OperationDocument,
	'cipherStatus' | 'storageStatus' | 'storagePeriod' | 'storageEndDate'
>;

function storage(operation: StoredOperation, document: StoredDocument, world: World): Storage {
	const { preservation, createdAt } = operation;
	if (document.signStatus === 'RECEIVED') {
		return { cipherStatus: 'PENDING', storageStatus: 'CONTENT_NOT_STORED' };
	}
	if (!document.contentKept) {
		return { cipherStatus: 'NO_CIPHER', storageStatus: 'CONTENT_NOT_STORED' };
	}
	const gone = goneOf(operation, world);
	if (gone !== undefined) return { cipherStatus: 'NO_CIPHER', storageStatus: gone };
	const preserved = preservation?.preserveContent === true;
	const months = preserved ? MONTHS_PRESERVED : MONTHS_STORED;
	return {
		cipherStatus: preserved ? 'CIPHERED' : 'NO_CIPHER',
		storageStatus: preserved ? 'CONTENT_PRESERVED' : 'CONTENT_STORED',
		storagePeriod: months,
		storageEndDate: monthsLater(createdAt, months),
	};
}

type Signing = Pick<OperationDocument, 'signStatus' | 'signError'>;

function signing(
	{ status }: StoredOperation,
	{ signStatus, signError }: StoredDocument,
	world: World,
): Signing {
	if (status === 'EXECUTION_ERROR' && execution(world).inError === 'ERROR_SIGNING')
		return { signStatus: 'ERROR_SIGNING', signError: 'SIGN_OPERATION_INTERNAL_ERROR' };
	return signError === undefined ? { signStatus } : { signStatus, signError };
}

/** A document of an operation in the contract's form, without its content. */
export function describeDocument(
	operation: StoredOperation,
	document: StoredDocument,
	world: World,
): OperationDocument {
	return {
		externalReference: document.externalReference,
		name: document.name,
		contentType: document.contentType,
		internalId: document.id,
		...signing(operation, document, world),
		...storage(operation, document, world),
		contentLength: document.contentLength,
		additionalContentLength: 0,
		receptionDate: timestamp(operation.createdAt),
		documentAttributes: attributes(document.signatureInfo),
	};
}

/** An operation without its documents. */
export function describeBase(
	operation: StoredOperation,
	client: Client,
	usage: Usage,
): BaseOperation {
	return {
		id: operation.id,
		type: 'SIGN',
		status: operation.status,
		issuerCompany: issuerCompany(client, usage),
		issuerClientServiceAlias: operation.clientId,
		creationDate: timestamp(operation.createdAt),
		folderExternalReference: operation.externalReference,
		signatureQueuePriority: {
			id: 1,
			name: 'DEFAULT',
			startTime: '2025-01-01T00:00:00.000+00:00',
			endTime: '2025-01-01T23:59:59.000+00:00',
			defaultPriority: true,
		},
	};
}

function deliveryInfo(mails: readonly Delivery[]): DeliveryInfo {
	return {
		attachDocuments: mails.some(({ attachDocuments }) => attachDocuments),
		personReceiver: mails.map(({ email, status }) => ({ email, deliveryStatus: status })),
	};
}

/** A whole operation, with documents that have already been described. */
export function describeOperation(
	operation: StoredOperation,
	client: Client,
	documentList: OperationDocument[],
	mails: readonly Delivery[],
	{ world, usage }: Pick<Settings, 'world' | 'usage'>,
): SignOperation {
	return {
		...describeBase(operation, client, usage),
		folder: {
			folderId: String(operation.id),
			externalReference: operation.externalReference,
			description: operation.description,
			folderContent: folderContent(world),
		},
		documentList,
		...(mails.length === 0 ? {} : { deliveryInfo: deliveryInfo(mails) }),
		...(operation.executionMs === undefined ? {} : { executionTime: operation.executionMs }),
	};
}

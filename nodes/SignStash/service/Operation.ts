import type { IDataObject } from 'n8n-workflow';

/** Id of an operation in digits, as it came: numbers above 2^53 would lose some. */
export type OperationId = string;

/** An id as users know it: a number, or its digits if a number would lose some. */
export function idInOutput(id: OperationId): number | string {
	const number = Number(id);
	return Number.isSafeInteger(number) ? number : id;
}

/** Whom the service emails (contract: PersonReceiver). */
export interface Receiver {
	email: string;
	deliveryStatus?: string;
}

/** A document as its operation shows it; what was missing, null or zero in the answer is left out. */
export interface OperationDocument {
	externalReference: string;
	name?: string;
	contentType?: string;
	/** Bytes before signing, perhaps only those within the subscribed limit (contract: contentLength). */
	contentLength?: number;
	/** Bytes beyond that limit (contract: additionalContentLength). */
	additionalContentLength?: number;
	signStatus?: string;
	signError?: string;
	/** What the service keeps of it (contract: StorageStatus). */
	storageStatus?: string;
	/** The signed document. */
	content?: Buffer;
	/** Why a content that was returned cannot be used, in words that continue "what came back". */
	contentFlaw?: string;
}

/** An operation in one shape, whichever way the service wrote it. */
export interface Operation {
	id: OperationId;
	/** As the service said it, including values that the contract does not list. */
	status?: string;
	/** ISO 8601 with a zone. */
	creationDate?: string;
	/** The same in milliseconds since 1970. */
	createdAt?: number;
	/** Whether the service gave the date's zone; without one, it is read as Lisbon time. */
	zoneGiven?: boolean;
	/** The request's own external reference, wherever the operation shows it. */
	requestReferences: string[];
	documents: OperationDocument[];
	receivers: Receiver[];
	/** The answer as it came, except for the signed contents. */
	raw: IDataObject;
}

/** An operation as it is kept: without its contents, which are large. */
export function factsOf(operation: Operation): Operation {
	const documents = operation.documents.map((document) => {
		const facts = { ...document };
		delete facts.content;
		return facts;
	});
	return { ...operation, documents };
}
